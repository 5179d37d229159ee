import { mbit, ms, written } from '../lib/check';
import { t } from '../lib/text.svelte';
import type { StepName, Steps } from './devices';

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
    add(figure.camera, camera?.device);
    if (camera?.width && camera.height) add(figure.picture, `${camera.width} × ${camera.height}`);
  } else if (name === 'microphone') {
    add(figure.microphone, steps.microphone?.device);
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
  } else if (
    name === 'line' &&
    steps.line &&
    (steps.line.outcome === 'OK' || steps.line.seconds !== undefined)
  ) {
    // A line that broke off in the middle shows what it was until then.
    const line = steps.line;
    const atLeast = (is: boolean | undefined, text: string) => (is ? unit.atLeast(text) : text);
    const measured = (row: string, value: number | undefined, text: (value: number) => string) =>
      add(row, value === undefined ? notMeasured : text(value));
    measured(figure.downKbitPerS, line.downKbitPerS, (value) => atLeast(line.downAtLeast, mbit(value)));
    measured(figure.upKbitPerS, line.upKbitPerS, (value) => atLeast(line.upAtLeast, mbit(value)));
    measured(figure.roundTripMs, line.roundTripMs, ms);
    measured(figure.jitterMs, line.jitterMs, ms);
    measured(figure.stalls, line.stalls, (value) =>
      value === 0
        ? written(0)
        : `${unit.times(written(value))} (${figure.longestStallMs.toLowerCase()}: ${ms(line.longestStallMs ?? 0)})`,
    );
  } else if (name === 'video' && steps.video?.ms !== undefined) add(figure.ms, ms(steps.video.ms));
  return rows;
}
