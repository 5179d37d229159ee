import { Backoff } from './backoff';
import { clock } from './clock.svelte';
import { CLOSE, readFrame, type Audience, type ByeReason, type Frame } from './frames';
import { LiveStream } from './stream.svelte';
import { Timer } from './timer';

/** The part of a WebSocket that this file uses; tests bring their own. */
export interface SocketLike {
  onopen: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event: { code: number; reason: string }) => void) | null;
  send(text: string): void;
  close(code?: number): void;
}

/** The plain reading of a stream, for when a socket cannot be had: tells why, or brings a snapshot all the same. */
export interface Glance {
  readonly status: number;
  readonly title?: string;
  readonly frame?: Frame;
  readonly retryAfterMs?: number;
}

export interface LiveOptions {
  open?: (path: string) => SocketLike;
  glance?: (path: string) => Promise<Glance>;
  random?: () => number;
  /** The session ended while a line was up. */
  onSignedOut?: () => void;
}

const SUB_PROTOCOL = 'giaoban.live.v1';
/** A line that held this long was a good one: the next break starts again with a short wait. */
const STEADY_MS = 10_000;
/** The server speaks at least every 15 s; a line silent for longer than this is dead, whatever the browser believes. */
const SILENCE_MS = 25_000;
/** How long a head may be ahead of us before something must have been lost. */
const HEAD_PATIENCE_MS = 2_000;
/** After a bye the server closes; if it does not, we do. */
const BYE_PATIENCE_MS = 2_000;
/** A stream that the server could not open for the moment is asked for again after this. */
const FOLLOW_AGAIN_MS = 5_000;
/** How long a stream that nobody looks at any more is kept: the next screen may follow it again. */
const LINGER_MS = 1_000;
/** Every so many failed openings in a row the plain reading is tried. */
const GLANCE_EVERY = 4;

/**
 * One line to the server for the whole tab: a WebSocket at the first stream, `follow` for every further one.
 * It keeps the line up (back-off with full jitter, resume by `after=`, close codes, quick retry when the network or the
 * reader comes back) and hands each frame to its stream. It never sends a command.
 */
export class Live {
  readonly #streams = new Map<string, { stream: LiveStream; followers: number }>();
  readonly #open: (path: string) => SocketLike;
  readonly #glance: (path: string) => Promise<Glance>;
  readonly #backoff: Backoff;
  readonly #onSignedOut: () => void;

  #socket: SocketLike | undefined;
  #opened = false;
  #openedAt = 0;
  #bye: { reason: ByeReason; retryAfterMs?: number } | undefined;
  #toldToWait = false;
  #paused = false;
  readonly #retry = new Timer();
  readonly #silence = new Timer();
  readonly #heads = new Map<string, Timer>();

