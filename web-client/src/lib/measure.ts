/**
 * One line to our own server, measured: a socket of its own beside the live one, in the words of `live.yaml`. A figure
 * that is not there was not measured, which is never zero.
 */
export interface LineFigures {
  readonly roundTripMs?: number;
  readonly jitterMs?: number;
  readonly stalls?: number;
  readonly longestStallMs?: number;
  readonly downKbitPerS?: number;
  readonly upKbitPerS?: number;
  /** The measurement's own limit was reached: the line may carry more. */
  readonly downAtLeast?: boolean;
  readonly upAtLeast?: boolean;
  readonly seconds?: number;
  readonly bytes?: number;
}

export type MeasurePhase = 'connecting' | 'waiting' | 'ping' | 'pace' | 'down' | 'up';

export interface MeasureOptions {
  readonly kbitPerS: number;
  /** Told what is being measured, and how far all of it is (0 to 1). */
  readonly onPhase: (phase: MeasurePhase, done: number) => void;
  readonly signal: AbortSignal;
}

/** Why a measurement ended before its end; what was measured until then is no less true for that. */
export class MeasureFailed extends Error {
  constructor(
    readonly reason: 'UNREACHABLE' | 'TIMEOUT' | 'INTERRUPTED',
    readonly figures: LineFigures = {},
  ) {
    super(reason);
  }
}

const PINGS = 12;
const PACE_MS = 6_000;
const BULK_MS = 4_000;
const BEAT_MS = 20;
/** A gap this long in an even beat is heard and seen. */
const STALL_MS = 200;
const ANSWER_MS = 10_000;
/** A server that measures others first refuses; its turn comes within the length of one measurement. */
const TRIES = 5;
const CHUNK = 8_192;
/** So near to the limit it was the limit that was measured. */
const AT_LIMIT = 0.9;

export async function measureLine(path: string, options: MeasureOptions): Promise<LineFigures> {
  const { kbitPerS: most, onPhase } = options;
  const began = performance.now();
  const line = await connect(path, options);
  let figures: LineFigures = {};
  const soFar = () => ({
    ...figures,
    seconds: round((performance.now() - began) / 1_000),
    bytes: line.bytes,
  });
  try {
    onPhase('ping', 0.05);
    figures = { roundTripMs: round(median(await line.pings(PINGS))) };
    onPhase('pace', 0.15);
    figures = { ...figures, ...(await line.pace()) };
    onPhase('down', 0.5);
    const down = await line.down();
    if (down !== undefined)
      figures = { ...figures, downKbitPerS: Math.round(down), downAtLeast: down >= most * AT_LIMIT };
    onPhase('up', 0.75);
    const up = await line.up(most);
    if (up !== undefined)
      figures = { ...figures, upKbitPerS: Math.round(up), upAtLeast: up >= most * AT_LIMIT };
    return soFar();
  } catch (cause) {
    throw cause instanceof MeasureFailed ? new MeasureFailed(cause.reason, soFar()) : cause;
  } finally {
    line.close();
  }
}

async function connect(path: string, { onPhase, signal }: MeasureOptions): Promise<MeasuringLine> {
  for (let attempt = 1; ; attempt++) {
    onPhase(attempt === 1 ? 'connecting' : 'waiting', 0);
    try {
      return await MeasuringLine.open(path, signal);
    } catch (cause) {
      if (attempt === TRIES || signal.aborted) throw cause;
      await new Promise((later) => setTimeout(later, 1_500 * attempt + 1_500 * Math.random()));
    }
  }
}

interface Said {
  readonly did: string;
  readonly n?: number;
  readonly bytes?: number;
  readonly ms?: number;
}

class MeasuringLine {
  bytes = 0;
  #heard: ((said: Said) => void) | undefined;
  #failed: ((cause: MeasureFailed) => void) | undefined;
  #came: (data: ArrayBuffer, at: number) => void = () => {};
  #ended = false;

  private constructor(
    readonly socket: WebSocket,
    signal: AbortSignal,
  ) {
    socket.binaryType = 'arraybuffer';
    socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => {
      const at = performance.now();
      if (typeof data === 'string') this.#heard?.(JSON.parse(data) as Said);
      else {
        this.bytes += data.byteLength;
        this.#came(data, at);
      }
    };
    const end = () => this.#end();
    socket.onclose = end;
    signal.addEventListener('abort', () => (this.close(), end()), { once: true });
  }

