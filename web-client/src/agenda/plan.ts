/*
 * What planning an agenda needs to reckon: when each item begins, whether all fits into the slot, what could be shorter,
 * and how an order changes. Whole minutes; the server reckons the running agenda, this is the plan.
 */

export interface PlannedItem {
  readonly id: string;
  readonly minutes: number;
}

const MINUTE = 60_000;

/** When each item begins if all goes to plan, in milliseconds; skipped ones take no time. */
export function starts(items: readonly (PlannedItem & { status?: string })[], from: number): number[] {
  let at = from;
  return items.map((item) => {
    const start = at;
    if (item.status !== 'SKIPPED') at += whole(item.minutes) * MINUTE;
    return start;
  });
}

/** The minutes of all items that are to take place. */
export function total(items: readonly (PlannedItem & { status?: string })[]): number {
  return items.reduce((sum, item) => sum + (item.status === 'SKIPPED' ? 0 : whole(item.minutes)), 0);
}

/** The item that could give most: the longest that has not begun; of equals the last, which nobody waits for. */
export function longest<Item extends PlannedItem & { status?: string }>(
  items: readonly Item[],
): Item | undefined {
  let found: Item | undefined;
  for (const item of items) {
    if (item.status !== undefined && item.status !== 'PLANNED') continue;
    if (!found || whole(item.minutes) >= whole(found.minutes)) found = item;
  }
  return found;
}

/** The order with one moved to a place. The same array where nothing changes. */
export function moved<T>(order: readonly T[], one: T, to: number): readonly T[] {
  const from = order.indexOf(one);
  const target = Math.min(order.length - 1, Math.max(0, to));
  if (from < 0 || from === target) return order;
  const rest = order.filter((other) => other !== one);
  return [...rest.slice(0, target), one, ...rest.slice(target)];
}

/**
 * Somebody else has changed the list meanwhile: my order for what is still there, and what is new after the one that it
 * follows in theirs.
 */
export function rebased<T>(mine: readonly T[], theirs: readonly T[]): T[] {
  const result = mine.filter((one) => theirs.includes(one));
  theirs.forEach((one, i) => {
    if (result.includes(one)) return;
    const before = theirs[i - 1];
    result.splice(before === undefined ? 0 : result.indexOf(before) + 1, 0, one);
  });
  return result;
}

/**
 * Where a dragged row would land: the number of other rows whose middle lies above the dragged one's. `rows` are tops and
 * heights as they lay before the drag began.
 */
export function landing(
  rows: readonly { top: number; height: number }[],
  from: number,
  movedBy: number,
): number {
  const row = rows[from];
  if (!row) return from;
  const down = movedBy > 0;
  const edge = row.top + movedBy + (down ? row.height : 0);
  let at = from;
  rows.forEach(({ top, height }, i) => {
    const middle = top + height / 2;
    if (down && i > from && edge > middle) at = Math.max(at, i);
    if (!down && i < from && edge < middle) at = Math.min(at, i);
  });
  return at;
}

/** While somebody is typing a number it may be none: that counts nothing. */
function whole(minutes: number): number {
  return Number.isFinite(minutes) ? Math.max(0, Math.trunc(minutes)) : 0;
}
