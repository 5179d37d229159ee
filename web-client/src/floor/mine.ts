import type { FloorPicture, FloorRequestPicture } from '../lib/picture';

/** A site's own request to speak. `place` counts from 1, which is next; who speaks has none. */
export interface Mine {
  readonly id: string;
  readonly request: FloorRequestPicture;
  readonly place: number | undefined;
}

/** What a site has asked for and not had yet: who speaks first, then in the order of the queue. */
export function mine(floor: FloorPicture | undefined, endpoint: string): readonly Mine[] {
  if (!floor) return [];
  const found: Mine[] = [];
  const holder = floor.holder === undefined ? undefined : floor.requests[floor.holder];
  if (floor.holder !== undefined && holder?.endpoint === endpoint)
    found.push({ id: floor.holder, request: holder, place: undefined });
  for (const [i, id] of floor.order.entries()) {
    const request = floor.requests[id];
    if (request?.endpoint === endpoint) found.push({ id, request, place: i + 1 });
  }
  return found;
}
