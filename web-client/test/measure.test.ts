import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { rowsOf } from '../src/check/figures';
import { MeasureFailed, measureLine, type LineFigures } from '../src/lib/measure';

/** The server's end of a measuring socket, which goes where a test says so. */
class Line extends EventTarget {
  static readonly OPEN = 1;
  static goesAt: string;
  static refuses = false;
  binaryType = '';
  bufferedAmount = 0;
  readyState = 1;
  onmessage: ((event: { data: unknown }) => void) | undefined;
  onopen: (() => void) | undefined;
  onerror: (() => void) | undefined;
  onclose: (() => void) | undefined;
  #up = 0;

  constructor(readonly address: URL) {
    super();
    queueMicrotask(() => (Line.refuses ? this.onerror?.() : this.onopen?.()));
  }

  send(what: string | Uint8Array): void {
    if (typeof what !== 'string') return void (this.#up += what.byteLength);
    const asked = JSON.parse(what) as { do: string; n?: number };
    if (asked.do === 'up') return;
    setTimeout(() => this.#answer(asked), 20);
  }

  #answer(asked: { do: string; n?: number }): void {
    if (asked.do === 'pace') for (let n = 0; n < 10; n++) this.#frame(n);
    if (asked.do === 'down') this.onmessage?.({ data: new ArrayBuffer(9) });
    // In the middle: something has come, and the word that it is done never does.
    if (asked.do === Line.goesAt) return this.close();
    const did = {
      ping: { did: 'ping', n: asked.n },
      pace: { did: 'pace', frames: 10 },
      down: { did: 'down', bytes: 9, ms: 1 },
      'up.end': { did: 'up', bytes: this.#up, ms: 4_000 },
    }[asked.do];
    setTimeout(() => {
      if (asked.do === 'down') this.onmessage?.({ data: new ArrayBuffer(1_250) });
      this.onmessage?.({ data: JSON.stringify(did) });
    }, 10);
  }

  #frame(n: number): void {
    const data = new DataView(new ArrayBuffer(200));
    data.setFloat64(4, n * 20);
    this.onmessage?.({ data: data.buffer });
  }

  close(): void {
    this.readyState = 3;
    this.onclose?.();
  }
}

async function measured(goesAt: string): Promise<{ reason?: string; figures: LineFigures }> {
  Line.goesAt = goesAt;
  const signal = new AbortController().signal;
  const run = measureLine('/measure/b/e', { kbitPerS: 1_000, onPhase: () => {}, signal }).then(
    (figures) => ({ figures }),
    (cause: unknown) => {
      if (cause instanceof MeasureFailed) return { reason: cause.reason, figures: cause.figures };
      throw cause;
    },
  );
  await vi.advanceTimersByTimeAsync(120_000);
  return run;
}

const VALUES = ['roundTripMs', 'jitterMs', 'stalls', 'downKbitPerS', 'upKbitPerS'] as const;
const known = (figures: LineFigures) => VALUES.filter((value) => figures[value] !== undefined);

describe('a line that is measured', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal('WebSocket', Line);
    Line.refuses = false;
  });
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });

  it('to its end has every figure', async () => {
    const { reason, figures } = await measured('never');
    expect(reason).toBeUndefined();
    expect(known(figures)).toEqual([...VALUES]);
    expect(figures.downKbitPerS).toBe(1_000);
    expect(figures.roundTripMs).toBe(30);
  });

  // What is cut in the middle has said nothing of itself, and what came before is no less true.
  it.each([
    ['ping', []],
    ['pace', ['roundTripMs']],
    ['down', ['roundTripMs', 'jitterMs', 'stalls']],
    ['up.end', ['roundTripMs', 'jitterMs', 'stalls', 'downKbitPerS']],
  ] as const)('and goes at "%s" tells what was measured until then, the rest not at all', async (at, has) => {
    const { reason, figures } = await measured(at);
    expect(reason).toBe('INTERRUPTED');
    expect(known(figures)).toEqual([...has]);
    const rows = rowsOf('line', { line: { outcome: 'FAILED', reason: 'INTERRUPTED', ...figures } });
    expect(rows.filter(({ text }) => text === 'không đo được')).toHaveLength(VALUES.length - has.length);
    const stalls = (has as readonly string[]).includes('stalls') ? 1 : 0;
    expect(rows.filter(({ text }) => /^0\b/.test(text))).toHaveLength(stalls);
  });

  it('and is never reached has no figure, and says so without a table of nothing', async () => {
    Line.refuses = true;
    const { reason, figures } = await measured('never');
    expect(reason).toBe('UNREACHABLE');
    expect(figures).toEqual({});
    expect(rowsOf('line', { line: { outcome: 'FAILED', reason: 'UNREACHABLE' } })).toEqual([]);
  });
});
