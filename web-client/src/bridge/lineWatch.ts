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
const RECENT = 3;

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
    const before = this.#recent;
    const sample = await this.ways.sample(STALL_MS);
    if (!this.#running) return;
    this.#samples.push(sample);
    this.#recent = [...before.slice(1 - RECENT), sample];
    const quality = qualityOf(measure(this.#recent));
    const odd = before.length > 0 && quality !== this.#class;
    if (this.#recent.length === RECENT || quality === 'GOOD') await this.#tell(quality);
    if (!this.#running) return;
    const pause = odd ? SUSPICIOUS_MS : quality === 'GOOD' ? EVERY_MS : WATCHFUL_MS;
    this.#timer = setTimeout(() => void this.#look(), pause);
  }

  async #tell(quality: Quality): Promise<void> {
    const now = this.ways.now();
    const changed = quality !== this.#class;
    const full = now - this.#begun >= WINDOW_MS;
    if ((!changed && !full) || now - this.#reportedAt < REPORTS_APART_MS) return;
    const seconds = Math.min(60, Math.max(1, Math.round((now - this.#begun) / 1_000)));
    const measured = measure(changed ? this.#recent : this.#samples);
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
