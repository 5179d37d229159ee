import type { Schema } from './api';
import { language, t } from './text.svelte';

/** Where a site is checked, and its results are read. */
export const CHECK_PATH = '/briefings/:briefing/sites/:endpoint/check';

/** A figure as people write it: comma and point as the language has them. */
export function written(value: number, digits = 1): string {
  return value.toLocaleString(language() === 'vi' ? 'vi-VN' : 'en-GB', { maximumFractionDigits: digits });
}

export function mbit(kbitPerS: number): string {
  const value = kbitPerS / 1_000;
  return t().check.unit.mbit(written(value, value < 10 ? 2 : 1));
}

export function ms(value: number): string {
  return t().check.unit.ms(written(value, value < 10 ? 1 : 0));
}

export type CheckedValue = Schema<'Checks'>['compared'][number]['value'];

const FIELD: Readonly<Record<CheckedValue, keyof ReturnType<typeof t>['check']['figure']>> = {
  UPLOAD: 'upKbitPerS',
  DOWNLOAD: 'downKbitPerS',
  ROUND_TRIP: 'roundTripMs',
  JITTER: 'jitterMs',
  LONGEST_STALL: 'longestStallMs',
  LOSS: 'lossPercent',
};

export function valueName(value: CheckedValue): string {
  return t().check.figure[FIELD[value]];
}

export function valueText(value: CheckedValue, figure: number): string {
  if (value === 'UPLOAD' || value === 'DOWNLOAD') return mbit(figure);
  return value === 'LOSS' ? t().check.unit.percent(written(figure, 2)) : ms(figure);
}

type Cause = Schema<'CheckCause'>;

const VALUE_OF: Partial<Record<Cause, CheckedValue>> = {
  UPLOAD_LOW: 'UPLOAD',
  DOWNLOAD_LOW: 'DOWNLOAD',
  ROUND_TRIP_LONG: 'ROUND_TRIP',
  JITTER_HIGH: 'JITTER',
  STALLS: 'LONGEST_STALL',
  LOSS_HIGH: 'LOSS',
};

/** What a cause says with its figures: "Tốc độ lên thấp: đo được 0,64 Mbit/s, cần 0,8 Mbit/s". */
export function causeText(found: {
  cause: Cause;
  step?: Schema<'CheckStep'>;
  figure?: number;
  bound?: number;
}): string {
  const { cause, step, figure, bound } = found;
  const words = t().check.cause[cause];
  if (cause === 'NOT_CHECKED' && step) return `${words}: ${t().check.step[step]}`;
  if (figure === undefined || bound === undefined) return words;
  const value = VALUE_OF[cause];
  const text = (of: number) => (value ? valueText(value, of) : t().check.unit.lines(written(of, 0)));
  return `${words}: ${t().check.needs(text(figure), text(bound))}`;
}
