import { measure, qualityOf, STALL_MS, type Measure, type Quality, type Sample } from './quality';

/** How the network is looked at and who is told: given, so that tests can have theirs. */
export interface LineWays {
  /** How long a short answer took in milliseconds; nothing where it did not come within `limitMs`. */
  readonly sample: (limitMs: number) => Promise<Sample>;
  readonly report: (seconds: number, measured: Measure) => Promise<unknown>;
  readonly now: () => number;
}

const WINDOW_MS = 20_000;
/** While all is well thousands of sites may be looking; one that is not looks more often. */
const EVERY_MS = 4_000;
const WATCHFUL_MS = 2_000;
/** An answer unlike those before is looked into at once. */
const SUSPICIOUS_MS = 700;
const REPORTS_APART_MS = 2_000;
/** Two looks in a row make a line worse, so that one late answer says nothing; five make it better. */
const WORSE_AFTER = 2;
const BETTER_AFTER = 5;

const ranks: readonly Quality[] = ['GOOD', 'FAIR', 'WEAK', 'BAD'];
const rank = (quality: Quality) => ranks.indexOf(quality);
const alone = (sample: Sample) => rank(qualityOf({ ...measure([sample]), jitterMs: 0 }));

/**
 * Watches the line of a site's page: windows of twenty seconds are told as they end, and a change of the class at once.
 */
export class LineWatch {
  #samples: Sample[] = [];
  #recent: Sample[] = [];
  #class: Quality | undefined;
  #begun = 0;
  #reportedAt = -Infinity;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running = false;

  constructor(readonly ways: LineWays) {}

  start(): void {
    if (this.#running) return;
    this.#running = true;
    this.#begun = this.ways.now();
    void this.#look();
  }

  stop(): void {
    this.#running = false;
    clearTimeout(this.#timer);
    [this.#samples, this.#recent] = [[], []];
  }

  async #look(): Promise<void> {
    const sample = await this.ways.sample(STALL_MS);
    if (!this.#running) return;
    this.#samples.push(sample);
    this.#recent = [...this.#recent.slice(1 - BETTER_AFTER), sample];
    await this.#tell();
    if (!this.#running) return;
    const here = this.#class === undefined ? -1 : rank(this.#class);
    const pause = alone(sample) !== here ? SUSPICIOUS_MS : here > 0 ? WATCHFUL_MS : EVERY_MS;
    this.#timer = setTimeout(() => void this.#look(), pause);
  }

  /** What makes the class another one, if anything does. */
  #change(): Measure | undefined {
    const last = this.#recent.slice(-WORSE_AFTER);
    const here = this.#class === undefined ? -1 : rank(this.#class);
    if (last.length === WORSE_AFTER && Math.min(...last.map(alone)) > here)
      return { ...measure(last), jitterMs: 0 }; // how even it is only a longer window tells
    const all = measure(this.#recent);
    return this.#recent.length === BETTER_AFTER && rank(qualityOf(all)) < here ? all : undefined;
  }

  async #tell(): Promise<void> {
    const now = this.ways.now();
    const changed = this.#change();
    const full = now - this.#begun >= WINDOW_MS;
    if ((!changed && !full) || now - this.#reportedAt < REPORTS_APART_MS) return;
    const seconds = Math.min(60, Math.max(1, Math.round((now - this.#begun) / 1_000)));
    const measured = changed ?? measure(this.#samples);
    this.#reportedAt = now;
    try {
      await this.ways.report(seconds, measured);
      // Only what arrived counts as told: a line that fails now is told when it is back.
      this.#class = qualityOf(measured);
      this.#begun = now;
      this.#samples = [];
    } catch {
      this.#samples = this.#samples.slice(-30);
    }
  }
}
