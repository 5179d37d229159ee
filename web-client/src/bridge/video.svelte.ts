import { api, ask } from '../lib/api';
import { clock } from '../lib/clock.svelte';
import { Problem } from '../lib/problem';
import { language, t } from '../lib/text.svelte';
import { isFatal, jitsiOptions, loadJitsi, refusesToken, roomOf, type JitsiFrame, type Room } from './jitsi';

/**
 * `asking`: is there a room? `absent`: none is configured. `ready`: one may enter. `entering`, `in`: Jitsi's page is
 * shown. `left`: it was, and one may go back. `failed`: `problem` says why.
 */
export type Stage = 'asking' | 'absent' | 'ready' | 'entering' | 'in' | 'left' | 'failed';

/** A token this close to its end is not used for entering any more. */
const SPARE_MS = 30_000;
/** How often a refused token is replaced by itself: a clock that stands wrong somewhere would go round for ever. */
const AGAIN_AFTER_MS = 60_000;

/** One page's place in the video room: asks for the token, shows Jitsi's frame, comes back with a fresh token. */
export class VideoCall {
  #detach: (() => void) | undefined;
  stage = $state<Stage>('asking');
  problem = $state.raw<Problem>();
  #room: Room | undefined;
  #frame: JitsiFrame | undefined;
  #renewedAt = -Infinity;
  #gone = false;

  constructor(
    readonly briefing: string,
    readonly endpoint: string | undefined,
    /** Into the room into which this site has been taken for support. */
    readonly support?: string,
    /** Whoever steers the room by this frame, told of each new one; only for moderators. Returns the way to stop. */
    readonly attend?: (frame: JitsiFrame, room: Pick<Room, 'lobby'>) => () => void,
  ) {}

  get shown(): boolean {
    return this.stage === 'entering' || this.stage === 'in';
  }

  /** Is there a room at all? */
  async look(): Promise<void> {
    this.stage = 'asking';
    try {
      await this.#mint();
      this.stage = this.#room ? 'ready' : 'absent';
    } catch (cause) {
      this.#fail(Problem.of(cause));
    }
  }

  async enter(node: HTMLElement): Promise<void> {
    this.#leave();
    this.problem = undefined;
    this.stage = 'entering';
    try {
      if (!this.#room || Date.parse(this.#room.expiresAt) - clock.now < SPARE_MS) await this.#mint();
      const room = this.#room;
      if (!room) return void (this.stage = 'absent');
      const Jitsi = await loadJitsi(room.domain).catch(() => {
        throw new Problem({ type: 'about:blank', title: t().video.unreachable(room.domain), status: 0 });
      });
      if (this.#gone) return;
      const frame = new Jitsi(room.domain, jitsiOptions(room, node, language()));
      if (room.moderator) this.#detach = this.attend?.(frame, room);
      this.#listen(node, frame);
    } catch (cause) {
      this.#fail(Problem.of(cause));
    }
  }

  /** The door leads to another room from now on: whoever is inside goes there, its microphone off. */
  move(node: HTMLElement): void {
    this.#room = undefined;
    if (this.shown) void this.enter(node);
  }

  /** The page goes away. */
  end(): void {
    this.#gone = true;
    this.#leave();
  }

  #listen(node: HTMLElement, frame: JitsiFrame): void {
    this.#frame = frame;
    node.querySelector('iframe')?.setAttribute('title', t().video.title);
    frame.addListener('videoConferenceJoined', () => (this.stage = 'in'));
    frame.addListener('readyToClose', () => {
      this.#leave();
      this.#room = undefined; // whoever comes back does so with a new token
      this.stage = 'left';
    });
    frame.addListener('errorOccurred', (detail) => {
      if (refusesToken(detail) && clock.now - this.#renewedAt > AGAIN_AFTER_MS) {
        this.#renewedAt = clock.now;
        this.#room = undefined;
        void this.enter(node);
      } else if (isFatal(detail)) {
        this.#leave();
        this.#fail(new Problem({ type: 'about:blank', title: t().video.broken, status: 0 }));
      }
    });
  }

  async #mint(): Promise<void> {
    const { briefing, endpoint, support } = this;
    this.#room = roomOf(
      await ask(
        api.POST('/api/briefings/{briefing}/video', {
          params: { path: { briefing } },
          body: { ...(endpoint !== undefined && { endpoint }), ...(support !== undefined && { support }) },
        }),
      ),
    );
  }

  #fail(problem: Problem): void {
    this.#room = undefined;
    this.problem = problem;
    this.stage = 'failed';
  }

  #leave(): void {
    this.#detach?.();
    this.#detach = undefined;
    this.#frame?.dispose();
    this.#frame = undefined;
  }
}
