import { untrack } from 'svelte';

/**
 * A value that changes many times a second, as it is looked at a few times a second: between two looks lies at least a
 * frame of the screen and `apartMs`. The first change after a quiet while shows at once.
 */
export class Paced<T> {
  now = $state.raw() as T;
  #shownAt = -Infinity;
  #waiting = false;

  constructor(
    readonly read: () => T,
    readonly apartMs: (value: T) => number,
  ) {
    this.now = untrack(read);
    $effect(() => {
      void this.read();
      this.#soon();
    });
    $effect(() => () => (this.#waiting = true));
  }

  #soon(): void {
    if (this.#waiting) return;
    this.#waiting = true;
    const wait = this.#shownAt + this.apartMs(untrack(() => this.now)) - performance.now();
    // A hidden page has no frames, but is to be right when it comes back.
    const show = () => {
      this.#waiting = false;
      this.#shownAt = performance.now();
      this.now = untrack(this.read);
    };
    if (wait > 0) setTimeout(show, wait);
    else show();
  }
}
