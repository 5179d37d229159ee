/** The time that a bar stands for, in milliseconds. */
export interface Window {
  readonly from: number;
  readonly until: number;
}

/** A piece of a bar, in hundredths of its length. */
export interface Piece {
  readonly at: number;
  readonly length: number;
}

export interface Interval {
  readonly from: string;
  readonly to?: string;
}

/** Nobody sees a shorter piece; a loss of a few seconds in an hour must still be a mark. */
const SHORTEST = 0.4;

/** When a site was there, on a bar over the window. An interval without an end lasts until the window's end. */
export function pieces(intervals: readonly Interval[], { from, until }: Window): Piece[] {
  const whole = until - from;
  if (whole <= 0) return [];
  return intervals.flatMap((interval) => {
    const start = Math.max(from, Date.parse(interval.from));
    const end = Math.min(until, interval.to === undefined ? until : Date.parse(interval.to));
    if (!(end >= start)) return []; // outside the window, or no time at all
    const at = ((start - from) / whole) * 100;
    const length = Math.max(SHORTEST, ((end - start) / whole) * 100);
    return [{ at: Math.min(at, 100 - length), length }];
  });
}

/** A moment's place on the bar in hundredths, or nothing where it lies outside. */
export function placeOf(instant: string | undefined, { from, until }: Window): number | undefined {
  const at = instant === undefined ? NaN : Date.parse(instant);
  return at >= from && at <= until && until > from ? ((at - from) / (until - from)) * 100 : undefined;
}

/** From the opening of the doors to the close, or to now while it is not closed. */
export function windowOf(
  times: { openedAt?: string | undefined; startedAt?: string | undefined; closedAt?: string | undefined },
  intervals: Iterable<Interval>,
  now: number,
): Window | undefined {
  const starts = [times.openedAt ?? times.startedAt, ...[...intervals].map(({ from }) => from)]
    .filter((start) => start !== undefined)
    .map((start) => Date.parse(start));
  if (starts.length === 0) return undefined;
  const from = Math.min(...starts);
  return { from, until: Math.max(from + 1, times.closedAt === undefined ? now : Date.parse(times.closedAt)) };
}
