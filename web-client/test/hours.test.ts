import { describe, expect, it } from 'vitest';
import { hoursOf, nextHours, slotOf } from '../src/briefing/hours';

describe('hours', () => {
  it('go to instants and back', () => {
    const slot = {
      plannedStart: '2026-11-30T01:00:00.000Z',
      plannedEnd: '2026-11-30T02:30:00.000Z',
      zone: 'Asia/Ho_Chi_Minh',
    };
    expect(hoursOf(slot)).toMatchObject({ day: '2026-11-30', time: '08:00', minutes: 90 });
    expect(slotOf(hoursOf(slot))).toEqual(slot);
  });

  it('keep the wall clock when only the zone changes', () => {
    const hours = { day: '2026-11-30', time: '08:00', minutes: 60, zone: 'Europe/Paris' };
    expect(slotOf(hours)?.plannedStart).toBe('2026-11-30T07:00:00.000Z');
  });

  it('are none while they are being typed', () => {
    const hours = { day: '2026-11-30', time: '08:00', minutes: 60, zone: 'UTC' };
    for (const half of [{ day: '' }, { time: '' }, { minutes: undefined }, { minutes: 0 }, { minutes: 1.5 }])
      expect(slotOf({ ...hours, ...half })).toBeUndefined();
  });

  it('begin with the next full hour that leaves an hour to prepare', () => {
    expect(nextHours(Date.parse('2026-11-30T01:10:00Z'))).toMatchObject({ day: '2026-11-30', time: '10:00' });
    expect(nextHours(Date.parse('2026-11-30T16:30:00Z'))).toMatchObject({ day: '2026-12-01', time: '01:00' });
  });
});