  static open(path: string, signal: AbortSignal): Promise<MeasuringLine> {
    const address = new URL(path, location.origin);
    address.protocol = address.protocol.replace('http', 'ws');
    const socket = new WebSocket(address);
    return new Promise((resolve, reject) => {
      const failed = () => reject(new MeasureFailed('UNREACHABLE'));
      const timer = setTimeout(() => (socket.close(), failed()), ANSWER_MS);
      socket.onerror = () => (clearTimeout(timer), failed());
      socket.onopen = () => (clearTimeout(timer), resolve(new MeasuringLine(socket, signal)));
    });
  }

  async pings(count: number): Promise<number[]> {
    const trips: number[] = [];
    for (let n = 0; n < count; n++) {
      const sent = performance.now();
      await this.#ask({ do: 'ping', n });
      trips.push(performance.now() - sent);
    }
    return trips;
  }

  /** An even beat of small frames: how unevenly they arrive is what a conversation would suffer. */
  async pace(): Promise<Rhythm> {
    const beats: Beat[] = [];
    this.#came = (data, at) => beats.push({ at, sent: new DataView(data).getFloat64(4) });
    await this.#ask({ do: 'pace', ms: PACE_MS, everyMs: BEAT_MS }, PACE_MS);
    this.#came = () => {};
    return rhythm(beats);
  }

  async down(): Promise<number | undefined> {
    let first = 0;
    let last = 0;
    let bytes = 0;
    this.#came = (data, at) => {
      if (first === 0) first = at;
      else bytes += data.byteLength;
      last = at;
    };
    await this.#ask({ do: 'down', ms: BULK_MS }, BULK_MS);
    this.#came = () => {};
    return kbitPerS(bytes, last - first);
  }

  /** As much as the line takes, and never more than the set rate: what waits in the browser is not sent yet. */
  async up(most: number): Promise<number | undefined> {
    this.#say({ do: 'up' });
    const chunk = crypto.getRandomValues(new Uint8Array(CHUNK));
    const began = performance.now();
    let sent = 0;
    while (performance.now() - began < BULK_MS && !this.#ended) {
      const allowed = ((performance.now() - began) * most) / 8 + CHUNK;
      while (sent < allowed && this.socket.bufferedAmount < 8 * CHUNK) {
        this.socket.send(chunk);
        sent += CHUNK;
      }
      await new Promise((later) => setTimeout(later, 5));
    }
    this.bytes += sent;
    const up = await this.#ask({ do: 'up.end' }, BULK_MS);
    return kbitPerS(up.bytes ?? 0, up.ms ?? 0);
  }

  close(): void {
    this.socket.close();
  }

  #say(what: object): void {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(what));
  }

  #ask(what: object, lastsMs = 0): Promise<Said> {
    return new Promise((resolve, reject) => {
      if (this.#ended) return reject(new MeasureFailed('INTERRUPTED'));
      const timer = setTimeout(() => this.#failed?.(new MeasureFailed('TIMEOUT')), lastsMs + ANSWER_MS);
      const over = () => {
        clearTimeout(timer);
        this.#heard = this.#failed = undefined;
      };
      this.#heard = (said) => (over(), resolve(said));
      this.#failed = (cause) => (over(), reject(cause));
      this.#say(what);
    });
  }

  #end(): void {
    this.#ended = true;
    this.#failed?.(new MeasureFailed('INTERRUPTED'));
  }
}

interface Beat {
  /** When it came, and when it was sent, each by its own clock, in milliseconds. */
  readonly at: number;
  readonly sent: number;
}

type Rhythm = Pick<LineFigures, 'jitterMs' | 'stalls' | 'longestStallMs'>;

/** The jitter of RFC 3550, over what the line added to the sender's own beat; and the gaps that one would notice. */
export function rhythm(beats: readonly Beat[]): Rhythm {
  if (beats.length < 2) return {};
  let jitter = 0;
  let stalls = 0;
  let longest = 0;
  beats.forEach((beat, n) => {
    const before = beats[n - 1];
    if (!before) return;
    const added = beat.at - before.at - (beat.sent - before.sent);
    jitter += (Math.abs(added) - jitter) / 16;
    if (added < STALL_MS) return;
    stalls++;
    longest = Math.max(longest, added);
  });
  return { jitterMs: round(jitter), stalls, longestStallMs: Math.round(longest) };
}

/** Nothing where too little came to tell. */
function kbitPerS(bytes: number, ms: number): number | undefined {
  return bytes > 0 && ms > 0 ? (bytes * 8) / ms : undefined;
}

function median(of: readonly number[]): number {
  const sorted = [...of].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
