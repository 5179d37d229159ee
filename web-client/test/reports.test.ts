import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pieces, placeOf, windowOf } from '../src/attendance/presence';
import { lengths, longest, minutesOver } from '../src/attendance/timing';

const at = (minute: number) => new Date(Date.UTC(2026, 11, 1, 1, minute)).toISOString();
const hour = { from: Date.parse(at(0)), until: Date.parse(at(60)) };

test('presence over the hour', () => {
  expect(
    pieces(
      [
        { from: at(0), to: at(15) },
        { from: at(30), to: at(60) },
      ],
      hour,
    ),
  ).toEqual([
    { at: 0, length: 25 },
    { at: 50, length: 50 },
  ]);
});

test('who is still there is there until the end of the bar', () => {
  expect(pieces([{ from: at(45) }], hour)).toEqual([{ at: 75, length: 25 }]);
});

test('nothing is drawn outside of the bar, and nothing is too short to be seen', () => {
  const minute = fc.integer({ min: -120, max: 240 });
  fc.assert(
    fc.property(fc.array(fc.tuple(minute, fc.option(minute))), (intervals) => {
      const drawn = pieces(
        intervals.map(([from, to]) => ({ from: at(from), ...(to !== null && { to: at(to) }) })),
        hour,
      );
      for (const piece of drawn) {
        expect(piece.at).toBeGreaterThanOrEqual(0);
        expect(piece.at + piece.length).toBeLessThanOrEqual(100.0001);
        expect(piece.length).toBeGreaterThanOrEqual(0.4);
      }
    }),
  );
});

test('the bar reaches from the opening, or the first who came, to the close, or to now', () => {
  const now = Date.parse(at(90));
  expect(windowOf({ openedAt: at(0), closedAt: at(60) }, [], now)).toEqual(hour);
  expect(windowOf({ startedAt: at(30) }, [{ from: at(0) }], now)).toEqual({ from: hour.from, until: now });
  expect(windowOf({}, [], now)).toBeUndefined();
});

test('where an item began', () => {
  expect(placeOf(at(15), hour)).toBe(25);
  expect(placeOf(at(61), hour)).toBeUndefined();
  expect(placeOf(undefined, hour)).toBeUndefined();
});

test('planned and real lengths share one scale', () => {
  const items = [{ plannedMinutes: 10, actualMs: 15 * 60_000 }, { plannedMinutes: 5 }];
  const whole = longest(items);
  expect(whole).toBe(15 * 60_000);
  const [first, second] = items.map((item) => lengths(item, whole));
  expect(first?.within?.length).toBeCloseTo(66.67, 1);
  expect(first?.over?.at).toBeCloseTo(66.67, 1);
  expect(first?.over?.length).toBeCloseTo(33.33, 1);
  expect(second?.within).toBeUndefined();
  expect(second?.planned.length).toBeCloseTo(33.33, 1);
});

test('over and under in whole minutes', () => {
  expect(minutesOver({ overMs: 4.6 * 60_000 })).toBe(5);
  expect(minutesOver({ overMs: -20_000 })).toBe(0);
  expect(minutesOver({ overMs: -100_000 })).toBe(-2);
  expect(minutesOver({})).toBeUndefined();
});
