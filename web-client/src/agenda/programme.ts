import type { AgendaPicture } from '../lib/picture';

/** The run of show as its readers look at it: what is over, what is now, what comes; ids in the agenda's order. */
export interface Programme {
  readonly past: readonly string[];
  readonly live: string | undefined;
  readonly coming: readonly string[];
}

export function programme(agenda: AgendaPicture): Programme {
  const past: string[] = [];
  const coming: string[] = [];
  let live: string | undefined;
  for (const id of agenda.order) {
    const status = agenda.items[id]?.status;
    if (status === 'PLANNED') coming.push(id);
    else if (status === 'LIVE' && id === agenda.live) live = id;
    else if (status !== undefined) past.push(id);
  }
  return { past, live, coming };
}

/**
 * When it is this site's turn in the agenda: its item runs, or comes after `before` other items that have to end first,
 * the running one among them. Items that this reader does not see are not counted; the expected hour knows of them.
 */
export type Turn =
  | { readonly state: 'now'; readonly item: string }
  | { readonly state: 'coming'; readonly item: string; readonly before: number }
  | { readonly state: 'over' }
  | { readonly state: 'none' };

export function turnOf(agenda: AgendaPicture, endpoint: string): Turn {
  const { past, live, coming } = programme(agenda);
  const isMine = (id: string) => agenda.items[id]?.endpoint === endpoint;
  if (live !== undefined && isMine(live)) return { state: 'now', item: live };
  const ahead = coming.findIndex(isMine);
  const item = coming[ahead];
  if (item !== undefined) return { state: 'coming', item, before: ahead + (live === undefined ? 0 : 1) };
  return { state: past.some(isMine) ? 'over' : 'none' };
}

/** When an item is to be expected now, in milliseconds: as of the picture, plus what the present delay adds. */
export function expectedAt(instant: string | undefined, shiftMs: number): number | undefined {
  return instant === undefined ? undefined : Date.parse(instant) + shiftMs;
}
