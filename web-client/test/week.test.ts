import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, bounds, grid, isDay, monday, weekNumber, weekOf } from '../src/briefing/week';

const card = (id: string, plannedStart: string, plannedEnd: string, zone = 'Asia/Ho_Chi_Minh') => ({
  id,
  plannedStart,
  plannedEnd,
  zone,
});

describe('the week', () => {
  it('begins on Monday, also when it holds two years', () => {
    expect(weekOf('2027-01-01')).toEqual([
      '2026-12-28',
      '2026-12-29',
      '2026-12-30',
      '2026-12-31',
      '2027-01-01',
      '2027-01-02',
      '2027-01-03',
    ]);
    expect(monday('2026-11-23')).toBe('2026-11-23');
    expect(monday('2026-11-29')).toBe('2026-11-23');
  });

  it('has its number as ISO counts', () => {
    expect(weekNumber('2026-11-23')).toBe(48);
    expect(weekNumber('2027-01-01')).toBe(53);
    expect(weekNumber('2027-01-04')).toBe(1);
    expect(weekNumber('2024-12-30')).toBe(1);
  });

  it('knows days from other words', () => {
    expect(isDay('2026-02-28')).toBe(true);
    for (const wrong of [null, '', '2026-02-30', '2026-13-01', '28/02/2026', '2026-2-1'])
      expect(isDay(wrong)).toBe(false);
  });

  it('goes on and back by the same way', () => {
    const days = fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(days, fc.integer({ min: -1000, max: 1000 }), (date, by) => {
        const from = date.toISOString().slice(0, 10);
        expect(addDays(addDays(from, by), -by)).toBe(from);
        expect(weekOf(from)).toContain(from);
      }),
    );
  });

  it('reaches from midnight to midnight in Hanoi', () => {
    expect(bounds('2026-11-23', '2026-11-29')).toEqual({
      from: '2026-11-22T17:00:00.000Z',
      to: '2026-11-29T17:00:00.000Z',
    });
  });
});

describe('the grid', () => {
  const days = weekOf('2026-11-23');

  it('puts each on its day where it takes place, soonest first', () => {
    const late = card('late', '2026-11-23T09:00:00.000Z', '2026-11-23T10:00:00.000Z');
    const early = card('early', '2026-11-22T23:30:00.000Z', '2026-11-23T00:30:00.000Z'); // 06:30 on Monday in Hanoi
    const there = card('there', '2026-11-23T22:00:00.000Z', '2026-11-23T23:00:00.000Z', 'UTC'); // still Monday there
    const ids = grid([late, there, early], days).map((cards) => cards.map(({ id }) => id));
    expect(ids).toEqual([['early', 'late', 'there'], [], [], [], [], [], []]);
  });

  it('shows what lasts days on each of them, and midnight as the end of a day', () => {
    const course = card('course', '2026-11-24T01:00:00.000Z', '2026-11-26T10:00:00.000Z');
    const night = card('night', '2026-11-27T15:00:00.000Z', '2026-11-27T17:00:00.000Z'); // until 00:00 on Saturday
    const ids = grid([course, night], days).map((cards) => cards.map(({ id }) => id));
    expect(ids).toEqual([[], ['course'], ['course'], ['course'], ['night'], [], []]);
  });
});
