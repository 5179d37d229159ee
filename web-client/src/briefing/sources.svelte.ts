import { onDestroy } from 'svelte';
import { line } from '../lib/line';
import type { CalendarPicture, SitePicture } from '../lib/picture';
import { session } from '../lib/session.svelte';
import type { LiveStream } from '../lib/stream.svelte';
import type { Source } from './cards';

/** A socket carries so many streams; whoever has more organisations and endpoints than that reads the others by asking. */
const MOST = 12;

/**
 * The calendars that are this reader's, followed for as long as the calling component lives: everybody's, those of the
 * organisations they plan or run for, and their own sites'. Follows the session: after a sign-in there are others.
 */
export class Sources {
  readonly everybody = line.follow<CalendarPicture>('calendar');
  #others = $state.raw<
    readonly { audience: 'staff' | 'site'; endpoint?: string; stream: LiveStream<CalendarPicture> }[]
  >([]);
  readonly all = $derived<Source[]>([
    { audience: session.has('JOURNALIST') ? 'press' : 'public', cards: this.everybody.view?.briefings },
    ...this.#others.map(({ audience, endpoint, stream }) => ({
      audience,
      ...(endpoint !== undefined && { endpoint }),
      cards: stream.view?.briefings,
    })),
  ]);

  constructor() {
    $effect(() => {
      const roles = session.me?.roles ?? [];
      const staff = roles.filter(({ role }) =>
        ['ADMINISTRATOR', 'ORGANIZER', 'CHAIR', 'SPOKESPERSON'].includes(role),
      );
      const organisations = unique(staff.map(({ organisation }) => organisation)).slice(0, MOST);
      const endpoints = session.endpoints.slice(0, MOST - organisations.length);
      const others = [
        ...organisations.map((id) => ({
          audience: 'staff' as const,
          stream: line.follow<CalendarPicture>(`calendar/${id}`),
        })),
        ...endpoints.map((endpoint) => ({
          audience: 'site' as const,
          endpoint,
          stream: line.follow<SitePicture>(`endpoint/${endpoint}`),
        })),
      ];
      this.#others = others;
      return () => others.forEach(({ stream }) => line.leave(stream));
    });
    onDestroy(() => line.leave(this.everybody));
  }
}

function unique(ids: readonly string[]): string[] {
  return ids.filter((id, i) => ids.indexOf(id) === i);
}
