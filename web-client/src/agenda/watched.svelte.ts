import { SvelteSet } from 'svelte/reactivity';

const KEY = 'giaoban.watched.';
/** Nobody waits for more; and what is stored stays small. */
const AT_MOST = 50;

/** The items of one briefing that this reader waits for. Kept in the browser alone: nobody needs to know. */
export class Watched {
  readonly #items = new SvelteSet<string>();
  readonly #key: string;

  constructor(briefing: string) {
    this.#key = KEY + briefing;
    for (const id of remembered(this.#key)) this.#items.add(id);
  }

  has(id: string): boolean {
    return this.#items.has(id);
  }

  toggle(id: string): void {
    if (!this.#items.delete(id) && this.#items.size < AT_MOST) this.#items.add(id);
    try {
      if (this.#items.size === 0) localStorage.removeItem(this.#key);
      else localStorage.setItem(this.#key, JSON.stringify([...this.#items]));
    } catch {
      // storage may be forbidden: then the choice lasts as long as the page
    }
  }
}

function remembered(key: string): string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
    return Array.isArray(stored) ? stored.filter((id) => typeof id === 'string').slice(0, AT_MOST) : [];
  } catch {
    return [];
  }
}
