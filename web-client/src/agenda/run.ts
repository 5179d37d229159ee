import { api, ask, ifMatch, type newIntention } from '../lib/api';
import type { Problem } from '../lib/problem';
import type { Commands } from '../ui/commands.svelte';

/**
 * A press of "next" counts only when whoever presses can have seen what the last one did: the second half of a double
 * click would otherwise start the item after the next one, and a start cannot be taken back.
 */
const SEE_MS = 900;

type Verb = 'start' | 'finish' | 'skip' | 'restore';

/** The commands of a running agenda. Each names the item that was meant, so a late press never hits another one. */
export class Run {
  #live: string | undefined;
  #changedAt = -Infinity;

  constructor(
    readonly briefing: string,
    readonly commands: Commands,
    readonly now: () => number = () => performance.now(),
  ) {}

  /** What the picture says is live. */
  saw(live: string | undefined): void {
    if (live === this.#live) return;
    this.#live = live;
    this.#changedAt = this.now();
  }

  async next(item: string | undefined): Promise<void> {
    if (item === undefined || this.now() - this.#changedAt < SEE_MS) return;
    await this.press('start', item);
  }

  /** `run.press('skip', id)`, and `commands.busy('skip ' + id)` while it is on its way. */
  press(verb: Verb, item: string): Promise<Problem | undefined> {
    const params = { path: { briefing: this.briefing, item } };
    return this.commands.run(`${verb} ${item}`, () =>
      ask(api.POST(`/api/briefings/{briefing}/agenda/{item}/${verb}`, { params })),
    );
  }

  /** The whole new order; refused when somebody else has changed the agenda in between. */
  order(order: readonly string[]): Promise<Problem | undefined> {
    const path = { briefing: this.briefing };
    return this.commands.run('order', async () => {
      const plan = await ask(api.GET('/api/briefings/{briefing}', { params: { path } }));
      await ask(
        api.PUT('/api/briefings/{briefing}/agenda/order', {
          params: { path, header: ifMatch(plan.agenda.etag) },
          body: { order: [...order] },
        }),
      );
    });
  }

  /** The form shows what is wrong with it. */
  insert(
    item: { title: string; minutes: number; before?: string },
    intention: ReturnType<typeof newIntention>,
  ): Promise<Problem | undefined> {
    const params = { path: { briefing: this.briefing }, header: intention };
    return this.commands.run(
      'insert',
      () => ask(api.POST('/api/briefings/{briefing}/agenda', { params, body: item })),
      { tell: false },
    );
  }
}
