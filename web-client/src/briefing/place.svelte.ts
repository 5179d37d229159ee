import { clock } from '../lib/clock.svelte';
import { day } from '../lib/format';
import { t } from '../lib/text.svelte';
import { NOTHING_SOUGHT, readAddress, writeAddress, type Sought, type View } from './address';
import type { Wanted } from './listing.svelte';
import { addDays, bounds } from './week';

const KEY = 'giaoban.calendar';

/** Where in the calendar the reader is. It stands in the address, so that it can be sent on and survives going back. */
export class CalendarPlace {
  /** Any day of the week that is shown. */
  day = $state('');
  view = $state<View>('week');
  sought = $state.raw<Sought>(NOTHING_SOUGHT);

  constructor() {
    const asked = readAddress(location.search, Object.keys(t().kind), Object.keys(t().status));
    this.day = asked.day ?? day(clock.now);
    this.view = asked.view ?? (remembered() === 'list' ? 'list' : 'week');
    this.sought = asked.sought;
  }

  readonly back = (): void => this.#step(-1);
  readonly on = (): void => this.#step(1);
  readonly week = (): void => this.show('week');
  readonly list = (): void => this.show('list');
  readonly today = (): void => {
    this.day = day(clock.now);
    this.#write();
  };

  show(view: View): void {
    this.view = view;
    try {
      localStorage.setItem(KEY, view);
    } catch {
      // storage may be forbidden: then the choice lasts as long as the page
    }
    this.#write();
  }

  seek(sought: Sought): void {
    this.sought = sought;
    this.#write();
  }

  seekAll(): void {
    this.seek({ ...NOTHING_SOUGHT, period: 'all' });
  }

  get narrowed(): boolean {
    return this.sought.q !== '' || this.sought.kind !== undefined || this.sought.status !== undefined;
  }

  /** What the list asks the server for. Reads no ticking clock: a list that is read again by itself would jump. */
  get wanted(): Wanted {
    const { q, kind, status, period } = this.sought;
    const today = day(Date.now() + clock.offsetMs);
    return {
      ...(period === 'coming' && { from: bounds(today, today).from }),
      ...(period === 'past' && {
        from: bounds(addDays(today, -30), today).from,
        to: bounds(today, today).from,
      }),
      ...(q.trim() !== '' && { q: q.trim() }),
      ...(kind && { kind }),
      ...(status && { status }),
    };
  }

  #step(weeks: number): void {
    this.day = addDays(this.day, 7 * weeks);
    this.view = 'week';
    this.#write();
  }

  #write(): void {
    if (location.pathname !== '/') return; // the reader has gone on: the address is another screen's
    const today = day(Date.now() + clock.offsetMs);
    history.replaceState(
      null,
      '',
      writeAddress(this.view, this.day === today ? undefined : this.day, this.sought),
    );
  }
}

function remembered(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}
