/** How often at most something is said: a screen reader that never falls silent is of no use. */
const PAUSE_MS = 3_000;

/**
 * Says live changes to screen readers, one at a time. Of one topic only the newest waits: who hears "mục 3 bắt đầu" does
 * not need to hear the two before it.
 */
class Announcer {
  text = $state('');
  readonly #waiting = new Map<string, string>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  say(text: string, topic = text): void {
    this.#waiting.delete(topic);
    this.#waiting.set(topic, text);
    if (this.#timer === undefined) this.#next();
  }

  #next(): void {
    const [topic] = this.#waiting.keys();
    if (topic === undefined) {
      this.#timer = undefined;
      this.text = '';
      return;
    }
    this.text = this.#waiting.get(topic) ?? '';
    this.#waiting.delete(topic);
    this.#timer = setTimeout(() => this.#next(), PAUSE_MS);
  }
}

export const announcer = new Announcer();

/** `announce(text, topic)`: of one topic only the newest is said. */
export const announce = (text: string, topic?: string): void => announcer.say(text, topic);
