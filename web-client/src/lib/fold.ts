/** Anything that JSON can say. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Folds an RFC 7396 merge patch into a picture: the next picture, the one before untouched.
 * What the patch does not name stays the same object, and a part that comes out as it was stays it too:
 * the screen compares by identity and redraws only what moved.
 */
export function fold(picture: unknown, patch: unknown): unknown {
  if (!isMap(patch)) return patch;
  const next: Record<string, unknown> = isMap(picture) ? { ...picture } : {};
  let moved = !isMap(picture);
  for (const [key, change] of Object.entries(patch)) {
    const before = Object.hasOwn(next, key) ? next[key] : undefined;
    if (change === null) {
      moved ||= Object.hasOwn(next, key);
      Reflect.deleteProperty(next, key);
    } else {
      const after = fold(before, change);
      moved ||= after !== before;
      // defineProperty, because a key may be called "__proto__"
      Object.defineProperty(next, key, {
        value: after,
        writable: true,
        enumerable: true,
        configurable: true,
      });
    }
  }
  return moved ? next : picture;
}
