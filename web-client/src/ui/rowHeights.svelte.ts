/** Where the rows of a list begin whose heights differ. */
export class Places {
  constructor(private readonly tops: Float64Array) {}

  /** Of row `n`; of the one after the last: how high all of them are. */
  top(n: number): number {
    return this.tops[n] ?? 0;
  }

  /** The row that lies at this height. */
  rowAt(y: number): number {
    let [low, high] = [0, this.tops.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.top(middle) <= y) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

/** How high the rows of a list really are, measured as they come into sight and remembered afterwards. */
export class RowHeights {
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- one count tells of all: thousands of signals would not pay
  readonly #known = new Map<string, number>();
  #measured = $state(0);

  places(keys: readonly string[], least: number): Places {
    void this.#measured;
    const tops = new Float64Array(keys.length + 1);
    keys.forEach((key, i) => (tops[i + 1] = (tops[i] ?? 0) + (this.#known.get(key) ?? least)));
    return new Places(tops);
  }

  /** For `{@attach}`: the height of one row, as long as it is there. */
  of(key: string): (row: HTMLElement) => () => void {
    return (row) => {
      const watch = new ResizeObserver(([seen]) => {
        const height = seen?.borderBoxSize[0]?.blockSize ?? 0;
        if (height === 0 || Math.abs((this.#known.get(key) ?? 0) - height) < 0.5) return;
        this.#known.set(key, height);
        this.#measured++;
      });
      watch.observe(row);
      return () => watch.disconnect();
    };
  }
}
