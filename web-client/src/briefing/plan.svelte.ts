import { api, ask, askTagged, ifMatch, type Schema } from '../lib/api';
import { same } from '../lib/draft.svelte';
import { Edits, type Tagged } from '../lib/edits.svelte';
import { Problem } from '../lib/problem';
import type { Me } from '../lib/session.svelte';

export type Briefing = Schema<'Briefing'>;
export type Patch = Schema<'BriefingPatch'>;

/** How the fields are called, and how what stands in them is said: for whoever has to choose between two. */
export interface Words {
  readonly label: string;
  readonly say: (values: Patch, of: Briefing | undefined) => string;
}

/** The whole plan of one briefing as its planners see it, and the one queue through which all of it is changed. */
export class Plan {
  now = $state.raw<Briefing>();
  /** Why there is no plan to be seen. */
  missing = $state.raw<Problem>();
  readonly edits = new Edits();
  #etag = '';
  #again: ReturnType<typeof setTimeout> | undefined;

  constructor(readonly id: string) {}

  get path() {
    return { path: { briefing: this.id } };
  }

  async load(): Promise<void> {
    await this.edits.after(async () => {
      try {
        this.take(await askTagged(api.GET('/api/briefings/{briefing}', { params: this.path })));
        this.missing = undefined;
      } catch (cause) {
        const problem = Problem.of(cause);
        // What is on the screen stays there while the server is away; only its "no" takes it away.
        if (!this.now || problem.status === 404 || problem.status === 403) this.missing = problem;
      }
    });
  }

  /** The stream says that something has changed: read again, once for a burst of changes. */
  loadSoon(): void {
    clearTimeout(this.#again);
    this.#again = setTimeout(() => void this.load(), 150);
  }

  stop(): void {
    clearTimeout(this.#again);
  }

  take({ body, etag }: Tagged<Briefing>): void {
    this.now = body;
    this.#etag = etag;
  }

  /** Saves what the writer made of what stood there before. False: refused, and `edits.problem` says why. */
  edit(mine: Patch, base: Patch, { label, say }: Words): Promise<boolean> {
    return this.edits.edit<Briefing>({
      field: `briefing ${keys(mine).join()}`,
      label,
      mine: say(mine, undefined),
      theirs: (body) => say(valuesOf(body), body),
      collides: (body) =>
        keys(mine).some(
          (key) => !same(valuesOf(body)[key], base[key]) && !same(valuesOf(body)[key], mine[key]),
        ),
      now: () => ({ body: this.now as Briefing, etag: this.#etag }),
      take: (now) => this.take(now),
      send: (etag) =>
        askTagged(
          api.PATCH('/api/briefings/{briefing}', {
            params: { ...this.path, header: ifMatch(etag) },
            body: mine,
          }),
        ),
    });
  }

  /** A step of its life. What stands on the screen is what the reader decided on: a newer plan is shown first (412). */
  step(
    send: (params: {
      path: { briefing: string };
      header: { 'If-Match': string };
    }) => Promise<Tagged<Briefing>>,
  ) {
    return this.edits.run(async () => {
      try {
        this.take(await send({ ...this.path, header: ifMatch(this.#etag) }));
        return true;
      } catch (cause) {
        const problem = Problem.of(cause);
        if (problem.status === 412 && problem.current !== undefined)
          this.take({ body: problem.current as Briefing, etag: problem.etag ?? '' });
        throw problem;
      }
    });
  }

  discard(): Promise<true | undefined> {
    return this.edits.run(async () => {
      await ask(
        api.DELETE('/api/briefings/{briefing}', { params: { ...this.path, header: ifMatch(this.#etag) } }),
      );
      return true as const;
    });
  }
}

/** What an edit would have to send to leave everything as it is. */
export function valuesOf(of: Briefing): Required<Patch> {
  return {
    kind: of.kind,
    title: of.title,
    titleEn: of.titleEn ?? '',
    visibility: of.visibility,
    zone: of.zone,
    plannedStart: of.plannedStart,
    plannedEnd: of.plannedEnd,
    chair: of.chair?.id ?? null,
    secretary: of.secretary?.id ?? null,
    operator: of.operator?.id ?? null,
    hub: of.hub ?? null,
    room: of.room ?? null,
    expectedDelegates: of.expectedDelegates ?? 0,
  };
}

/** Whether it is worth offering this person to change it; the server has the last word. */
export function mayPlan(me: Me | null | undefined, plan: Briefing): boolean {
  if (!me) return false;
  if ([plan.chair, plan.secretary, plan.operator].some((officer) => officer?.id === me.id)) return true;
  return me.roles.some(
    ({ role, organisation }) =>
      role === 'ADMINISTRATOR' || (role === 'ORGANIZER' && organisation === plan.organisation),
  );
}

/** The plan is history. */
export function isClosed(plan: Briefing): boolean {
  return plan.status === 'CLOSED' || plan.status === 'CANCELLED';
}

function keys(patch: Patch): (keyof Patch)[] {
  return Object.keys(patch) as (keyof Patch)[];
}
