import { api, ask, newIntention, type Schema } from '../lib/api';
import type { Problem } from '../lib/problem';
import type { Commands } from '../ui/commands.svelte';

type Verb = 'back' | 'pause' | 'resume' | 'stop';

/** The commands of a roll call. A mark names the site that was meant, so a late press never hits the next one. */
export class Calls {
  constructor(
    readonly briefing: string,
    readonly commands: Commands,
  ) {}

  begin(seconds: number | undefined): Promise<Problem | undefined> {
    const params = { path: { briefing: this.briefing }, header: newIntention() };
    return this.commands.run('begin', () =>
      ask(
        api.POST('/api/briefings/{briefing}/roll-calls', {
          params,
          body: seconds === undefined ? {} : { seconds },
        }),
      ),
    );
  }

  mark(endpoint: string, result: Schema<'RollCallResult'>): Promise<Problem | undefined> {
    return this.commands.run(`mark ${endpoint}`, () =>
      ask(
        api.POST('/api/briefings/{briefing}/roll-calls/mark', {
          params: { path: { briefing: this.briefing } },
          body: { endpoint, result },
        }),
      ),
    );
  }

  turn(verb: Verb): Promise<Problem | undefined> {
    return this.commands.run(verb, () =>
      ask(
        api.POST(`/api/briefings/{briefing}/roll-calls/${verb}`, {
          params: { path: { briefing: this.briefing } },
        }),
      ),
    );
  }
}
