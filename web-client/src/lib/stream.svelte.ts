import { clock } from './clock.svelte';
import { fold } from './fold';
import type { Audience, Frame } from './frames';

/**
 * `connecting`: no picture yet. `live`: what is shown is what is. `stale`: the line is gone, the picture stays and ages.
 * `gone` and `refused`: the server has said that there is nothing here, or nothing for this reader; nobody tries again.
 */
export type Connection = 'connecting' | 'live' | 'stale' | 'gone' | 'refused';

/** What a frame asks of the line: nothing, to come back with `after=`, or to ask for this stream once more. */
export type Verdict = 'ok' | 'reconnect' | 'followAgain';

/** Positions that were tried this often in vain are given up: the next answer is then a whole picture. */
const TRIES_BEFORE_SNAPSHOT = 3;

/**
 * One audience's numbered picture of one thing, and the client rule of the protocol, whole: a snapshot replaces; the
 * patch that follows mine is folded; an older one is dropped; everything else means reconnect. Knows nothing of sockets.
 */
export class LiveStream<V = unknown> {
  /** The picture: replaced, never changed in place, and parts that did not change stay the same objects. */
  view = $state.raw<V>();
  connection = $state<Connection>('connecting');
  epoch = $state.raw<string>();
  /** The number of the newest patch in the picture; -1 without a picture. */
  seq = $state.raw(-1);
  /** The server cannot write at the moment: what is shown may be old although the line is there. */
  degraded = $state(false);
  /** Server time at which this picture was last known to be the newest, in milliseconds. */
  heardAt = $state.raw<number>();
  /** How long the newest frame took from the server's clock to this page. */
  lagMs = $state.raw(0);
  /** Why the server refused, in the reader's language. */
  refusal = $state.raw<{ status: number; title: string }>();

  /** The newest number that the server has spoken of. */
  headSeq = -1;
  #gap = '';
  #gapTries = 0;

  constructor(
    readonly name: string,
    readonly audience?: Audience,
  ) {}

  /** How old the picture is. Reads the ticking clock: in a template it counts by itself. */
  get ageMs(): number {
    return this.heardAt === undefined ? 0 : Math.max(0, clock.now - this.heardAt);
  }

  /** The place to go on from, as the protocol writes it. */
  get after(): string | undefined {
    return this.epoch === undefined ? undefined : `${this.epoch}.${this.seq}`;
  }

  get final(): boolean {
    return this.connection === 'gone' || this.connection === 'refused';
  }

  /** True while the server is known to have something newer than this. */
  get behind(): boolean {
    return this.headSeq > this.seq;
  }

  take(frame: Frame): Verdict {
    switch (frame.type) {
      case 'snapshot':
        this.view = frame.view as V;
        this.epoch = frame.epoch;
        this.headSeq = this.seq = frame.seq;
        this.refusal = undefined;
        return this.#fresh(Date.parse(frame.now));
      case 'patch':
        if (this.epoch === undefined) return this.#expect(frame.seq);
        if (frame.epoch === this.epoch && frame.seq <= this.seq) return 'ok';
        if (frame.epoch !== this.epoch || frame.seq !== this.seq + 1) return this.missed();
        this.view = fold(this.view, frame.patch) as V;
        this.seq = frame.seq;
        this.headSeq = Math.max(this.headSeq, frame.seq);
        return this.#fresh(Date.parse(frame.at));
      case 'head':
        if (this.epoch === undefined) return this.#expect(frame.seq);
        if (frame.epoch !== this.epoch) return this.missed();
        this.headSeq = frame.seq;
        return this.behind ? 'ok' : this.#fresh(Date.parse(frame.now));
      case 'status':
        this.degraded = frame.degraded;
        return 'ok';
      case 'refused':
        if (frame.status === 429 || frame.status >= 500) return 'followAgain'; // not for ever, only for now
        this.refuse(frame.status, frame.title);
        return 'ok';
      case 'bye':
        if (frame.reason === 'gone') this.refuse(404, '');
        return 'ok';
    }
  }

  /** The server's last word about this stream. */
  refuse(status: number, title: string): void {
    this.refusal = { status, title };
    this.connection = status === 404 || status === 410 ? 'gone' : 'refused';
  }

  /** The line is gone; the picture stays. */
  lose(): void {
    this.degraded = false;
    if (!this.final) this.connection = this.view === undefined ? 'connecting' : 'stale';
  }

  /** As new: after a sign-in the answer may be another one. */
  forgive(): void {
    if (this.final) this.connection = this.view === undefined ? 'connecting' : 'stale';
    this.refusal = undefined;
  }

  /** Without a picture there is nothing to fold: one is on its way, or `behind` will tell that it is not. */
  #expect(seq: number): Verdict {
    this.headSeq = seq;
    return 'ok';
  }

  #fresh(at: number): Verdict {
    if (!this.final) this.connection = 'live';
    this.heardAt = Math.max(this.heardAt ?? 0, at);
    this.lagMs = Math.max(0, clock.now - at);
    return 'ok';
  }

  /** Something between mine and the server's was lost. */
  missed(): Verdict {
    const gap = `${this.after}`;
    this.#gapTries = gap === this.#gap ? this.#gapTries + 1 : 1;
    this.#gap = gap;
    if (this.#gapTries >= TRIES_BEFORE_SNAPSHOT) this.#forget();
    return 'reconnect';
  }

  #forget(): void {
    this.epoch = undefined;
    this.seq = this.headSeq = -1;
  }
}
