import { day, HANOI, instantOf } from '../lib/format';

/*
 * Calendar days are text, "2026-11-30", and counted in UTC, where every day has 24 hours: no clock change can lose one.
 */

const DAY_MS = 86_400_000;

/** "2026-11-30" + 1 → "2026-12-01" */
export function addDays(from: string, days: number): string {
  return new Date(Date.parse(`${from}T00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** The Monday on or before a day. */
export function monday(of: string): string {
  return addDays(of, -((new Date(`${of}T00:00Z`).getUTCDay() + 6) % 7));
}

/** The seven days of a day's week, from Monday on. */
export function weekOf(of: string): string[] {
  const first = monday(of);
  return Array.from({ length: 7 }, (_, i) => addDays(first, i));
}

/** The number of a week as ISO 8601 counts: the week with the year's first Thursday is the first. */
export function weekNumber(of: string): number {
  const thursday = addDays(monday(of), 3);
  const newYear = Date.parse(`${thursday.slice(0, 4)}-01-01T00:00Z`);
  return 1 + Math.floor((Date.parse(`${thursday}T00:00Z`) - newYear) / (7 * DAY_MS));
}

/** Is it a day of the calendar? "2026-02-30" is not. */
export function isDay(text: string | null): text is string {
  if (text === null || !/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const at = new Date(`${text}T00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}

/** From the first moment of the first day to the last of the last, in a zone. */
export function bounds(first: string, last: string, zone = HANOI): { from: string; to: string } {
  return {
    from: instantOf(first, '00:00', zone) ?? `${first}T00:00:00Z`,
    to: instantOf(addDays(last, 1), '00:00', zone) ?? `${last}T23:59:59Z`,
  };
}

/** What has a place in the calendar. */
export interface Planned {
  readonly id: string;
  readonly plannedStart: string;
  readonly plannedEnd: string;
  readonly zone: string;
}

/** What lies on each of the days, soonest first. What lasts several days stands on each of them. */
export function grid<Card extends Planned>(cards: Iterable<Card>, days: readonly string[]): Card[][] {
  const sorted = [...cards].sort(
    (a, b) => Date.parse(a.plannedStart) - Date.parse(b.plannedStart) || (a.id < b.id ? -1 : 1),
  );
  return days.map((on) => sorted.filter((card) => firstDay(card) <= on && on <= lastDay(card)));
}

/** The day on which it begins, where it takes place. */
export function firstDay(card: Planned): string {
  return day(card.plannedStart, card.zone);
}

/** The day on which it ends; at midnight sharp that is the day before. */
export function lastDay(card: Planned): string {
  const start = Date.parse(card.plannedStart);
  return day(Math.max(start, Date.parse(card.plannedEnd) - 1), card.zone);
}

/** Day by day, in the order in which they come. */
export function byDay<Card extends Planned>(cards: Iterable<Card>): Map<string, Card[]> {
  const days = new Map<string, Card[]>();
  for (const card of cards) {
    const on = firstDay(card);
    days.set(on, [...(days.get(on) ?? []), card]);
  }
  return days;
}
