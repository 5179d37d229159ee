import { api, ask, askTagged, ifMatch, newIntention, type Schema } from '../lib/api';
import { Problem } from '../lib/problem';
import { t } from '../lib/text.svelte';
import { toast } from '../ui/toast.svelte';

export type Card = Schema<'EndpointCard'>;
export type Patch = Schema<'EndpointPatch'>;
export type NewPeriod = Schema<'NewPeriod'>;

/** One endpoint's card, its version, and every way to change it. */
export class CardSource {
  card = $state.raw<Card>();
  problem = $state.raw<Problem>();
  /** Of the form that is open. */
  refused = $state.raw<Problem>();
  busy = $state(false);
  history = $state.raw<readonly Schema<'EndpointChange'>[]>();
  next = $state.raw<string>();
  #etag = '';

  constructor(
    readonly id: string,
    readonly onchanged: () => void,
  ) {
    void this.load();
  }

  get #path() {
    return { endpoint: this.id };
  }

  async load(): Promise<void> {
    try {
      this.#take(await askTagged(api.GET('/api/endpoints/{endpoint}', { params: { path: this.#path } })));
      this.problem = undefined;
    } catch (cause) {
      this.problem = Problem.of(cause);
    }
  }

  /** Facts; an operator of the site has a way of his own, with fewer of them. */
  edit(body: Patch): Promise<boolean> {
    const params = { path: this.#path, header: ifMatch(this.#etag) };
    const { contacts, dutyName, dutyPhone, equipmentNote } = body;
    return this.#change(() =>
      this.card?.may.edit
        ? askTagged(api.PATCH('/api/endpoints/{endpoint}', { params, body }))
        : askTagged(
            api.PUT('/api/endpoints/{endpoint}/contacts', {
              params,
              body: {
                ...(contacts && { contacts }),
                ...(dutyName !== undefined && { dutyName }),
                ...(dutyPhone !== undefined && { dutyPhone }),
                ...(equipmentNote !== undefined && { equipmentNote }),
              },
            }),
          ),
    );
  }

  rename(body: NewPeriod): Promise<boolean> {
    const params = { path: this.#path, header: ifMatch(this.#etag) };
    return this.#change(() => askTagged(api.POST('/api/endpoints/{endpoint}/periods', { params, body })));
  }

  end(on: string, successor: string | undefined): Promise<boolean> {
    const params = { path: this.#path, header: ifMatch(this.#etag) };
    const body = { on, ...(successor && { successor }) };
    return this.#change(() => askTagged(api.POST('/api/endpoints/{endpoint}/end', { params, body })));
  }

  announce(body: { from: string; to: string; reason: string }): Promise<boolean> {
    const params = { path: this.#path, header: newIntention() };
    return this.#change(async () => {
      await ask(api.POST('/api/endpoints/{endpoint}/maintenance', { params, body }));
      return undefined;
    });
  }

  withdraw(window: string): Promise<boolean> {
    const params = { path: { ...this.#path, window } };
    return this.#change(async () => {
      await ask(api.DELETE('/api/endpoints/{endpoint}/maintenance/{window}', { params }));
      return undefined;
    });
  }

  async remember(): Promise<void> {
    const query = { limit: 20, ...(this.next && { after: this.next }) };
    try {
      const params = { path: this.#path, query };
      const page = await ask(api.GET('/api/endpoints/{endpoint}/history', { params }));
      this.history = [...(this.history ?? []), ...page.items];
      this.next = page.next;
    } catch (cause) {
      toast(Problem.of(cause).message, 'bad');
    }
  }

  async #change(act: () => Promise<{ body: Card; etag: string } | undefined>): Promise<boolean> {
    this.busy = true;
    this.refused = undefined;
    try {
      const answer = await act();
      if (answer) this.#take(answer);
      else await this.load();
      this.history = undefined;
      this.next = undefined;
      this.onchanged();
      toast(t().registry.form.saved, 'good');
      return true;
    } catch (cause) {
      this.refused = Problem.of(cause);
      if (this.refused.is('stale')) {
        await this.load();
        toast(t().registry.form.stale, 'bad');
      }
      return false;
    } finally {
      this.busy = false;
    }
  }

  #take({ body, etag }: { body: Card; etag: string }): void {
    this.card = body;
    this.#etag = etag;
  }
}
