import { api, ask, type Schema } from '../lib/api';
import { Problem } from '../lib/problem';

export type Kind = Schema<'CheckCall'>['kind'];
export type CheckCall = Schema<'CheckCall'>;
export type Round = Schema<'Rounds'>['rounds'][number];
export type Wish = Schema<'RoundWish'>;
export type Plan = Schema<'RoundPlan'>;
export type Verb = 'finish' | 'miss' | 'restore';

/** The rounds of one briefing: read again whenever the stream tells of another version. */
export class Rounds {
  all = $state.raw<Schema<'Rounds'>>();
  problem = $state.raw<Problem>();
  busy = $state<string>();

  constructor(readonly briefing: string) {}

  of(kind: Kind): Round | undefined {
    return this.all?.rounds.find((round) => round.kind === kind);
  }

  load(): Promise<boolean> {
    return this.#act('load', async () => {
      this.all = await ask(
        api.GET('/api/briefings/{briefing}/rounds', { params: { path: { briefing: this.briefing } } }),
      );
    });
  }

  plan(kind: Kind, body: Wish): Promise<Plan> {
    const path = { briefing: this.briefing, kind };
    return ask(api.POST('/api/briefings/{briefing}/rounds/{kind}/plan', { params: { path }, body }));
  }

  async save(kind: Kind, body: Wish): Promise<void> {
    const path = { briefing: this.briefing, kind };
    this.all = await ask(api.PUT('/api/briefings/{briefing}/rounds/{kind}', { params: { path }, body }));
  }

  drop(kind: Kind): Promise<boolean> {
    const path = { briefing: this.briefing, kind };
    return this.#act('drop', () =>
      ask(api.DELETE('/api/briefings/{briefing}/rounds/{kind}', { params: { path } })),
    );
  }

  step(call: string, verb: Verb): Promise<boolean> {
    const params = { path: { briefing: this.briefing, call } };
    return this.#act(call, () =>
      verb === 'finish'
        ? ask(api.POST('/api/briefings/{briefing}/calls/{call}/finish', { params }))
        : verb === 'miss'
          ? ask(api.POST('/api/briefings/{briefing}/calls/{call}/miss', { params }))
          : ask(api.POST('/api/briefings/{briefing}/calls/{call}/restore', { params })),
    );
  }

  move(call: string, technician: string, at: string): Promise<boolean> {
    const params = { path: { briefing: this.briefing, call } };
    return this.#act(call, () =>
      ask(api.POST('/api/briefings/{briefing}/calls/{call}/move', { params, body: { technician, at } })),
    );
  }

  async #act(what: string, act: () => Promise<unknown>): Promise<boolean> {
    this.busy = what;
    try {
      await act();
      this.problem = undefined;
      return true;
    } catch (cause) {
      this.problem = Problem.of(cause);
      return false;
    } finally {
      this.busy = undefined;
    }
  }
}

/** The calls of one hour. */
export interface Wave {
  readonly at: string;
  readonly calls: readonly CheckCall[];
}

/** The first wave that still has somebody to call; what a technician looks for. */
export function nextWave(waves: readonly Wave[]): string | undefined {
  return waves.find(({ calls }) => calls.some(({ state }) => state === 'PLANNED'))?.at;
}
