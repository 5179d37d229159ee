/** Keys that come quickly one after another are one new order. */
const REST_MS = 350;

/** The order that the writer has made and the server does not have yet. */
export class Ordering {
  wanted = $state.raw<readonly string[]>();
  #rest: ReturnType<typeof setTimeout> | undefined;

  constructor(readonly send: (wanted: readonly string[]) => Promise<void>) {}

  want(order: readonly string[]): void {
    this.wanted = order;
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => void this.#go(), REST_MS);
  }

  /** What is still resting goes out before the list itself changes: it was meant for this list. */
  flush(): void {
    if (this.#rest === undefined) return;
    clearTimeout(this.#rest);
    void this.#go();
  }

  async #go(): Promise<void> {
    this.#rest = undefined;
    const wanted = this.wanted;
    if (!wanted) return;
    await this.send(wanted);
    if (this.wanted === wanted) this.wanted = undefined;
  }
}
