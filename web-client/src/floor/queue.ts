import type { FloorPicture, FloorRequestPicture } from '../lib/picture';

export interface Request extends FloorRequestPicture {
  readonly id: string;
}

/** The floor as whoever runs it looks at it: who speaks, who waits in the server's order, who has spoken, newest first. */
export interface Queue {
  readonly holder: Request | undefined;
  readonly waiting: readonly Request[];
  readonly done: readonly Request[];
}

export function queueOf(floor: FloorPicture | undefined): Queue {
  if (!floor) return { holder: undefined, waiting: [], done: [] };
  const request = (id: string): Request[] => {
    const known = floor.requests[id];
    return known ? [{ id, ...known }] : [];
  };
  return {
    holder: floor.holder === undefined ? undefined : request(floor.holder)[0],
    waiting: floor.order.flatMap(request),
    done: Object.keys(floor.requests)
      .flatMap(request)
      .filter(({ status }) => status === 'DONE')
      .sort((a, b) => (b.endedAt ?? '').localeCompare(a.endedAt ?? '')),
  };
}
