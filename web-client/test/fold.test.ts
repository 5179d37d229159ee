import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold, type Json } from '../src/lib/fold';

describe('fold', () => {
  // RFC 7396, appendix A
  const examples: [unknown, unknown, unknown][] = [
    [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
    [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
    [{ a: 'b' }, { a: null }, {}],
    [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
    [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
    [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
    [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
    [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
    [
      ['a', 'b'],
      ['c', 'd'],
      ['c', 'd'],
    ],
    [{ a: 'b' }, ['c'], ['c']],
    [{ a: 'foo' }, null, null],
    [{ a: 'foo' }, 'bar', 'bar'],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [[1, 2], { a: 'b', c: null }, { a: 'b' }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ];
  it.each(examples)('%j with %j is %j', (picture, patch, wanted) => {
    expect(fold(picture, patch)).toEqual(wanted);
  });

  it('keeps the parts that the patch does not touch as the same objects', () => {
    const picture = {
      agenda: { items: { i1: { title: 'a' }, i2: { title: 'b' } } },
      sites: { connected: 3 },
    };
    const next = fold(picture, { agenda: { items: { i2: { title: 'c' } } } }) as typeof picture;
    expect(next.agenda.items.i2.title).toBe('c');
    expect(next.agenda.items.i1).toBe(picture.agenda.items.i1);
    expect(next.sites).toBe(picture.sites);
    expect(next).not.toBe(picture);
  });

  it('gives the same picture back when nothing came out different', () => {
    const picture = { a: { b: 1 }, c: [1] };
    expect(fold(picture, { a: { b: 1 }, d: null })).toBe(picture);
    expect(fold(picture, {})).toBe(picture);
  });

  it('never changes what it was given', () => {
    const picture = Object.freeze({ a: Object.freeze({ b: 1, c: 2 }) });
    expect(fold(picture, { a: { b: null } })).toEqual({ a: { c: 2 } });
  });

  it('takes "__proto__" for a name like any other', () => {
    const next = fold(JSON.parse('{"a":1}'), JSON.parse('{"__proto__":{"x":1}}')) as Record<string, unknown>;
    expect(Object.getPrototypeOf(next)).toBe(Object.prototype);
    expect(JSON.stringify(next)).toBe('{"a":1,"__proto__":{"x":1}}');
  });

  it('arrives, patch by patch, where the server is', () => {
    fc.assert(
      fc.property(fc.array(picture, { minLength: 1, maxLength: 8 }), (pictures) => {
        let folded: unknown = {};
        let before: Json = {};
        for (const after of pictures) {
          folded = fold(folded, difference(before, after));
          expect(folded).toEqual(after);
          before = after;
        }
      }),
      { numRuns: 500 },
    );
  });
});

type Map_ = Readonly<Record<string, Json>>;

/** Pictures as streams carry them: maps of maps, arrays as values, never null. */
const { picture } = fc.letrec<{ picture: Map_; value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<Json>('x', 'y', 1, true, ''),
    fc.array(fc.constantFrom<Json>('i1', 'i2'), { maxLength: 3 }),
    tie('picture'),
  ),
  picture: fc.dictionary(fc.constantFrom('a', 'b', 'c', '__proto__'), tie('value'), {
    noNullPrototype: true,
  }),
}));

const isMap = (value: Json | undefined): value is Map_ =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The merge patch from one picture to the next, as the server makes it. */
function difference(before: Json, after: Map_): Map_ {
  const from = isMap(before) ? before : {};
  const patch = Object.entries(after)
    .filter(
      ([key, value]) => !Object.hasOwn(from, key) || JSON.stringify(from[key]) !== JSON.stringify(value),
    )
    .map(([key, value]) => {
      const old = Object.hasOwn(from, key) ? from[key] : undefined;
      return [key, isMap(value) && isMap(old) ? difference(old, value) : value] as const;
    });
  const gone = Object.keys(from).filter((key) => !Object.hasOwn(after, key));
  return Object.fromEntries([...patch, ...gone.map((key) => [key, null] as const)]);
}
