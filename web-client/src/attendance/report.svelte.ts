import { api, ask, type Schema } from '../lib/api';
import { Problem } from '../lib/problem';

/** A running briefing changes often; the report is looked at again at most so often. */
const PAUSE_MS = 5_000;

/** Both reports of one briefing, as they were when last asked for. */
export class Report {
  list = $state.raw<Schema<'Attendance'>>();
  timing = $state.raw<Schema<'Timing'>>();
  problem = $state.raw<Problem>();
  #asking = false;
  #again: ReturnType<typeof setTimeout> | undefined;

  constructor(readonly briefing: string) {}

  /** Now, or soon where it was asked for only just now. */
  async load(): Promise<void> {
    this.stop();
    if (this.#asking) return this.#soon();
    this.#asking = true;
    const params = { path: { briefing: this.briefing } };
    try {
      const [list, timing] = await Promise.all([
        ask(api.GET('/api/briefings/{briefing}/attendance', { params })),
        ask(api.GET('/api/briefings/{briefing}/timing', { params })),
      ]);
      this.list = list;
      this.timing = timing;
      this.problem = undefined;
    } catch (cause) {
      this.problem = Problem.of(cause);
    } finally {
      this.#asking = false;
    }
  }

  /** Something has changed: have another look, but not for every patch. */
  changed(): void {
    if (this.#again === undefined) this.#soon();
  }

  stop(): void {
    clearTimeout(this.#again);
    this.#again = undefined;
  }

  #soon(): void {
    this.#again = setTimeout(() => {
      this.#again = undefined;
      void this.load();
    }, PAUSE_MS);
  }
}
