import { api, ask, type Schema } from '../lib/api';
import { Problem } from '../lib/problem';

/** What was sent of a site's checks, as the server has judged and compared it. */
export class Results {
  all = $state.raw<Schema<'Checks'>>();
  problem = $state.raw<Problem>();

  constructor(
    readonly briefing: string,
    readonly endpoint: string,
  ) {}

  async load(): Promise<void> {
    try {
      this.all = await ask(
        api.GET('/api/briefings/{briefing}/endpoints/{endpoint}/checks', {
          params: { path: { briefing: this.briefing, endpoint: this.endpoint } },
        }),
      );
      this.problem = undefined;
    } catch (cause) {
      if (!this.all) this.problem = Problem.of(cause);
    }
  }
}
