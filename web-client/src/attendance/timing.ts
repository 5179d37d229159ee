import type { Piece } from './presence';

/** One item's planned length and its real one, drawn on one scale with all others. */
export interface Lengths {
  readonly planned: Piece;
  /** The part of the real length that lay within the plan, and what went over it. */
  readonly within: Piece | undefined;
  readonly over: Piece | undefined;
}

interface Timed {
  readonly plannedMinutes: number;
  readonly actualMs?: number;
}

const MINUTE = 60_000;

/** The longest length among the items: what a whole bar stands for. */
export function longest(items: readonly Timed[]): number {
  return Math.max(MINUTE, ...items.map((item) => Math.max(item.plannedMinutes * MINUTE, item.actualMs ?? 0)));
}

export function lengths(item: Timed, whole: number): Lengths {
  const share = (ms: number) => (ms / whole) * 100;
  const plan = item.plannedMinutes * MINUTE;
  const actual = item.actualMs;
  return {
    planned: { at: 0, length: share(plan) },
    within: actual === undefined ? undefined : { at: 0, length: share(Math.min(plan, actual)) },
    over:
      actual === undefined || actual <= plan ? undefined : { at: share(plan), length: share(actual - plan) },
  };
}

/** Whole minutes over (positive) or under the plan; less than half a minute is as planned. */
export function minutesOver(item: { readonly overMs?: number }): number | undefined {
  return item.overMs === undefined ? undefined : Math.round(item.overMs / MINUTE) + 0;
}
