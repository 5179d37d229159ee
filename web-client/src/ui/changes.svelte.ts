import { untrack } from 'svelte';

/** Runs when what is read has become another thing while the calling component stands; not for what it was at first. */
export function whenChanged<T>(read: () => T, act: (now: T, before: T) => void): void {
  let before = untrack(read);
  $effect(() => {
    const now = read();
    untrack(() => {
      if (now === before) return;
      const was = before;
      before = now;
      act(now, was);
    });
  });
}
