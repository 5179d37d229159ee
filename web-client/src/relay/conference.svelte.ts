import { api, ask, newIntention } from '../lib/api';
import type { VideoPicture } from '../lib/picture';
import { Problem } from '../lib/problem';
import { t } from '../lib/text.svelte';
import { toast } from '../ui/toast.svelte';
import { said, type ConferenceFrame } from './frame';
import { Seen } from './seen';

/** The server takes one report a second, and gives the relay to another page after five of silence. */
const EVERY_MS = 1000;
/** The snapshot of Jitsi: now and then, since events tell what changes. */
const LOOK_EVERY = 3;

const EVENTS = [
  'videoConferenceJoined',
  'participantJoined',
  'participantLeft',
  'participantKickedOut',
  'participantRoleChanged',
  'participantMuted',
  'audioMuteStatusChanged',
  'videoMuteStatusChanged',
  'raiseHandUpdated',
  'knockingParticipant',
  'recordingStatusChanged',
];

/**
 * The video room as this page steers it through Jitsi's frame, in the name of a moderator. What only it can see it
 * relays to the server, unless another page does; the screen shows what comes back in the stream.
 */
export class Conference {
  /** In the room, so that commands reach somebody. */
  inside = $state(false);
  #frame: ConferenceFrame | undefined;
  #seen = new Seen();
  #beat: ReturnType<typeof setInterval> | undefined;
  #beats = 0;
  #n = 0;
  #untouched = $state(false);
  #sending = false;
  readonly page = newIntention()['Idempotency-Key'];

  constructor(
    readonly briefing: string,
    /** What the stream shows. */
    readonly video: () => VideoPicture | undefined,
  ) {}

  /** A frame of Jitsi's in which we are moderator; the answer lets go of it. */
  readonly attend = (frame: ConferenceFrame, room: { readonly lobby?: boolean } = {}): (() => void) => {
    this.#frame = frame;
    this.#seen = new Seen();
    const known = this.video()?.lobby;
    this.#seen.lobby = known ?? room.lobby ?? false;
    this.#untouched = known === undefined && room.lobby === true;
    this.#seen.recording = this.video()?.recording !== undefined;
    for (const event of EVENTS) frame.addListener(event, (detail) => this.#told(event, detail));
    this.#beat = setInterval(() => this.#tick(), EVERY_MS);
    return () => {
      clearInterval(this.#beat);
      this.#frame = undefined;
      this.inside = false;
    };
  };

  /** By another page: it alone knows of the lobby, which Jitsi tells nobody. */
  get led(): boolean {
    const relay = this.video()?.relay;
    return relay !== undefined && relay.page !== this.page;
  }

  /** The room began with its lobby on, and nobody has said anything of it since: once the briefing runs it is to open. */
  get lobbyUntouched(): boolean {
    return this.inside && this.#untouched;
  }

  #told(event: string, detail: unknown): void {
    if (event === 'videoConferenceJoined') {
      this.inside = true;
      this.#look();
      this.#listen();
    }
    const { error } = said(detail);
    if (event === 'recordingStatusChanged' && error !== '') toast(t().relay.recordingFailed(error), 'bad');
    this.#seen.told(event, detail);
  }

  /** Jitsi tells of our own microphone only when it changes. */
  #listen(): void {
    const seen = this.#seen;
    this.#frame?.isAudioMuted().then(
      (muted) => seen.told('audioMuteStatusChanged', { muted }),
      () => {}, // off, as long as nothing else is known
    );
  }

  #look(): void {
    const seen = this.#seen;
    this.#frame?.getRoomsInfo().then(
      (info) => seen.took(info),
      () => {}, // the next look is soon
    );
  }

  #tick(): void {
    if (!this.inside) return;
    if (++this.#beats % LOOK_EVERY === 0) this.#look();
    if (this.led) this.#seen.lobby = this.video()?.lobby ?? false;
    if (this.#sending || this.led) return;
    this.#sending = true;
    void ask(
      api.PUT('/api/briefings/{briefing}/video/relay', {
        params: { path: { briefing: this.briefing } },
        body: this.#seen.report(this.page, ++this.#n),
      }),
    )
      .catch(() => {}) // the next report has everything again
      .finally(() => (this.#sending = false));
  }

  #do(name: string, ...values: unknown[]): void {
    if (this.inside) this.#frame?.executeCommand(name, ...values);
  }

  muteAll(): void {
    this.#do('muteEveryone', 'audio');
    toast(t().relay.muteAllDone, 'good');
  }

  mute(id: string): void {
    this.#do('muteRemoteParticipant', id, 'audio');
  }

  /** Only asks: nobody's microphone is opened from afar. */
  askToUnmute(id: string, name: string): void {
    this.#do('askToUnmute', id);
    toast(t().relay.unmuteSent(name), 'good');
  }

  /** Nobody: back to whoever speaks. */
  pin(id: string | undefined): void {
    this.#do('pinParticipant', id ?? null);
  }

  follow(on: boolean): void {
    this.#do('setFollowMe', on, false);
  }

  lobby(on: boolean): void {
    this.#do('toggleLobby', on);
    this.#seen.lobby = on;
    this.#untouched = false;
  }

  answer(id: string, admit: boolean): void {
    this.#do('answerKnockingParticipant', id, admit);
    this.#seen.answered(id);
  }

  /** The hour has come: whoever waits comes in, and nobody waits any more. */
  openDoors(): void {
    if (!this.inside || !(this.#seen.lobby || this.#seen.knocks.size > 0)) return;
    for (const id of [...this.#seen.knocks.keys()]) this.answer(id, true);
    this.lobby(false);
  }

  record(on: boolean): void {
    if (on) this.#do('startRecording', { mode: 'file', shouldShare: false });
    else this.#do('stopRecording', 'file');
  }

  kick(id: string): void {
    this.#served(
      ask(api.POST('/api/briefings/{briefing}/video/kick', { ...this.#path, body: { participant: id } })),
      () => this.#do('kickParticipant', id),
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
      () => this.#do('sendChatMessage', text, id, true),
    );
  }

  /** By both ways: the frame is at once, and the server keeps at it until Jitsi has done it. */
  end(): void {
    this.#served(ask(api.POST('/api/briefings/{briefing}/video/end', this.#path)), () => {});
    this.#do('endConference');
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
