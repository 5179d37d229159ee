import { api, askTagged } from '../lib/api';
import { t } from '../lib/text.svelte';
import { confirm } from '../ui/confirm.svelte';
import { toast } from '../ui/toast.svelte';
import type { Slot } from './hours';
import type { Plan } from './plan.svelte';

type Asking = 'schedule' | 'reschedule' | 'postpone' | 'cancel';

/** The steps of a briefing's life as its planner takes them: which is being asked about, and what comes of it. */
export class Life {
  asking = $state<Asking>();
  busy = $state(false);

  constructor(
    readonly plan: Plan,
    readonly discarded: () => void,
  ) {}

  ask(what: Asking): void {
    this.plan.edits.problem = undefined;
    this.asking = what;
  }

  schedule(): Promise<void> {
    return this.#take(t().plan.scheduled, (params) =>
      askTagged(api.POST('/api/briefings/{briefing}/schedule', { params })),
    );
  }

  reschedule({ plannedStart, plannedEnd }: Slot, reason: string): Promise<void> {
    const body = { plannedStart, plannedEnd, reason };
    return this.#take(t().plan.rescheduled, (params) =>
      askTagged(api.POST('/api/briefings/{briefing}/reschedule', { params, body })),
    );
  }

  postpone(reason: string): Promise<void> {
    return this.#take(t().plan.postponed, (params) =>
      askTagged(api.POST('/api/briefings/{briefing}/postpone', { params, body: { reason } })),
    );
  }

  cancel(reason: string): Promise<void> {
    return this.#take(t().plan.cancelled, (params) =>
      askTagged(api.POST('/api/briefings/{briefing}/cancel', { params, body: { reason } })),
    );
  }

  async open(): Promise<void> {
    const { openTitle: title, openLead: body, open: yes } = t().plan;
    if (!(await confirm({ title, body, yes }))) return;
    await this.#take(t().plan.opened, ({ path }) =>
      askTagged(api.POST('/api/briefings/{briefing}/open', { params: { path } })),
    );
  }

  async discard(): Promise<void> {
    const { discardTitle: title, discardLead: body, discard: yes } = t().plan;
    if (!(await confirm({ title, body, yes, danger: true }))) return;
    if (!(await this.plan.discard())) return;
    toast(t().plan.discarded, 'good');
    this.discarded();
  }

  async #take(done: string, send: Parameters<Plan['step']>[0]): Promise<void> {
    this.busy = true;
    const taken = await this.plan.step(send);
    this.busy = false;
    if (taken) {
      this.asking = undefined;
      toast(done, 'good');
    } else if (this.asking === 'schedule' || this.plan.edits.problem?.conflict) {
      this.asking = undefined; // what stands in the way is told on the page, where it can be changed
    }
  }
}
