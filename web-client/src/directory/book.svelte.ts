import { SvelteSet } from 'svelte/reactivity';
import { api, ask, type Schema } from '../lib/api';
import { day } from '../lib/format';
import { Problem } from '../lib/problem';
import { flat, tree, type Line, type Row } from './tree';

export type Kind = Schema<'EndpointKind'>;
export type Connection = Schema<'Connection'>;

/** What the list is narrowed to. */
export interface Sought {
  q: string;
  kind: Kind | undefined;
  region: string | undefined;
  connection: Connection | undefined;
  on: string;
}

const everything = (): Sought => ({
  q: '',
  kind: undefined,
  region: undefined,
  connection: undefined,
  on: day(Date.now()),
});

/** The registry as it is looked through: what is sought, what was found, which branches are open. */
export class Book {
  sought = $state.raw<Sought>(everything());
  lines = $state.raw<readonly Line[]>();
  problem = $state.raw<Problem>();
  busy = $state(false);
  /** Regions are those of the provinces in force. */
  regions = $state.raw<readonly string[]>([]);
  readonly opened = new SvelteSet<string>();
  #asked = 0;

  readonly narrowed = $derived.by(() => {
    const { q, kind, region, connection, on } = this.sought;
    return q.trim() !== '' || Boolean(kind ?? region ?? connection) || on !== everything().on;
  });
  readonly rows = $derived.by<Row[]>(() => {
    const { q, kind, region, connection } = this.sought;
    const lines = this.lines ?? [];
    return q.trim() !== '' || (kind ?? region ?? connection) ? flat(lines) : tree(lines, this.opened);
  });

  async load(): Promise<void> {
    const asked = ++this.#asked;
    const { q, kind, region, connection, on } = this.sought;
    const query = {
      ...(q.trim() && { q: q.trim() }),
      ...(kind && { kind }),
      ...(region && { region }),
      ...(connection && { connection }),
      ...(on && { on }),
    };
    this.busy = true;
    try {
      const { items } = await ask(api.GET('/api/endpoints/registry', { params: { query } }));
      if (asked !== this.#asked) return; // an earlier question, answered later
      this.lines = items;
      this.problem = undefined;
    } catch (cause) {
      if (asked === this.#asked) this.problem = Problem.of(cause);
    } finally {
      if (asked === this.#asked) this.busy = false;
    }
  }

  async loadRegions(): Promise<void> {
    const { items } = await ask(api.GET('/api/provinces'));
    this.regions = items
      .flatMap(({ region }) => (region ? [region] : []))
      .filter((region, i, all) => all.indexOf(region) === i)
      .sort();
  }

  seek(change: Partial<Sought>): void {
    this.sought = { ...this.sought, ...change };
    void this.load();
  }

  seekAll(): void {
    this.seek(everything());
  }

  toggle(id: string): void {
    if (!this.opened.delete(id)) this.opened.add(id);
  }
}
