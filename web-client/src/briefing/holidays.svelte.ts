import { SvelteMap } from 'svelte/reactivity';
import { api, ask, type Schema } from '../lib/api';

export type Holiday = Schema<'Holiday'>;

/** Days off, worked Saturdays and marked days, by date; a year is asked for when one of its days is first looked at. */
class Holidays {
  readonly #days = new SvelteMap<string, Holiday>();
  readonly #years = new Set<string>();

  need(day: string): void {
    const year = day.slice(0, 4);
    if (this.#years.has(year)) return;
    this.#years.add(year);
    ask(api.GET('/api/holidays', { params: { query: { year: Number(year) } } })).then(
      ({ items }) => items.forEach((holiday) => this.#days.set(holiday.date, holiday)),
      () => this.#years.delete(year), // a calendar without holidays is still a calendar; asked again with the next week
    );
  }

  on(day: string): Holiday | undefined {
    return this.#days.get(day);
  }
}

export const holidays = new Holidays();
