/** Runs something as a template would: again whenever what it read has changed. Returns the way to stop. */
export function watch(read: () => void): () => void {
  return $effect.root(() => {
    $effect(read);
  });
}
