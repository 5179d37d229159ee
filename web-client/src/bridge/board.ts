import { plain } from '../lib/format';
import type { EndpointPicture, SiteState } from '../lib/picture';
import { states } from './states';

/** Above this many the server sends the totals alone. */
export const MOST_ON_BOARD = 3_356;

export interface BoardSite extends EndpointPicture {
  readonly id: string;
}

/** The sites in the order of protocol. */
export function boardSites(endpoints: Readonly<Record<string, EndpointPicture>> | undefined): BoardSite[] {
  return Object.entries(endpoints ?? {})
    .map(([id, site]) => ({ id, ...site }))
    .sort((a, b) => a.sort - b.sort || a.name.localeCompare(b.name, 'vi'));
}

/** How many sites are in each state, every state included. */
export function countStates(sites: readonly { readonly state: SiteState }[]): Record<SiteState, number> {
  const counts = Object.fromEntries(states.map((state) => [state, 0])) as Record<SiteState, number>;
  for (const { state } of sites) counts[state]++;
  return counts;
}

/** Those in one of the chosen states (none chosen: all) whose name or code has all the words, in any spelling of the tones. */
export function filterSites(
  sites: readonly BoardSite[],
  chosen: ReadonlySet<SiteState>,
  words: string,
): readonly BoardSite[] {
  const wanted = plain(words).split(' ').filter(Boolean);
  if (chosen.size === 0 && wanted.length === 0) return sites;
  return sites.filter((site) => {
    if (chosen.size > 0 && !chosen.has(site.state)) return false;
    const text = wanted.length === 0 ? '' : folded(`${site.name} ${site.code ?? ''}`);
    return wanted.every((word) => text.includes(word));
  });
}

// Thousands of names, folded again at every key, would be felt.
const known = new Map<string, string>();

function folded(text: string): string {
  let result = known.get(text);
  if (result === undefined) known.set(text, (result = plain(text)));
  return result;
}
