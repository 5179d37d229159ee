import { href } from '../../lib/router.svelte';
import type { Me } from '../../lib/session.svelte';
import { passport } from '../../routes';

/**
 * What is worth offering to whoever looks at a control room; what is allowed is the server's to say. Who only views is
 * offered nothing to press, and a chair runs the briefing but does not rewrite its plan.
 */
export function offers(me: Me | null | undefined): { runs: boolean; plans: boolean } {
  const roles = (me?.roles ?? []).map(({ role }) => role);
  const runs = roles.some((role) => role !== 'VIEWER' && role !== 'JOURNALIST');
  return { runs, plans: runs && roles.some((role) => role !== 'CHAIR' && role !== 'VIEWER') };
}

/** Where the passport of a site is, for those to whom it is open. */
export function passportWay(me: Me | null | undefined): ((endpoint: string) => string) | undefined {
  const roles = (me?.roles ?? []).map(({ role }) => role);
  return roles.some((role) => ['ADMINISTRATOR', 'ORGANIZER', 'CHAIR'].includes(role))
    ? (endpoint) => href(passport.pattern, { endpoint })
    : undefined;
}
