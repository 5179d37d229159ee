const FIRST_MS = 1_000;
const LAST_MS = 30_000;

/**
 * How long to wait before the next try: up to 1, 2, 4 … 30 s, and each time any part of it (full jitter), so that ten
 * thousand who lost the same server do not come back in one wave.
 */
export class Backoff {
  failures = 0;
  #told = false;

  constructor(readonly random: () => number) {}

  /** The wait for the try after this failure. */
  next(): number {
    const longest = Math.min(LAST_MS, FIRST_MS * 2 ** this.failures++);
    if (!this.#told) return this.random() * longest;
    this.#told = false;
    return LAST_MS / 2 + (this.random() * LAST_MS) / 2;
  }

  /** We were too quick: the next wait is a long one, never none. */
  slowDown(): void {
    this.#told = true;
  }

  /** The network is back: a short one. */
  soon(): number {
    return this.random() * FIRST_MS;
  }

  reset(): void {
    this.failures = 0;
  }
}
