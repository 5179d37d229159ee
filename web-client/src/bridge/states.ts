import type { SiteState } from '../lib/picture';
import type { IconName } from '../ui/icons';

export interface Look {
  readonly icon: IconName;
  readonly tone: 'plain' | 'accent' | 'good' | 'warn' | 'bad' | 'phone' | 'support';
}

/** How a site's state looks everywhere: its own sign first, its colour second. The words are in `t().site.state`. */
export const looks: Readonly<Record<SiteState, Look>> = {
  LOST: { icon: 'cross', tone: 'bad' },
  WEAK: { icon: 'bang', tone: 'warn' },
  IN_SUPPORT: { icon: 'tools', tone: 'support' },
  ON_PHONE: { icon: 'phone', tone: 'phone' },
  EXPECTED: { icon: 'question', tone: 'plain' },
  CHECKED: { icon: 'check', tone: 'accent' },
  CONNECTED: { icon: 'disc', tone: 'good' },
};

/** The states in the order in which they need somebody; the first is the most urgent. */
export const states = Object.keys(looks) as SiteState[];

/** Of several sites on one tile the one that needs somebody most speaks for all. */
export function mostUrgent(of: Iterable<SiteState>): SiteState | undefined {
  let most = states.length;
  for (const state of of) most = Math.min(most, states.indexOf(state));
  return states[most];
}
