import { api, ask, type Schema } from '../lib/api';
import { clock } from '../lib/clock.svelte';
import { Problem } from '../lib/problem';
import { browserOf } from './browser';
import { release, type Outcome, type StepName, type Steps } from './devices';
import { iso, keep, kept } from './kept';
import { outbox } from './outbox.svelte';

/** In the order in which a technician goes through them. */
export const stepNames: readonly StepName[] = [
  'camera',
  'microphone',
  'speaker',
  'connection',
  'line',
  'video',
];

export type Preparation = Schema<'CheckPreparation'>;
type Result<Name extends StepName> = NonNullable<Steps[Name]>;

/** What was begun is kept so long: after that the room may be another. */
const KEPT_MS = 6 * 3_600_000;

interface Kept {
  readonly steps: Steps;
  readonly measuredAt: number;
  readonly preparation: Preparation;
}

/**
 * One technician's way through the steps. What is found is kept in the browser from step to step, so that neither a
 * reload nor a lost line costs it; what the steps mean is the server's to judge.
 */
export class CheckSession {
  steps = $state.raw<Steps>({});
  preparation = $state.raw<Preparation>();
  problem = $state.raw<Problem>();
  /** The step that is open, and whether it may begin by itself because the one before has just ended. */
  open = $state<StepName>();
  rolling = $state(false);
  started = $state(false);
  /** Another with every new beginning: what still ran for the last one ends. */
  round = $state(0);
  /** Shown while the camera runs, and sent over the WebRTC connection. */
  camera = $state.raw<MediaStream>();
  #measuredAt = 0;

  constructor(
    readonly briefing: string,
    readonly endpoint: string,
  ) {
    const was = this.#read();
    if (!was) return;
    this.steps = was.steps;
    this.preparation = was.preparation;
    this.#measuredAt = was.measuredAt;
  }

  get measurePath(): string {
    return `/measure/${this.briefing}/${this.endpoint}`;
  }

  get doneCount(): number {
    return stepNames.filter((name) => this.steps[name]).length;
  }

  get next(): StepName | undefined {
    return stepNames.find((name) => !this.steps[name]);
  }

  outcome(name: StepName): Outcome | undefined {
    return this.steps[name]?.outcome;
  }

  /** Asks what is to be measured; a page that knew it once goes on without the server. */
  async prepare(): Promise<void> {
    this.problem = undefined;
    try {
      this.preparation = await ask(
        api.GET('/api/briefings/{briefing}/endpoints/{endpoint}/check', {
          params: { path: { briefing: this.briefing, endpoint: this.endpoint } },
        }),
      );
      if (!this.preparation.video.configured && !this.steps.video)
        this.steps = { ...this.steps, video: { outcome: 'NOT_CONFIGURED' } };
    } catch (cause) {
      if (!this.preparation) this.problem = Problem.of(cause);
    }
  }

  begin(): void {
    this.started = true;
    this.#go(this.next);
  }

  /** Opens a step for another try, or for the first. */
  show(name: StepName): void {
    this.rolling = false;
    this.open = this.open === name ? undefined : name;
    this.started = true;
  }

  settle<Name extends StepName>(name: Name, result: Result<Name>): void {
    this.steps = { ...this.steps, [name]: result };
    this.#measuredAt = clock.now;
    this.#keep();
    if (this.open === name && result.outcome !== 'FAILED' && result.outcome !== 'DENIED') this.#go(this.next);
    // What went wrong stays open, with what to do about it; nothing begins by itself after that.
    else this.rolling = false;
  }

  skip(name: StepName): void {
    this.settle(name, { outcome: 'SKIPPED' });
  }

  goOn(): void {
    this.#go(this.next);
  }

  sign(technician: string, note: string): void {
    outbox.put(this.briefing, this.endpoint, {
      measuredAt: iso(this.#measuredAt || clock.now),
      technician,
      ...(note && { note }),
      browser: browserOf(navigator.userAgent),
      steps: this.steps,
    });
    this.forget();
  }

  /** Everything from the beginning. */
  forget(): void {
    this.close();
    this.steps = this.preparation?.video.configured === false ? { video: { outcome: 'NOT_CONFIGURED' } } : {};
    this.started = false;
    this.open = undefined;
    this.round++;
    keep(this.#key, undefined);
  }

  /** The page goes away: nothing of ours watches or listens any more. */
  close(): void {
    release(this.camera);
    this.camera = undefined;
  }

  #go(name: StepName | undefined): void {
    this.rolling = true;
    this.open = name;
    if (name === undefined) this.close();
  }

  get #key(): string {
    return `giaoban.check.${this.briefing}.${this.endpoint}`;
  }

  #keep(): void {
    if (!this.preparation) return;
    const now: Kept = { steps: this.steps, measuredAt: this.#measuredAt, preparation: this.preparation };
    keep(this.#key, now);
  }

  #read(): Kept | undefined {
    const was = kept(this.#key) as Kept | null | undefined;
    return was && clock.now - was.measuredAt < KEPT_MS ? was : undefined;
  }
}
