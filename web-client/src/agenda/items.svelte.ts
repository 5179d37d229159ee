import { api, ask, askTagged, ifMatch, newIntention, type Schema } from '../lib/api';
import { same } from '../lib/draft.svelte';
import type { Edits } from '../lib/edits.svelte';
import { Problem } from '../lib/problem';
import { backTo, valuesOf, type Item, type ItemPatch } from './item';
import { Ordering } from './ordering.svelte';
import { moved, rebased } from './plan';
import { begun } from './rows';

type Agenda = Schema<'Agenda'>;

/** The agenda of one plan while it is being written: every change of it, in the plan's own queue. */
export class Items {
  readonly #order = new Ordering((wanted) => this.#send(wanted));
  readonly #agenda: () => Agenda;
  readonly #changed: (agenda: Agenda) => void;
  readonly #again: () => void;

  /** `changed`: the agenda as the server has it now; `again`: something came or went, all has to be read. */
  constructor(
    readonly briefing: string,
    readonly edits: Edits,
    plan: { agenda: () => Agenda; changed: (agenda: Agenda) => void; again: () => void },
  ) {
    this.#agenda = plan.agenda;
    this.#changed = plan.changed;
    this.#again = plan.again;
  }

  /** As the writer sees them: in the wanted order at once. */
  readonly all = $derived.by<readonly Item[]>(() => {
    const items = this.#agenda().items;
    if (!this.#order.wanted) return items;
    const ids = rebased(
      this.#order.wanted,
      items.map(({ id }) => id),
    );
    return ids.flatMap((id) => items.find((item) => item.id === id) ?? []);
  });

  edit(
    id: string,
    mine: ItemPatch,
    base: ItemPatch,
    words: { label: string; say: (values: ItemPatch) => string },
  ) {
    const field = Object.keys(mine) as (keyof ItemPatch)[];
    return this.edits.edit<Item>({
      field: `${id} ${field.join()}`,
      label: words.label,
      mine: words.say(mine),
      theirs: (item) => words.say(valuesOf(item)),
      collides: (item) =>
        field.some((key) => !same(valuesOf(item)[key], base[key]) && !same(valuesOf(item)[key], mine[key])),
      now: () => {
        const body = this.#agenda().items.find((item) => item.id === id);
        if (!body) throw Problem.of(undefined, 404); // taken out by somebody else meanwhile
        return { body, etag: body.etag };
      },
      take: ({ body }) => this.#put(body),
      send: (etag) =>
        askTagged(
          api.PATCH('/api/briefings/{briefing}/agenda/{item}', {
            params: { path: { briefing: this.briefing, item: id }, header: ifMatch(etag) },
            body: mine,
          }),
        ),
    });
  }

  async add(item: Schema<'NewItem'>): Promise<Item | undefined> {
    this.#order.flush();
    const header = newIntention();
    const added = await this.edits.run(async () => {
      const made = await ask(
        api.POST('/api/briefings/{briefing}/agenda', {
          params: { path: { briefing: this.briefing }, header },
          body: item,
        }),
      );
      const agenda = this.#agenda();
      const at = agenda.items.findIndex(({ id }) => id === item.before);
      this.#changed({ ...agenda, items: agenda.items.toSpliced(at < 0 ? agenda.items.length : at, 0, made) });
      return made;
    });
    this.#again();
    return added;
  }

  /** Takes it out; gives what would put it back where it was. */
  async remove(item: Item): Promise<Schema<'NewItem'> | undefined> {
    const next = this.all[this.all.findIndex(({ id }) => id === item.id) + 1];
    this.#order.flush();
    const done = await this.edits.run(async () => {
      const { etag } = this.#agenda().items.find(({ id }) => id === item.id) ?? item;
      await ask(
        api.DELETE('/api/briefings/{briefing}/agenda/{item}', {
          params: { path: { briefing: this.briefing, item: item.id }, header: ifMatch(etag) },
        }),
      );
      const agenda = this.#agenda();
      this.#changed({ ...agenda, items: agenda.items.filter(({ id }) => id !== item.id) });
      return true;
    });
    this.#again(); // the list has another ETag now
    return done ? backTo(item, next?.id) : undefined;
  }

  /** To a place in the list; shown at once. Gives the place where it is now. */
  move(id: string, to: number): number {
    const order = this.all.map((item) => item.id);
    const from = order.indexOf(id);
    // The past is not rearranged, and nothing is carried across it.
    if (this.all.slice(Math.max(0, Math.min(from, to)), Math.max(from, to) + 1).some(begun)) return from;
    const next = moved(order, id, to);
    if (next !== order) this.#order.want(next);
    return next.indexOf(id);
  }

  /** Puts the wanted order into what the server has; where others changed the list meanwhile, into theirs. */
  async #send(wanted: readonly string[]): Promise<void> {
    await this.edits.run(async () => {
      for (let round = 1; ; round++) {
        const { etag, items } = this.#agenda();
        const ids = items.map(({ id }) => id);
        try {
          this.#changed(
            await ask(
              api.PUT('/api/briefings/{briefing}/agenda/order', {
                params: { path: { briefing: this.briefing }, header: ifMatch(etag) },
                body: { order: rebased(wanted, ids) },
              }),
            ),
          );
          return;
        } catch (cause) {
          const problem = Problem.of(cause);
          if (problem.status !== 412 || problem.current === undefined || round === 3) throw problem;
          this.#changed(problem.current as Agenda);
        }
      }
    });
  }

  #put(item: Item): void {
    const agenda = this.#agenda();
    this.#changed({ ...agenda, items: agenda.items.map((old) => (old.id === item.id ? item : old)) });
  }
}
