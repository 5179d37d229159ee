import type { AgendaPicture, ItemPicture } from '../lib/picture';
import type { Rundown } from '../lib/rundown';

/** One line of the run of show as the control room shows it; instants in milliseconds. */
export interface RunRow {
  readonly id: string;
  readonly item: ItemPicture;
  /** 1 is the first. */
  readonly number: number;
  readonly plannedAt: number | undefined;
  /** When it is to be expected now, or when it really began. */
  readonly expectedAt: number | undefined;
  /** How long it really took. */
  readonly tookMs: number | undefined;
}

export function runRows(agenda: AgendaPicture, pace: Pick<Rundown, 'shiftMs'>): RunRow[] {
  return agenda.order.flatMap((id, i) => {
    const item = agenda.items[id];
    if (!item) return [];
    const began = instant(item.startedAt);
    const ended = instant(item.endedAt);
    const expected = instant(item.expectedStart);
    const comes = item.status === 'PLANNED' && expected !== undefined ? expected + pace.shiftMs : undefined;
    return {
      id,
      item,
      number: i + 1,
      plannedAt: instant(item.plannedStart),
      expectedAt: began ?? comes,
      tookMs: began !== undefined && ended !== undefined ? ended - began : undefined,
    };
  });
}

/** When the whole would be over, at the present pace; undefined without anything that runs or is to come. */
export function endsAt(agenda: AgendaPicture, pace: Pick<Rundown, 'shiftMs'>): number | undefined {
  const last = agenda.order.filter((id) => /PLANNED|LIVE/.test(agenda.items[id]?.status ?? '')).at(-1);
  const end = instant(last === undefined ? undefined : agenda.items[last]?.expectedEnd);
  return end === undefined ? undefined : end + pace.shiftMs;
}

/**
 * The order with one item moved to a place, or nothing where that may not be: what has begun stays where it is, and
 * nothing is carried across it, for the past is not rearranged.
 */
export function reordered(agenda: AgendaPicture, id: string, to: number): string[] | undefined {
  const { order, items } = agenda;
  const from = order.indexOf(id);
  if (from < 0 || to < 0 || to >= order.length || to === from) return undefined;
  const between = order.slice(Math.min(from, to), Math.max(from, to) + 1);
  if (between.some((other) => begun(items[other]))) return undefined;
  const rest = order.filter((other) => other !== id);
  return [...rest.slice(0, to), id, ...rest.slice(to)];
}

/** The gap that the pointer is over: 0 above the first row, the number of rows below the last. */
export function gapAt(rows: readonly { readonly top: number; readonly bottom: number }[], y: number): number {
  const below = rows.findIndex(({ top, bottom }) => y < (top + bottom) / 2);
  return below === -1 ? rows.length : below;
}

/** The place of a row that is let go in a gap: the gaps below it move up by one when it is taken out. */
export function placeInGap(from: number, gap: number): number {
  return gap > from ? gap - 1 : gap;
}

export function begun(item: { readonly status: string } | undefined): boolean {
  return item?.status === 'LIVE' || item?.status === 'DONE';
}

function instant(text: string | undefined): number | undefined {
  const at = text === undefined ? NaN : Date.parse(text);
  return Number.isNaN(at) ? undefined : at;
}
