/** One look at the line: how long an answer took in milliseconds; nothing where none came in time. */
export type Sample = number | undefined;

export type Quality = 'GOOD' | 'FAIR' | 'WEAK' | 'BAD';

export interface Measure {
  readonly roundTripMs: number;
  readonly jitterMs: number;
  readonly stalls: number;
}

/** An answer that takes longer is a stall. */
export const STALL_MS = 2_000;

/** What some samples come to: the usual answer, the usual step between neighbours, and how many never came. */
export function measure(samples: readonly Sample[]): Measure {
  const answers = samples.filter((sample) => sample !== undefined);
  // Medians: one late answer among good ones says nothing of a line.
  const usual = (of: readonly number[]) =>
    [...of].sort((a, b) => a - b)[Math.max(0, Math.ceil(of.length / 2) - 1)] ?? 0;
  return {
    roundTripMs: answers.length === 0 ? STALL_MS : usual(answers),
    jitterMs: usual(answers.slice(1).map((answer, i) => Math.abs(answer - (answers[i] ?? answer)))),
    stalls: samples.length - answers.length,
  };
}

/** The server's rule, word for word: the page needs it to know when its line has changed. */
export function qualityOf({ roundTripMs, jitterMs, stalls }: Measure): Quality {
  if (roundTripMs > 1_000 || jitterMs > 250 || stalls > 2) return 'BAD';
  if (roundTripMs > 400 || jitterMs > 100 || stalls > 0) return 'WEAK';
  if (roundTripMs > 150 || jitterMs > 40) return 'FAIR';
  return 'GOOD';
}
