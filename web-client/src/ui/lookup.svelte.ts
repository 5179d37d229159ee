/** How long typing must rest before the server is asked. */
const PAUSE_MS = 200;

export type Search<Item> = (words: string, signal: AbortSignal) => Promise<readonly Item[]>;

/** What a combobox is looking for: waits for a rest in the typing, and only the newest question may answer. */
export class Lookup<Item> {
  /** What was typed and is not picked yet. */
  typed = $state<string>();
  found = $state.raw<readonly Item[]>([]);
  active = $state(0);
  open = $state(false);
  busy = $state(false);
  #pause: ReturnType<typeof setTimeout> | undefined;
  #asked: AbortController | undefined;

  constructor(readonly search: Search<Item>) {}

  type(words: string): void {
    this.typed = words;
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => void this.look(words), PAUSE_MS);
  }

  async look(words: string): Promise<void> {
    this.#asked?.abort();
    const mine = (this.#asked = new AbortController());
    this.busy = this.open = true;
    let found: readonly Item[] = [];
    try {
      found = await this.search(words.trim(), mine.signal);
    } catch {
      // nothing found is what it looks like; the page's other calls tell that the server is away
    }
    if (mine !== this.#asked) return;
    this.found = found;
    this.active = 0;
    this.busy = false;
  }

  step(by: 1 | -1): void {
    this.active = (this.active + by + this.found.length) % Math.max(1, this.found.length);
  }

  leave(): void {
    clearTimeout(this.#pause);
    this.#asked?.abort();
    this.#asked = undefined;
    this.typed = undefined;
    this.open = this.busy = false;
  }
}
