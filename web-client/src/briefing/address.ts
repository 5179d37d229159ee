import type { Schema } from '../lib/api';
import { isDay } from './week';

export type View = 'week' | 'list';
export type Period = 'coming' | 'past' | 'all';

/** What the list is narrowed to. */
export interface Sought {
  readonly q: string;
  readonly kind: Schema<'Kind'> | undefined;
  readonly status: Schema<'Status'> | undefined;
  readonly period: Period;
}

/** What the calendar's address says. */
export interface Address {
  readonly view: View | undefined;
  readonly day: string | undefined;
  readonly sought: Sought;
}

export const NOTHING_SOUGHT: Sought = { q: '', kind: undefined, status: undefined, period: 'coming' };

/** An address may have been written by anybody: what it says is taken only where it makes sense. */
export function readAddress(search: string, kinds: readonly string[], statuses: readonly string[]): Address {
  const query = new URLSearchParams(search);
  const one = <Value extends string>(name: string, known: readonly string[]) => {
    const value = query.get(name);
    return value !== null && known.includes(value) ? (value as Value) : undefined;
  };
  const week = query.get('week');
  return {
    view: one<View>('view', ['week', 'list']),
    day: isDay(week) ? week : undefined,
    sought: {
      q: query.get('q')?.slice(0, 100) ?? '',
      kind: one<Schema<'Kind'>>('kind', kinds),
      status: one<Schema<'Status'>>('status', statuses),
      period: one<Period>('period', ['past', 'all']) ?? 'coming',
    },
  };
}

/** The shortest address that says the same. */
export function writeAddress(
  view: View,
  day: string | undefined,
  { q, kind, status, period }: Sought,
): string {
  const says: Record<string, string> =
    view === 'week'
      ? { ...(day && { week: day }) }
      : {
          view,
          ...(q && { q }),
          ...(kind && { kind }),
          ...(status && { status }),
          ...(period !== 'coming' && { period }),
        };
  const query = new URLSearchParams(says).toString();
  return query ? `/?${query}` : '/';
}
