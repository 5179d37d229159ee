import { SvelteSet } from 'svelte/reactivity';
import { Problem } from '../lib/problem';
import { toast } from './toast.svelte';

/**
 * What was pressed and is on its way. The screen changes from the stream alone, so a command has nothing to give back
 * but what was refused; a second press of the same thing waits for the first.
 */
export class Commands {
  readonly #underWay = new SvelteSet<string>();

  busy(name: string): boolean {
    return this.#underWay.has(name);
  }

  /** The problem, if there was one; it has been told already. `tell: false` where a form shows it itself. */
  async run(
    name: string,
    act: () => Promise<unknown>,
    options: { tell?: boolean } = {},
  ): Promise<Problem | undefined> {
    if (this.#underWay.has(name)) return undefined;
    this.#underWay.add(name);
    try {
      await act();
      return undefined;
    } catch (cause) {
      const problem = Problem.of(cause);
      if (options.tell !== false) toast(problem.message, 'bad');
      return problem;
    } finally {
      this.#underWay.delete(name);
    }
  }
}
