import { api, ask, type Schema } from '../lib/api';
import { Problem } from '../lib/problem';
import type { Card } from './cards';

/** What is looked for; what is left out does not matter. */
export interface Wanted {
  readonly from?: string;
  readonly to?: string;
  readonly kind?: Schema<'Kind'>;
  readonly status?: Schema<'Status'>;
  readonly q?: string;
}

const PAGE = 50;
/** The most that one answer may hold. */
const MOST = 200;

/** The briefings that were asked for, page by page. Only the newest question may answer; what is shown stays until it does. */
export class Listing {
  cards = $state.raw<readonly Card[]>([]);
  /** There is more. */
  next = $state.raw<string>();
  /** Nothing has come yet. */
  fresh = $state(true);
  busy = $state(false);
  problem = $state.raw<Problem>();
  #wanted: Wanted = {};
  #asked: AbortController | undefined;

  async find(wanted: Wanted): Promise<void> {
    this.#wanted = wanted;
    await this.#read(PAGE, false);
  }

  async more(): Promise<void> {
    if (this.next !== undefined && !this.busy) await this.#read(PAGE, true);
  }

  /** The same again, as far as it was read. */
  async again(): Promise<void> {
    await this.#read(Math.min(MOST, Math.max(PAGE, this.cards.length)), false);
  }

  async #read(limit: number, further: boolean): Promise<void> {
    this.#asked?.abort();
    const mine = (this.#asked = new AbortController());
    this.busy = true;
    try {
      const query = {
        ...this.#wanted,
        limit,
        ...(further && this.next !== undefined && { after: this.next }),
      };
      const found = await ask(api.GET('/api/briefings', { params: { query }, signal: mine.signal }));
      if (mine !== this.#asked) return;
      this.cards = further ? [...this.cards, ...found.items] : found.items;
      this.next = found.next;
      this.fresh = false;
      this.problem = undefined;
    } catch (cause) {
      if (mine === this.#asked) this.problem = Problem.of(cause);
    } finally {
      if (mine === this.#asked) this.busy = false;
    }
  }
}