  constructor(options: LiveOptions = {}) {
    this.#open = options.open ?? openSocket;
    this.#glance = options.glance ?? (() => Promise.resolve({ status: 0 }));
    this.#backoff = new Backoff(options.random ?? Math.random);
    this.#onSignedOut = options.onSignedOut ?? (() => {});
    addEventListener('online', this.#hurry);
    addEventListener('offline', this.#offline);
    document.addEventListener('visibilitychange', this.#hurry);
  }

  /**
   * Follows a stream. A line carries one picture of it: who asks for another audience, as the next screen may before the
   * last one is gone, begins it anew. Every `follow` needs its `leave`.
   */
  follow<V>(name: string, audience?: Audience): LiveStream<V> {
    const known = this.#streams.get(name);
    if (known && known.stream.audience !== audience) this.#forsake(known.stream);
    else if (known) {
      known.followers++;
      return known.stream as LiveStream<V>;
    }
    const stream = new LiveStream<V>(name, audience);
    this.#streams.set(name, { stream: stream as LiveStream, followers: 1 });
    if (this.#socket && this.#opened) this.#sendFollow(stream as LiveStream);
    else if (!this.#socket && !this.#retry.running) this.#connect();
    return stream;
  }

  /** The next screen may want the same stream: it is kept for a moment, with its picture. */
  leave<V>(left: LiveStream<V>): void {
    const stream = left as LiveStream;
    const known = this.#streams.get(stream.name);
    if (known?.stream !== stream || --known.followers > 0) return;
    setTimeout(() => known.followers === 0 && this.#forsake(stream), LINGER_MS);
  }

  #forsake(stream: LiveStream): void {
    const { name } = stream;
    const known = this.#streams.get(name);
    if (known?.stream !== stream) return;
    this.#streams.delete(name);
    this.#forgetHead(name);
    if (this.#wanted().length === 0) this.#hangUp();
    else if (this.#opened && !known.stream.final) this.#send({ type: 'unfollow', stream: name });
  }

  /** Until the next restart nothing is asked for any more; the pictures stay and age. */
  pause(): void {
    this.#paused = true;
    this.#hangUp();
    for (const { stream } of this.#streams.values()) stream.forgive();
  }

  /** Starts afresh, also what was refused: after signing in or out, another answer may be given. */
  restart(): void {
    this.#paused = false;
    for (const { stream } of this.#streams.values()) stream.forgive();
    this.#backoff.reset();
    this.#hangUp();
    this.#connect();
  }

  /** For the end of a page or a test. */
  close(): void {
    removeEventListener('online', this.#hurry);
    removeEventListener('offline', this.#offline);
    document.removeEventListener('visibilitychange', this.#hurry);
    this.#streams.clear();
    this.#hangUp();
  }

  // ---- the line ----

  #connect(): void {
    this.#retry.stop();
    const [first] = this.#wanted();
    if (!first || this.#paused) return;
    this.#opened = false;
    this.#bye = undefined;
    const socket = this.#open(livePath(first));
    this.#socket = socket;
    this.#listen();
    socket.onopen = () => {
      if (socket !== this.#socket) return;
      this.#opened = true;
      this.#openedAt = Date.now();
      // Streams that came while the line was being built, and those beside the first one.
      for (const stream of this.#wanted()) if (stream !== first) this.#sendFollow(stream);
      if (!this.#streams.has(first.name)) this.#send({ type: 'unfollow', stream: first.name });
    };
    socket.onmessage = ({ data }) => {
      if (socket === this.#socket) this.#hear(data);
    };
    socket.onclose = ({ code }) => {
      if (socket === this.#socket) this.#closed(code, first);
    };
  }

  #hear(data: unknown): void {
    this.#listen();
    const frame = readFrame(data);
    if (!frame) return;
    if ('now' in frame) clock.hear(frame.now);
    const stream = this.#streams.get(frame.stream)?.stream;
    if (frame.type === 'bye' && frame.reason !== 'gone') return this.#goodbye(frame);
    if (!stream) return; // unfollowed a moment ago
    const verdict = stream.take(frame);
    if (verdict === 'reconnect') this.#drop();
    else if (verdict === 'followAgain') this.#followAgain(stream);
    else this.#watchHead(stream);
  }

  /** The connection ends; it is said under the name of each stream, and then the server closes. */
  #goodbye(bye: { reason: ByeReason; retryAfterMs?: number }): void {
    this.#bye = bye;
    this.#silence.start(BYE_PATIENCE_MS, () => this.#drop());
  }

  #followAgain(stream: LiveStream): void {
    const socket = this.#socket;
    setTimeout(() => {
      if (socket !== this.#socket || this.#streams.get(stream.name)?.stream !== stream) return;
      this.#sendFollow(stream);
    }, FOLLOW_AGAIN_MS);
  }

  /** A head ahead of us is normal for a moment (the patch is on its way); for two seconds it is a loss. */
  #watchHead(stream: LiveStream): void {
    if (!stream.behind) this.#forgetHead(stream.name);
    else if (!this.#heads.has(stream.name)) {
      const patience = new Timer();
      patience.start(HEAD_PATIENCE_MS, () => {
        stream.missed();
        this.#drop();
      });
      this.#heads.set(stream.name, patience);
    }
  }

  #forgetHead(name: string): void {
    this.#heads.get(name)?.stop();
    this.#heads.delete(name);
  }

  #closed(code: number, first: LiveStream): void {
    const told = this.#bye?.retryAfterMs;
    const wasOpen = this.#opened;
    this.#forgetSocket();
    if (code === CLOSE.signIn) {
      for (const stream of this.#wanted()) stream.refuse(401, '');
      this.#onSignedOut();
    } else if (code === CLOSE.forbidden) first.refuse(403, '');
    else if (code === CLOSE.gone || code === CLOSE.end) first.refuse(404, '');
    else if (code === CLOSE.tooMany || code === CLOSE.badFrame) this.#backoff.slowDown();

    if (!wasOpen && this.#backoff.failures % GLANCE_EVERY === 0) void this.#lookPlainly(first);
    this.#reconnectLater(told);
  }

  /** The socket could not even be opened, and a browser does not say why: the plain reading does. */
  async #lookPlainly(stream: LiveStream): Promise<void> {
    let seen: Glance;
    try {
      seen = await this.#glance(livePath(stream));
    } catch {
      return;
    }
    if (this.#opened || this.#paused || stream.final) return;
    if (seen.frame) {
      stream.take(seen.frame);
      stream.lose(); // right at this moment, but nothing keeps it so
    } else if (seen.status === 401) {
      stream.refuse(401, seen.title ?? '');
      this.#onSignedOut();
    } else if (seen.status === 403 || seen.status === 404) stream.refuse(seen.status, seen.title ?? '');
    else if (seen.retryAfterMs !== undefined && this.#socket === undefined) {
      this.#reconnectLater(seen.retryAfterMs);
    }
  }

  #reconnectLater(toldMs?: number): void {
    if (this.#socket) return; // whoever was told of the end has already started afresh
    if (this.#paused || this.#wanted().length === 0) {
      this.#retry.stop();
      return;
    }
    const wait = this.#backoff.next();
    this.#toldToWait = toldMs !== undefined && toldMs > 0;
    this.#retry.start(toldMs || wait, () => this.#connect());
  }

  /** The network or the reader is back: do not sit out a long wait, unless the server asked for it. */
  readonly #hurry = (): void => {
    if (document.visibilityState !== 'visible' || !navigator.onLine) return;
    if (this.#retry.running && !this.#toldToWait) {
      this.#retry.start(this.#backoff.soon(), () => this.#connect());
    }
  };

  readonly #offline = (): void => {
    if (this.#socket) this.#drop();
  };

  /** Gives up this line and comes back with `after=`. */
  #drop(): void {
    const socket = this.#socket;
    if (!socket) return;
    const told = this.#bye?.retryAfterMs;
    this.#forgetSocket();
    socket.close();
    this.#reconnectLater(told);
  }

  #hangUp(): void {
    const socket = this.#socket;
    this.#retry.stop();
    this.#forgetSocket();
    socket?.close(CLOSE.end);
  }

  #forgetSocket(): void {
    if (this.#opened && Date.now() - this.#openedAt >= STEADY_MS) this.#backoff.reset();
    if (this.#socket) {
      this.#socket.onopen = this.#socket.onmessage = this.#socket.onclose = null;
      this.#socket = undefined;
    }
    this.#opened = false;
    this.#silence.stop();
    for (const name of [...this.#heads.keys()]) this.#forgetHead(name);
    for (const { stream } of this.#streams.values()) stream.lose();
  }

  #listen(): void {
    if (this.#bye) return;
    this.#silence.start(SILENCE_MS, () => this.#drop());
  }

  #sendFollow(stream: LiveStream): void {
    const { name, audience, after } = stream;
    this.#send({ type: 'follow', stream: name, ...(audience && { audience }), ...(after && { after }) });
  }

  #send(frame: { type: 'follow' | 'unfollow'; stream: string }): void {
    this.#socket?.send(JSON.stringify(frame));
  }

  #wanted(): LiveStream[] {
    return [...this.#streams.values()].map(({ stream }) => stream).filter((stream) => !stream.final);
  }
}

function livePath({ name, audience, after }: LiveStream): string {
  const query = new URLSearchParams({ ...(audience && { audience }), ...(after && { after }) }).toString();
  return `/live/${name}${query && `?${query}`}`;
}

function openSocket(path: string): SocketLike {
  // Spelled out: older browsers take no relative address here.
  return new WebSocket(`${location.origin.replace(/^http/, 'ws')}${path}`, SUB_PROTOCOL) as SocketLike;
}
