import { day, instantOf, time } from '../lib/format';
import type { Round, Wish } from './rounds.svelte';

/** A stretch of hours as somebody types it. */
export interface Stretch {
  day: string;
  from: string;
  to: string;
}

/** What the form begins with: the last plan, else three hours before the deadline. */
export function firstStretches(round: Round | undefined, deadline: string, zone: string): Stretch[] {
  const hours = round?.hours ?? [
    { from: new Date(Date.parse(deadline) - 3 * 3_600_000).toISOString(), to: deadline },
  ];
  return hours.map(({ from, to }) => ({ day: day(from, zone), from: time(from, zone), to: time(to, zone) }));
}

/** What the form says, as the server takes it; undefined where an hour is none, or ends before it begins. */
export function wishOf(
  names: string,
  minutes: number,
  stretches: readonly Stretch[],
  zone: string,
): Wish | undefined {
  const technicians = [...new Set(names.split('\n').map((name) => name.trim()))].filter(Boolean);
  const hours = stretches.flatMap((stretch) => {
    const from = instantOf(stretch.day, stretch.from, zone);
    // Midnight ends the day on which the hours began.
    const to = instantOf(stretch.day, stretch.to === '00:00' ? '23:59' : stretch.to, zone);
    return from !== undefined && to !== undefined && from < to ? [{ from, to }] : [];
  });
  const whole = technicians.length > 0 && hours.length === stretches.length && hours.length > 0;
  return whole && minutes >= 1 && minutes <= 120 ? { technicians, minutes, hours } : undefined;
}
