import { api, ask, newIntention, type Schema } from '../lib/api';
import type { Edits } from '../lib/edits.svelte';

export type Invitation = Schema<'Invitation'>;

/** Who is invited to one plan, and how that changes, in the plan's own queue. */
export class InvitationList {
  constructor(
    readonly briefing: string,
    readonly edits: Edits,
    readonly now: () => readonly Invitation[],
    /** Somebody came or went: the plan has to be read again. */
    readonly again: () => void,
  ) {}

  has(endpoint: string): boolean {
    return this.now().some((invitation) => invitation.endpoint === endpoint);
  }

  /** Gives how many were not invited yet; undefined when it was refused. */
  async invite(endpoints: readonly string[]): Promise<number | undefined> {
    const wanted = endpoints.filter((endpoint) => !this.has(endpoint));
    if (wanted.length === 0) return 0;
    const header = newIntention();
    const done = await this.edits.run(() =>
      ask(
        api.POST('/api/briefings/{briefing}/endpoints', {
          params: { path: { briefing: this.briefing }, header },
          body: { endpoints: [...wanted] },
        }),
      ),
    );
    this.again();
    return done && wanted.length;
  }

  async uninvite(endpoint: string): Promise<boolean> {
    const done = await this.edits.run(async () => {
      await ask(
        api.DELETE('/api/briefings/{briefing}/endpoints/{endpoint}', {
          params: { path: { briefing: this.briefing, endpoint } },
        }),
      );
      return true;
    });
    this.again();
    return done ?? false;
  }
}
