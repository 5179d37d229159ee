import { day, HANOI, instantOf, time } from '../lib/format';

/** The hours of a briefing as somebody writes them down. */
export interface Hours {
  readonly day: string;
  readonly time: string;
  readonly minutes: number | undefined;
  readonly zone: string;
  /** The very instants that these were read from, which need not lie on whole minutes. */
  readonly was?: Slot;
}

/** The two instants that the server is told. */
export interface Slot {
  readonly plannedStart: string;
  readonly plannedEnd: string;
  readonly zone: string;
}

const MINUTE = 60_000;

/** The lengths that are mostly wanted. */
export const PRESETS: readonly number[] = [30, 45, 60, 90, 120, 180];

/** The longest that a briefing may be. */
export const MOST_MINUTES = 7 * 24 * 60;

export function hoursOf({ plannedStart, plannedEnd, zone }: Slot): Hours {
  return {
    day: day(plannedStart, zone),
    time: time(plannedStart, zone),
    minutes: minutesOf({ plannedStart, plannedEnd }),
    zone,
    was: { plannedStart, plannedEnd, zone },
  };
}

export function minutesOf({
  plannedStart,
  plannedEnd,
}: {
  plannedStart: string;
  plannedEnd: string;
}): number {
  return Math.round((Date.parse(plannedEnd) - Date.parse(plannedStart)) / MINUTE);
}

/** Undefined while what is written is no time yet. */
export function slotOf({ day, time, minutes, zone }: Hours): Slot | undefined {
  const plannedStart = instantOf(day, time, zone);
  if (plannedStart === undefined || minutes === undefined || !Number.isInteger(minutes)) return undefined;
  if (minutes < 1 || minutes > MOST_MINUTES) return undefined;
  return {
    plannedStart,
    plannedEnd: new Date(Date.parse(plannedStart) + minutes * MINUTE).toISOString(),
    zone,
  };
}

/** The next full hour that leaves time to prepare: what a new form begins with. */
export function nextHours(now: number, zone = HANOI): Hours {
  const hour = 60 * MINUTE;
  const start = Math.ceil((now + hour) / hour) * hour;
  return { day: day(start, zone), time: time(start, zone), minutes: 60, zone };
}

/** The zones that are offered: ours first, then where ours are invited to speak. */
export const ZONES: readonly string[] = [
  HANOI,
  'Asia/Bangkok',
  'Asia/Singapore',
  'Asia/Shanghai',
  'Asia/Tokyo',
  'Australia/Sydney',
  'Europe/Paris',
  'Europe/London',
  'America/New_York',
  'UTC',
];
