import { api, ask, newIntention, type Schema } from '../lib/api';
import { Problem } from '../lib/problem';
import { keep, kept } from './kept';

export type Signed = Schema<'NewCheck'>;

/** A signed result that the server has not confirmed yet. */
export interface Waiting {
  readonly briefing: string;
  readonly endpoint: string;
  readonly intention: ReturnType<typeof newIntention>;
  readonly body: Signed;
  /** Why the server will never take it. */
  readonly refused?: string;
}

const KEY = 'giaoban.checks';
const AGAIN_MS = 10_000;
const MOST = 50;

/**
 * Signed results are kept in this browser until the server has confirmed them, with one key each, so that a line that
 * is lost in the middle neither loses nor doubles one; a page that is opened later sends what an earlier one left.
 */
class Outbox {
  waiting = $state.raw<readonly Waiting[]>(read());
  sending = $state(false);
  #timer: ReturnType<typeof setInterval> | undefined;

  at(briefing: string, endpoint: string): readonly Waiting[] {
    return this.waiting.filter((one) => one.briefing === briefing && one.endpoint === endpoint);
  }

  put(briefing: string, endpoint: string, body: Signed): void {
    this.#keep([...this.waiting, { briefing, endpoint, intention: newIntention(), body }].slice(-MOST));
    void this.send();
  }

  /** One that the server refuses is not tried for ever; whoever has read why throws it away. */
  drop(one: Waiting): void {
    this.#keep(this.waiting.filter((other) => key(other) !== key(one)));
  }

  /** Tries now, whenever the network comes back, and every few seconds. */
  start(): () => void {
    const send = () => void this.send();
    window.addEventListener('online', send);
    this.#timer = setInterval(send, AGAIN_MS);
    send();
    return () => {
      window.removeEventListener('online', send);
      clearInterval(this.#timer);
    };
  }

  async send(): Promise<void> {
    // What another page of this browser has left or sent meanwhile counts too.
    this.waiting = read();
    if (this.sending || this.waiting.every(({ refused }) => refused !== undefined)) return;
    this.sending = true;
    try {
      for (const one of this.waiting) if (one.refused === undefined) await this.#sendOne(one);
    } catch {
      return; // no network: later
    } finally {
      this.sending = false;
    }
  }

  async #sendOne(one: Waiting): Promise<void> {
    const { briefing, endpoint, intention, body } = one;
    try {
      await ask(
        api.POST('/api/briefings/{briefing}/endpoints/{endpoint}/checks', {
          params: { path: { briefing, endpoint }, header: intention },
          body,
        }),
      );
      this.drop(one);
    } catch (cause) {
      const problem = Problem.of(cause);
      const forGood = [400, 403, 404, 409, 422].includes(problem.status);
      if (!forGood) throw cause;
      this.#keep(
        this.waiting.map((other) => (key(other) === key(one) ? { ...other, refused: problem.title } : other)),
      );
    }
  }

  #keep(waiting: readonly Waiting[]): void {
    this.waiting = waiting;
    keep(KEY, waiting);
  }
}

function key(one: Waiting): string {
  return one.intention['Idempotency-Key'];
}

function read(): readonly Waiting[] {
  const waiting = kept(KEY);
  return Array.isArray(waiting) ? (waiting as Waiting[]) : [];
}

export const outbox = new Outbox();
