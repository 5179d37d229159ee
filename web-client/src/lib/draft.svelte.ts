/**
 * A field that saves itself: it shows what the server has until somebody types, then what was typed until that is saved.
 * What others do meanwhile never takes the words out of the writer's hands.
 */
export class Draft<V> {
  #typed = $state.raw<{ value: V; base: V }>();
  #saving: { value: V; base: V } | undefined;

  /** `save` gives false when it was refused: then what was typed stays, to be corrected. */
  constructor(
    readonly now: () => V,
    readonly save: (mine: V, base: V) => Promise<boolean>,
  ) {}

  get value(): V {
    return this.#typed ? this.#typed.value : this.now();
  }

  set value(value: V) {
    this.#typed = { value, base: this.#typed ? this.#typed.base : this.now() };
  }

  get dirty(): boolean {
    return this.#typed !== undefined;
  }

  async commit(): Promise<void> {
    const typed = this.#typed;
    if (!typed || typed === this.#saving) return; // leaving a field tells of it twice
    if (same(typed.value, typed.base)) return this.drop();
    this.#saving = typed;
    const kept = await this.save(typed.value, typed.base);
    if (this.#saving === typed) this.#saving = undefined;
    if (!kept || !this.#typed) return;
    // typed on while it was being saved: that is the next edit, and it begins with what is saved now
    this.#typed = this.#typed === typed ? undefined : { value: this.#typed.value, base: typed.value };
  }

  drop(): void {
    this.#typed = undefined;
  }

  /** For `onchange` and `onblur`. */
  readonly leave = (): void => void this.commit();
}

/** Plain values and small records of them. */
export function same(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
