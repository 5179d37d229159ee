/** One thing to be done later; starting it again forgets the time before. */
export class Timer {
  #running: ReturnType<typeof setTimeout> | undefined;

  get running(): boolean {
    return this.#running !== undefined;
  }

  start(ms: number, act: () => void): void {
    this.stop();
    this.#running = setTimeout(() => {
      this.#running = undefined;
      act();
    }, ms);
  }

  stop(): void {
    clearTimeout(this.#running);
    this.#running = undefined;
  }
}
