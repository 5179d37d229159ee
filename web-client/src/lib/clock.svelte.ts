import { createSubscriber } from 'svelte/reactivity';

/** How a sample is taken: the server's instant in milliseconds, asked over the network. */
export type AskTime = () => Promise<number>;

const SECOND = 1000;
const JUMP_MS = 2 * SECOND;
const REMEASURE_MS = 30 * SECOND;

/**
 * The server's clock, as well as this page can know it. Every countdown on every screen runs on it, never on the
 * reader's own clock, which may be minutes wrong.
 *
 * The offset comes from the quickest of a few round trips (half the trip back is the error) and is raised by frames of
 * the live line: a frame's `now` is at most its journey old, so it is a lower bound and can only push the clock forward.
 */
export class ServerClock {
  #offset = 0;
  #pausedAt: number | undefined;
  #measuredAt = -Infinity;
  #askTime: AskTime | undefined;
  #tell = () => {};

  /** Ticks on the server's whole second, and only while something on the screen reads it. */
  readonly #subscribe = createSubscriber((update) => {
    let timer: ReturnType<typeof setTimeout>;
    const tick = () => {
      update();
      wait();
    };
    const wait = () => {
      timer = setTimeout(tick, SECOND - (this.#read() % SECOND) + 1);
    };
    // A sleeping tab's timers are late: it must not show an old second when it comes back.
    const wake = () => document.visibilityState === 'visible' && update();
    document.addEventListener('visibilitychange', wake);
    this.#tell = update;
    wait();
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', wake);
      this.#tell = () => {};
    };
  });

  /** The server's time in milliseconds since 1970. In an effect or a template it is read again every second. */
  get now(): number {
    this.#subscribe();
    return this.#read();
  }

  get offsetMs(): number {
    return this.#offset;
  }

  /** Asks the server a few times and keeps the answer that travelled shortest. */
  async measure(askTime: AskTime, trips = 3): Promise<void> {
    this.#askTime = askTime;
    this.#measuredAt = Date.now();
    let shortest = Infinity;
    for (let i = 0; i < trips; i++) {
      const sent = Date.now();
      try {
        const server = await askTime();
        const trip = Date.now() - sent;
        if (Number.isFinite(server) && trip >= 0 && trip < shortest) {
          shortest = trip;
          this.#set(server + trip / 2 - Date.now());
        }
      } catch {
        return; // no answer now: frames and the next measurement repair it
      }
    }
  }

  /** A frame's `now`. A difference of seconds means that the reader's own clock was moved: measure again. */
  hear(now: string): void {
    const sample = Date.parse(now) - Date.now();
    if (!Number.isFinite(sample)) return;
    const difference = sample - this.#offset;
    if (difference > 0) this.#set(sample);
    if (Math.abs(difference) > JUMP_MS && this.#askTime && Date.now() - this.#measuredAt > REMEASURE_MS) {
      void this.measure(this.#askTime);
    }
  }

  /** Stops the clock (at an instant): for tests and for pictures that must come out the same twice. */
  pause(at: number = this.#read()): void {
    this.#pausedAt = at;
    this.#tell();
  }

  resume(): void {
    this.#pausedAt = undefined;
    this.#tell();
  }

  #read(): number {
    return this.#pausedAt ?? Date.now() + this.#offset;
  }

  #set(offset: number): void {
    this.#offset = offset;
    this.#tell();
  }
}

/** The one clock of this page. */
export const clock = new ServerClock();
