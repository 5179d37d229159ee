import type { Schema } from '../lib/api';
import { clockText, duration } from '../lib/format';
import { t } from '../lib/text.svelte';

export type LineStrip = Schema<'Lines'>['items'][number];

/** An item of the programme as far as a strip shows it: its number, and when it ran. */
export interface StripItem {
  readonly number: number;
  readonly from: number;
  readonly until: number;
}

type Sign = keyof ReturnType<typeof t>['board']['strip']['kind'];

/** How high a cell stands, in tenths: height alone tells how good it was. */
export const heights: Readonly<Record<Sign, number>> = { '-': 0, u: 2, g: 10, f: 8, w: 5, b: 3, x: 10 };

export const signs = (cells: string): Sign[] => [...cells] as Sign[];

/** Whether there is anything on it: a site that never came has an empty one, which tells nobody why. */
export const measured = (strip: LineStrip | undefined): boolean => /[^-]/.test(strip?.cells ?? '');

/** Those that have begun, numbered as the programme numbers them. */
export function stripItems(
  items: readonly { readonly startedAt?: string | undefined; readonly endedAt?: string | undefined }[],
  until: number,
): StripItem[] {
  return items.flatMap(({ startedAt, endedAt }, i) =>
    startedAt === undefined
      ? []
      : [{ number: i + 1, from: Date.parse(startedAt), until: endedAt ? Date.parse(endedAt) : until }],
  );
}

/** The items that ran at some time between the two instants, by number. */
export function during(items: readonly StripItem[], from: number, to: number): number[] {
  return items.filter((item) => item.from < to && item.until > from).map(({ number }) => number);
}

/** The strip in words: what it was mostly, and each loss with the items during which it was. */
export function stripWords(
  strip: LineStrip,
  items: readonly StripItem[],
  until: number,
  zone?: string,
): string {
  const say = t().board.strip;
  const all = signs(strip.cells);
  const there = all.filter((sign) => sign !== '-').length;
  const shares = (['g', 'f', 'w', 'b', 'x', 'u'] as const).flatMap((sign) => {
    const cells = all.filter((one) => one === sign).length;
    return cells === 0 ? [] : [say.share(say.kind[sign], Math.round((100 * cells) / there))];
  });
  const losses = strip.lost.map(({ from, to }) => {
    const start = Date.parse(from);
    const end = to === undefined ? until : Date.parse(to);
    const numbers = during(items, start, end);
    const where = numbers.length > 0 ? say.during(numbers.join(', ')) : '';
    return to === undefined
      ? say.lostStill(clockText(from, zone), where)
      : say.lost(clockText(from, zone), duration(end - start), where);
  });
  return there === 0 ? say.kind['-'] : [shares.join(', '), ...losses].join('; ');
}
