import { SvelteMap } from 'svelte/reactivity';
import { api, ask, patiently, type Schema } from '../lib/api';
import { day } from '../lib/format';
import { Problem } from '../lib/problem';

type Change = Schema<'ProvinceChange'>;
export type Preview = Schema<'ProvinceChangePreview'>;
export type Concerned = Preview['endpoints'][number];

const blank = () => ({ code: '', fullName: '' });

/** A change of provinces on its way: drawn up, seen, put right endpoint by endpoint, done. */
export class ProvinceChanging {
  kind = $state<Change['kind']>('MERGE');
  on = $state(day(Date.now()));
  act = $state('');
  /** By system and code: a bare code says nothing. */
  from = $state<string[]>([]);
  to = $state([blank()]);
  /** Of a split: which endpoint goes to which of the new ones; who is not here goes to the first. */
  readonly moves = new SvelteMap<string, string>();
  /** Of a merger: the department that lives on, where it is not the one that the server takes by itself. */
  keep = $state<string>();

  preview = $state.raw<Preview>();
  problem = $state.raw<Problem>();
  busy = $state(false);
  /** How many changes were carried out from here: after each the provinces are others. */
  done = $state(0);
  #seen = $state.raw<Change>();
  #asked = 0;

  readonly change = $derived.by<Change>(() => ({
    kind: this.kind,
    on: this.on,
    act: this.act.trim(),
    from: this.from.map((key) => {
      const [codeSystem = '', code = ''] = key.split(' ');
      return { codeSystem: codeSystem as 'gso-63' | 'gso-34', code };
    }),
    to: this.to.map(({ code, fullName }) => ({
      code: code.trim(),
      ...(fullName.trim() && { fullName: fullName.trim() }),
    })),
    ...(this.kind === 'SPLIT' && {
      moves: [...this.moves].map(([endpoint, to]) => ({ endpoint, to })),
    }),
    ...(this.kind === 'MERGE' && this.keep !== undefined && { keep: this.keep }),
  }));
  /** The form says something else than what is shown. */
  readonly stale = $derived(JSON.stringify(this.change) !== JSON.stringify(this.#seen));

  /** One province splits into at least two; several become one; one gets another name. */
  turn(kind: Change['kind']): void {
    this.kind = kind;
    if (kind === 'SPLIT' && this.to.length === 1) this.to.push(blank());
    if (kind !== 'SPLIT') this.to.splice(1);
    if (kind !== 'MERGE') this.from = this.from.slice(0, 1);
    // Who is renamed keeps the code.
    const [only] = this.to;
    if (kind === 'RENAME' && only) only.code = this.from[0]?.split(' ')[1] ?? '';
    this.#begin();
  }

  choose(from: string[]): void {
    this.from = this.kind === 'MERGE' ? from : from.slice(-1);
    const [only] = this.to;
    if (this.kind === 'RENAME' && only) only.code = this.from[0]?.split(' ')[1] ?? '';
    this.#begin();
  }

  add(): void {
    this.to.push(blank());
  }

  drop(i: number): void {
    const [gone] = this.to.splice(i, 1);
    for (const [endpoint, to] of [...this.moves]) if (to === gone?.code) this.moves.delete(endpoint);
  }

  /** Other provinces, other endpoints: what was chosen for them no longer holds. */
  #begin(): void {
    this.moves.clear();
    this.keep = undefined;
    [this.preview, this.#seen, this.problem] = [undefined, undefined, undefined];
  }

  /** Where an endpoint goes in a split. */
  goes(endpoint: string): string {
    return this.moves.get(endpoint) ?? this.to[0]?.code ?? '';
  }

  move(endpoints: readonly string[], to: string): void {
    for (const endpoint of endpoints) this.moves.set(endpoint, to);
    void this.look();
  }

  live(on: string): void {
    this.keep = on;
    void this.look();
  }

  /** What is shown stays until the new answer is there: whoever goes through it by keyboard keeps the place. */
  async look(): Promise<void> {
    const asked = ++this.#asked;
    const codes = this.to.map(({ code }) => code.trim());
    for (const [endpoint, to] of [...this.moves]) if (!codes.includes(to)) this.moves.delete(endpoint);
    const body = this.change;
    await this.#asking(async () => {
      const preview = await ask(api.POST('/api/provinces/changes/preview', { ...patiently, body }));
      if (asked === this.#asked) [this.preview, this.#seen] = [preview, body];
    });
  }

  async carryOut(): Promise<boolean> {
    const [body, token] = [this.#seen, this.preview?.token];
    if (!body || !token || this.stale) return false;
    await this.#asking(async () => {
      await ask(api.POST('/api/provinces/changes', { ...patiently, body: { ...body, token } }));
      this.done++;
      this.from = [];
      this.to = [blank()];
      this.kind = 'MERGE';
      this.#begin();
    });
    return !this.problem;
  }

  async #asking(act: () => Promise<void>): Promise<void> {
    this.busy = true;
    this.problem = undefined;
    try {
      await act();
    } catch (cause) {
      this.problem = Problem.of(cause);
    } finally {
      this.busy = false;
    }
  }
}
