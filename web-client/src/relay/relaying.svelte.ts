import { api, ask, newIntention } from '../lib/api';
import type { VideoPicture } from '../lib/picture';
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
 * What only a moderator's page sees of the video room, relayed to the server unless another page does; the screen shows
 * what comes back in the stream.
 */
export class Relaying {
  /** In the room, so that commands reach somebody. */
  inside = $state(false);
  #frame: ConferenceFrame | undefined;
  seen = new Seen();
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
    this.seen = new Seen();
    const known = this.video()?.lobby;
    this.seen.lobby = known ?? room.lobby ?? false;
    this.#untouched = known === undefined && room.lobby === true;
    this.seen.recording = this.video()?.recording !== undefined;
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
    this.seen.told(event, detail);
  }

  /** Jitsi tells of our own microphone only when it changes. */
  #listen(): void {
    const seen = this.seen;
    this.#frame?.isAudioMuted().then(
      (muted) => seen.told('audioMuteStatusChanged', { muted }),
      () => {}, // off, as long as nothing else is known
    );
  }

  #look(): void {
    const seen = this.seen;
    this.#frame?.getRoomsInfo().then(
      (info) => seen.took(info),
      () => {}, // the next look is soon
    );
  }

  #tick(): void {
    if (!this.inside) return;
    if (++this.#beats % LOOK_EVERY === 0) this.#look();
    if (this.led) this.seen.lobby = this.video()?.lobby ?? false;
    if (this.#sending || this.led) return;
    this.#sending = true;
    void ask(
      api.PUT('/api/briefings/{briefing}/video/relay', {
        params: { path: { briefing: this.briefing } },
        body: this.seen.report(this.page, ++this.#n),
      }),
    )
      .catch(() => {}) // the next report has everything again
      .finally(() => (this.#sending = false));
  }

  execute(name: string, ...values: unknown[]): void {
    if (this.inside) this.#frame?.executeCommand(name, ...values);
  }

  lobby(on: boolean): void {
    this.execute('toggleLobby', on);
    this.seen.lobby = on;
    this.#untouched = false;
  }
}
