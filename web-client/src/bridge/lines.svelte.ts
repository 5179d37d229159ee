import { api, ask, type Schema } from '../lib/api';
import { Problem } from '../lib/problem';

/** How the lines of a briefing were, of one site or of all; asked for again as often as it is told to. */
export class Lines {
  now = $state.raw<Schema<'Lines'>>();
  problem = $state.raw<Problem>();
  #asked = 0;

  constructor(
    readonly briefing: string,
    readonly endpoint?: string,
  ) {}

  async load(): Promise<void> {
    const asked = ++this.#asked;
    const query = this.endpoint === undefined ? {} : { endpoint: this.endpoint };
    try {
      const lines = await ask(
        api.GET('/api/briefings/{briefing}/lines', { params: { path: { briefing: this.briefing }, query } }),
      );
      if (asked === this.#asked) [this.now, this.problem] = [lines, undefined];
    } catch (cause) {
      if (asked === this.#asked) this.problem = Problem.of(cause);
    }
  }
}
