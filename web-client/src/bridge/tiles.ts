import type { EndpointPicture, SiteState } from '../lib/picture';
import { asksForHelp } from './alarms';
import { mostUrgent } from './states';
import grid from './tiles.json';

/** One site as the map needs it. `place` is a province's code of today, or one of the two places of their own. */
export interface MapSite {
  readonly id: string;
  readonly place: string;
  readonly name: string;
  readonly state: SiteState;
  readonly delegates: number;
  /** It has asked for help, and nobody has come yet. */
  readonly asks: boolean;
}

export interface Tile {
  readonly code: string;
  readonly col: number;
  readonly row: number;
  readonly name: string;
  readonly short: string;
  readonly sites: readonly MapSite[];
  readonly state: SiteState | undefined;
  /** One of them asks for help. */
  readonly asks: boolean;
}

/** The two places that are no province: the centre and the office in Ho Chi Minh City. */
export const specials = grid.special;
export const islands = grid.islands.map((island) => ({
  ...island,
  of: grid.provinces.find(({ code }) => code === island.province)?.name ?? '',
}));
export const size = { columns: grid.columns, rows: grid.rows };

/** Every tile of the map with the sites that stand on it. */
export function tilesOf(
  sites: readonly MapSite[],
  words: (special: string) => { name: string; short: string },
): Tile[] {
  const places = [
    ...grid.provinces,
    ...specials.map(({ code, col, row }) => ({ code, col, row, ...words(code) })),
  ];
  const standing = grouped(sites);
  return places.map((place) => {
    const here = standing.get(place.code) ?? [];
    return {
      ...place,
      sites: here,
      state: mostUrgent(here.map(({ state }) => state)),
      asks: here.some(({ asks }) => asks),
    };
  });
}

const onMap = new Set([...grid.provinces, ...grid.special].map(({ code }) => code));

/** Those that no tile of the map stands for: units of the ministry, and whatever has no province. */
export function unitsOf(sites: readonly MapSite[]): readonly MapSite[] {
  return sites.filter(({ place }) => !onMap.has(place));
}

function grouped(sites: readonly MapSite[]): Map<string, MapSite[]> {
  const groups = new Map<string, MapSite[]>();
  for (const site of sites) {
    const group = groups.get(site.place);
    if (group) group.push(site);
    else groups.set(site.place, [site]);
  }
  return groups;
}

/** A site of a briefing's picture as the map needs it. */
export function placed(site: EndpointPicture & { readonly id: string }): MapSite {
  const { id, name, state, delegates, kind, province = '' } = site;
  const place = kind === 'CENTRE' ? 'centre' : kind === 'REPRESENTATIVE' ? 'office' : province;
  return { id, name, state, delegates, place, asks: asksForHelp(site) };
}

/** The sites of a briefing's picture, in their order. One without a province or a tile of its own is not on the map. */
export function sitesOf(endpoints: Readonly<Record<string, EndpointPicture>>): MapSite[] {
  return Object.entries(endpoints)
    .sort(([, a], [, b]) => a.sort - b.sort)
    .map(([id, site]) => placed({ id, ...site }));
}

const steps: Readonly<Record<string, readonly [number, number]>> = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowDown: [0, 1],
  ArrowUp: [0, -1],
};

/** The tile that an arrow key leads to: the nearest one on that side; straight ahead counts before aslant. */
export function neighbour(tiles: readonly Tile[], from: Tile, key: string): Tile | undefined {
  const step = steps[key];
  if (!step) return undefined;
  const [dx, dy] = step;
  let best: Tile | undefined;
  let bestCost = Infinity;
  for (const tile of tiles) {
    const x = tile.col - from.col;
    const y = tile.row - from.row;
    const ahead = x * dx + y * dy;
    const aside = Math.abs(x * dy) + Math.abs(y * dx);
    const cost = ahead + 3 * aside;
    if (ahead > 0 && ahead >= aside && cost < bestCost) {
      best = tile;
      bestCost = cost;
    }
  }
  return best;
}
