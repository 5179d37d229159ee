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
