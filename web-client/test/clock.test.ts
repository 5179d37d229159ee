import { flushSync } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ServerClock } from '../src/lib/clock.svelte';
import { watch } from './watch.svelte';

const HERE = Date.parse('2026-11-30T01:00:00.400Z');
const iso = (ms: number) => new Date(ms).toISOString();

beforeEach(() => {
  vi.useFakeTimers({ now: HERE });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the server clock', () => {
  it('believes the quickest round trip', async () => {
    const clock = new ServerClock();
    const trips = [800, 100, 400];
    await clock.measure(async () => {
      const trip = trips.shift() ?? 0;
      const server = Date.now() + 90_000 + trip * 0.8; // the way there was the slow one
      await vi.advanceTimersByTimeAsync(trip);
      return server;
    });
    expect(clock.offsetMs).toBe(90_000 + 30);
  });

  it('is pushed forward by frames, never back by a slow one', () => {
    const clock = new ServerClock();
    clock.hear(iso(HERE + 500));
    expect(clock.offsetMs).toBe(500);
    clock.hear(iso(HERE + 200));
    expect(clock.offsetMs).toBe(500);
    clock.hear('nonsense');
    expect(clock.offsetMs).toBe(500);
  });

  it('measures again when the reader moves the clock of the device', async () => {
    const clock = new ServerClock();
    const askTime = vi.fn(() => Promise.resolve(Date.now()));
    await clock.measure(askTime, 1);
    vi.setSystemTime(HERE + 3_600_000);
    askTime.mockImplementation(() => Promise.resolve(Date.now() - 3_600_000));
    clock.hear(iso(HERE));
    await vi.advanceTimersByTimeAsync(0);
    expect(clock.now).toBe(HERE);
  });

  it('ticks on the whole second while somebody looks, and can be held', async () => {
    const clock = new ServerClock();
    const seen: string[] = [];
    const stop = watch(() => seen.push(iso(clock.now).slice(14, 19)));
    flushSync();
    vi.advanceTimersByTime(602);
    flushSync();
    vi.advanceTimersByTime(1_000);
    flushSync();
    clock.pause(HERE + 60_000);
    flushSync();
    vi.advanceTimersByTime(5_000);
    flushSync();
    expect([...new Set(seen)]).toEqual(['00:00', '00:01', '00:02', '01:00']);
    stop();
    await vi.advanceTimersByTimeAsync(0);
    expect(vi.getTimerCount()).toBe(0);
  });
});
