import { api, ask, type Schema } from '../lib/api';
import { day } from '../lib/format';
import { Problem } from '../lib/problem';

export type Reading = 'then' | 'gso-63' | 'gso-34';

/** Counts by province of some time, in one map or the other. */
export class ProvinceFigures {
  from = $state(`${day(Date.now()).slice(0, 4)}-01-01`);
  to = $state(day(Date.now()));
  map = $state<Reading>('gso-34');
  found = $state.raw<Schema<'ProvinceStatistics'>>();
  problem = $state.raw<Problem>();

  async load(): Promise<void> {
    const { from, to, map } = this;
    if (!from || !to) return;
    try {
      const found = await ask(api.GET('/api/provinces/statistics', { params: { query: { from, to, map } } }));
      if (map !== this.map || from !== this.from || to !== this.to) return; // asked anew meanwhile
      this.found = found;
      this.problem = undefined;
    } catch (cause) {
      this.problem = Problem.of(cause);
    }
  }
}

/** A change of provinces on its way: drawn up, seen, done. */
export class ProvinceChanging {
  preview = $state.raw<Schema<'ProvinceChangePreview'>>();
  problem = $state.raw<Problem>();
  busy = $state(false);
  #body: Schema<'ProvinceChange'> | undefined;

  async look(body: Schema<'ProvinceChange'>): Promise<void> {
    this.#body = body;
    this.preview = undefined;
    await this.#asking(async () => {
      this.preview = await ask(api.POST('/api/provinces/changes/preview', { body }));
    });
  }

  async carryOut(): Promise<boolean> {
    const [body, token] = [this.#body, this.preview?.token];
    if (!body || !token) return false;
    await this.#asking(async () => {
      await ask(api.POST('/api/provinces/changes', { body: { ...body, token } }));
      this.preview = undefined;
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
