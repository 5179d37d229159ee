import { plain } from '../lib/format';
import type { EndpointPicture, SiteState, SiteTotals } from '../lib/picture';
import { states } from './states';

/** Above this many the server sends the totals alone. */
export const MOST_ON_BOARD = 3_356;

export interface BoardSite extends EndpointPicture {
  readonly id: string;
}

const before = (a: BoardSite, b: BoardSite) => a.sort - b.sort || collator.compare(a.name, b.name);
const collator = new Intl.Collator('vi');

/** The sites in the order of protocol. Those that have not changed stay the same objects: of thousands few do at a time. */
export function boardSites(endpoints: Readonly<Record<string, EndpointPicture>> | undefined): BoardSite[] {
  const sites: BoardSite[] = [];
  for (const id in endpoints) {
    const picture = endpoints[id];
    if (!picture) continue;
    let site = seen.get(picture);
    if (site?.id !== id) seen.set(picture, (site = { id, ...picture }));
    sites.push(site);
  }
  // Mostly they come as they are to stand: then looking is enough.
  return sites.some((site, i) => i > 0 && before(sites[i - 1] ?? site, site) > 0)
    ? sites.sort(before)
    : sites;
}
const seen = new WeakMap<EndpointPicture, BoardSite>();

/** In which part of the country a site lies, by its province's code; what has none is the ministry's own. */
export type Region = 'north' | 'middle' | 'south' | 'none';
export const regions: readonly Region[] = ['north', 'middle', 'south', 'none'];
const LAST_NORTHERN = 37;
const LAST_MIDDLE = 68;

export function regionOf({ kind, province }: EndpointPicture): Region {
  const code = kind === 'CENTRE' || kind === 'REPRESENTATIVE' ? NaN : Number(province ?? NaN);
  if (Number.isNaN(code)) return 'none';
  return code <= LAST_NORTHERN ? 'north' : code <= LAST_MIDDLE ? 'middle' : 'south';
}

/** How many sites are in each state, every state included. */
export function countStates(sites: readonly { readonly state: SiteState }[]): Record<SiteState, number> {
  const counts = Object.fromEntries(states.map((state) => [state, 0])) as Record<SiteState, number>;
  for (const { state } of sites) counts[state]++;
  return counts;
}

/** The same where only totals are known. */
export function countsOf(totals: SiteTotals | undefined): Record<SiteState, number> {
  const {
    expected = 0,
    connected = 0,
    lost = 0,
    weak = 0,
    onPhone = 0,
    inSupport = 0,
    checked = 0,
  } = totals ?? {};
  return {
    LOST: lost,
    WEAK: weak,
    IN_SUPPORT: inSupport,
    ON_PHONE: onPhone,
    EXPECTED: expected - connected - lost - checked,
    CHECKED: checked,
    CONNECTED: connected - weak - onPhone - inSupport,
  };
}

/** Those in one of the chosen states (none chosen: all) whose name or code has all the words, in any spelling of the tones. */
export function filterSites(
  sites: readonly BoardSite[],
  chosen: ReadonlySet<SiteState>,
  words: string,
  region?: Region,
): readonly BoardSite[] {
  const wanted = plain(words).split(' ').filter(Boolean);
  if (chosen.size === 0 && wanted.length === 0 && !region) return sites;
  return sites.filter((site) => {
    if (region && regionOf(site) !== region) return false;
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
