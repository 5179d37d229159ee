import { api, ask } from '../lib/api';
import type { VideoPicture } from '../lib/picture';
import { Problem } from '../lib/problem';
import { t } from '../lib/text.svelte';
import { toast } from '../ui/toast.svelte';
import type { ConferenceFrame } from './frame';
import { Relaying } from './relaying.svelte';

/** The video room as this page steers it through Jitsi's frame, in the name of a moderator. */
export class Conference {
  readonly #room: Relaying;

  constructor(
    readonly briefing: string,
    /** What the stream shows. */
    video: () => VideoPicture | undefined,
  ) {
    this.#room = new Relaying(briefing, video);
  }

  /** A frame of Jitsi's in which we are moderator; the answer lets go of it. */
  readonly attend = (frame: ConferenceFrame, room?: { readonly lobby?: boolean }): (() => void) =>
    this.#room.attend(frame, room);

  /** In the room, so that commands reach somebody. */
  get inside(): boolean {
    return this.#room.inside;
  }

  /** By another page: it alone knows of the lobby, which Jitsi tells nobody. */
  get led(): boolean {
    return this.#room.led;
  }

  /** The room began with its lobby on, and nobody has said anything of it since: once the briefing runs it is to open. */
  get lobbyUntouched(): boolean {
    return this.#room.lobbyUntouched;
  }

  /** How the server knows this page from others. */
  get page(): string {
    return this.#room.page;
  }

  muteAll(): void {
    this.#room.execute('muteEveryone', 'audio');
    toast(t().relay.muteAllDone, 'good');
  }

  mute(id: string): void {
    this.#room.execute('muteRemoteParticipant', id, 'audio');
  }

  /** Only asks: nobody's microphone is opened from afar. */
  askToUnmute(id: string, name: string): void {
    this.#room.execute('askToUnmute', id);
    toast(t().relay.unmuteSent(name), 'good');
  }

  /** Nobody: back to whoever speaks. */
  pin(id: string | undefined): void {
    this.#room.execute('pinParticipant', id ?? null);
  }

  follow(on: boolean): void {
    this.#room.execute('setFollowMe', on, false);
  }

  lobby(on: boolean): void {
    this.#room.lobby(on);
  }

  answer(id: string, admit: boolean): void {
    this.#room.execute('answerKnockingParticipant', id, admit);
    this.#room.seen.answered(id);
  }

  /** The hour has come: whoever waits comes in, and nobody waits any more. */
  openDoors(): void {
    if (!this.inside || !(this.#room.seen.lobby || this.#room.seen.knocks.size > 0)) return;
    for (const id of [...this.#room.seen.knocks.keys()]) this.answer(id, true);
    this.lobby(false);
  }

  record(on: boolean): void {
    if (on) this.#room.execute('startRecording', { mode: 'file', shouldShare: false });
    else this.#room.execute('stopRecording', 'file');
  }

  kick(id: string): void {
    this.#served(
      ask(api.POST('/api/briefings/{briefing}/video/kick', { ...this.#path, body: { participant: id } })),
      () => this.#room.execute('kickParticipant', id),
    );
  }

  message(id: string, text: string): void {
    this.#served(
      ask(
        api.POST('/api/briefings/{briefing}/video/message', {
          ...this.#path,
          body: { participant: id, text },
        }),
      ),
      () => this.#room.execute('sendChatMessage', text, id, true),
    );
  }

  /** By both ways: the frame is at once, and the server keeps at it until Jitsi has done it. */
  end(): void {
    this.#served(ask(api.POST('/api/briefings/{briefing}/video/end', this.#path)), () => {});
    this.#room.execute('endConference');
  }

  get #path() {
    return { params: { path: { briefing: this.briefing } } };
  }

  /** By the server, which writes down who did it; where it has no way to Jitsi, by the frame. */
  #served(call: Promise<unknown>, otherwise: () => void): void {
    call.catch((cause: unknown) => {
      if (this.inside) otherwise();
      else toast(Problem.of(cause).message, 'bad');
    });
  }
}
