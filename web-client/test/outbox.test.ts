import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Signed } from '../src/check/outbox.svelte';

/** What the network does with a signed result: nothing at all, or an answer. */
let network: () => Response;
let keys: string[];

const gone = (): Response => {
  throw new TypeError('Failed to fetch');
};
const taken = () => Response.json({ id: 'c1' }, { status: 201 });
const signed: Signed = {
  measuredAt: '2026-11-22T01:00:00.000Z',
  technician: 'Lê Mất Mạng',
  steps: { line: { outcome: 'FAILED', reason: 'INTERRUPTED', roundTripMs: 40, seconds: 3 } },
};

/** The page, opened anew: it knows what the browser has kept. */
async function page() {
  vi.resetModules();
  return (await import('../src/check/outbox.svelte')).outbox;
}

beforeEach(() => {
  localStorage.clear();
  keys = [];
  vi.useFakeTimers();
  vi.stubGlobal('fetch', (request: Request) => {
    keys.push(request.headers.get('Idempotency-Key') ?? '');
    return Promise.resolve().then(network);
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('a result that is signed while the line is lost', () => {
  it('waits, and goes by itself when the line is back', async () => {
    network = gone;
    const outbox = await page();
    const stop = outbox.start();
    outbox.put('b', 'e', signed);
    await vi.advanceTimersByTimeAsync(15_000);
    expect(outbox.at('b', 'e')).toHaveLength(1);
    const tried = keys.length;
    expect(tried).toBeGreaterThan(1);
    network = taken;
    window.dispatchEvent(new Event('online'));
    await vi.advanceTimersByTimeAsync(1);
    expect(outbox.waiting).toEqual([]);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(keys).toHaveLength(tried + 1);
    expect(new Set(keys).size).toBe(1); // the server can tell that it is the same one, however often it comes
    stop();
  });

  it('is sent by a page that is opened later, whole and under the same key', async () => {
    network = gone;
    (await page()).put('b', 'e', signed);
    await vi.advanceTimersByTimeAsync(1);
    const later = await page();
    expect(later.at('b', 'e').map(({ body }) => body)).toEqual([signed]);
    network = taken;
    const stop = later.start();
    await vi.advanceTimersByTimeAsync(1);
    expect(later.waiting).toEqual([]);
    expect(new Set(keys).size).toBe(1);
    stop();
  });

  it('goes too where the line breaks off before the answer, and the server is busy for a while', async () => {
    network = gone;
    const outbox = await page();
    const stop = outbox.start();
    outbox.put('b', 'e', signed);
    await vi.advanceTimersByTimeAsync(11_000);
    network = () => Response.json({ status: 503, title: 'Bận', type: '/problems/busy' }, { status: 503 });
    await vi.advanceTimersByTimeAsync(11_000);
    expect(outbox.at('b', 'e')).toHaveLength(1);
    network = taken;
    await vi.advanceTimersByTimeAsync(11_000);
    expect(outbox.waiting).toEqual([]);
    stop();
  });

  it('that the server will never take is shown with why, and not tried for ever', async () => {
    network = () => Response.json({ status: 409, title: 'Đã đóng', type: '/problems/x' }, { status: 409 });
    const outbox = await page();
    const stop = outbox.start();
    outbox.put('b', 'e', signed);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(outbox.at('b', 'e').map(({ refused }) => refused)).toEqual(['Đã đóng']);
    expect(keys).toHaveLength(1);
    stop();
  });
});
