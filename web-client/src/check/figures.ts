import type { Schema } from '../lib/api';
import { language, t } from '../lib/text.svelte';
import type { StepName, Steps } from './devices';

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

export type Value = Schema<'Checks'>['compared'][number]['value'];

const FIELD: Readonly<Record<Value, keyof ReturnType<typeof t>['check']['figure']>> = {
  UPLOAD: 'upKbitPerS',
  DOWNLOAD: 'downKbitPerS',
  ROUND_TRIP: 'roundTripMs',
  JITTER: 'jitterMs',
  LONGEST_STALL: 'longestStallMs',
  LOSS: 'lossPercent',
};

export function valueName(value: Value): string {
  return t().check.figure[FIELD[value]];
}

export function valueText(value: Value, figure: number): string {
  if (value === 'UPLOAD' || value === 'DOWNLOAD') return mbit(figure);
  return value === 'LOSS' ? t().check.unit.percent(written(figure, 2)) : ms(figure);
}

type Cause = Schema<'CheckCause'>;

const VALUE_OF: Partial<Record<Cause, Value>> = {
  UPLOAD_LOW: 'UPLOAD',
  DOWNLOAD_LOW: 'DOWNLOAD',
  ROUND_TRIP_LONG: 'ROUND_TRIP',
  JITTER_HIGH: 'JITTER',
  STALLS: 'LONGEST_STALL',
  LOSS_HIGH: 'LOSS',
};

/** What a cause says with its figures: "Tốc độ lên thấp: đo được 0,64 Mbit/s, cần 0,8 Mbit/s". */
export function causeText(found: { cause: Cause; step?: StepName; figure?: number; bound?: number }): string {
  const { cause, step, figure, bound } = found;
  const words = t().check.cause[cause];
  if (cause === 'NOT_CHECKED' && step) return `${words}: ${t().check.step[step]}`;
  if (figure === undefined || bound === undefined) return words;
  const value = VALUE_OF[cause];
  const text = (of: number) => (value ? valueText(value, of) : t().check.unit.lines(written(of, 0)));
  return `${words}: ${t().check.needs(text(figure), text(bound))}`;
}

/** One line of a table of figures. */
export interface Row {
  readonly name: string;
  readonly text: string;
}

/** What a step measured, in words; what it did not measure says so. */
export function rowsOf(name: StepName, steps: Steps): Row[] {
  const { figure, unit, notMeasured } = t().check;
  const rows: Row[] = [];
  const add = (row: string, text: string | undefined) => text !== undefined && rows.push({ name: row, text });
  if (name === 'camera') {
    const camera = steps.camera;
    add(figure.device, camera?.device);
    if (camera?.width && camera.height) add(figure.picture, `${camera.width} × ${camera.height}`);
  } else if (name === 'microphone') {
    add(figure.device, steps.microphone?.device);
    if (steps.microphone?.peakDb !== undefined)
      add(figure.peakDb, unit.db(written(steps.microphone.peakDb, 0)));
  } else if (name === 'connection' && steps.connection?.outcome === 'OK') {
    const found = steps.connection;
    if (found.connectMs !== undefined) add(figure.connectMs, ms(found.connectMs));
    add(figure.codecs, found.codecs?.map((codec) => codec.replace(/^\w+\//, '')).join(', '));
    add(
      figure.lossPercent,
      found.lossPercent === undefined ? notMeasured : unit.percent(written(found.lossPercent, 2)),
    );
  } else if (name === 'line' && steps.line?.outcome === 'OK') {
    const line = steps.line;
    const atLeast = (is: boolean | undefined, text: string) => (is ? unit.atLeast(text) : text);
    if (line.downKbitPerS !== undefined)
      add(figure.downKbitPerS, atLeast(line.downAtLeast, mbit(line.downKbitPerS)));
    if (line.upKbitPerS !== undefined) add(figure.upKbitPerS, atLeast(line.upAtLeast, mbit(line.upKbitPerS)));
    if (line.roundTripMs !== undefined) add(figure.roundTripMs, ms(line.roundTripMs));
    if (line.jitterMs !== undefined) add(figure.jitterMs, ms(line.jitterMs));
    if (line.stalls !== undefined)
      add(
        figure.stalls,
        line.stalls === 0
          ? written(0)
          : `${unit.times(written(line.stalls))} (${figure.longestStallMs.toLowerCase()}: ${ms(line.longestStallMs ?? 0)})`,
      );
  } else if (name === 'video' && steps.video?.ms !== undefined) add(figure.ms, ms(steps.video.ms));
  return rows;
}
