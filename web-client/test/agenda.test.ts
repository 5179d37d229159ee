import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { landing, longest, moved, rebased, starts, total } from '../src/agenda/plan';

const items = [
  { id: 'a', minutes: 5 },
  { id: 'b', minutes: 15, status: 'SKIPPED' },
  { id: 'c', minutes: 20 },
  { id: 'd', minutes: 20 },
  { id: 'e', minutes: 30, status: 'DONE' },
];

describe('the clock of a plan', () => {
  it('runs from item to item, and what is skipped takes no time', () => {
    const eight = Date.parse('2026-11-23T01:00:00.000Z');
    expect(starts(items, eight).map((at) => (at - eight) / 60_000)).toEqual([0, 5, 5, 25, 45]);
    expect(total(items)).toBe(75);
  });

  it('counts a number that is being typed as nothing', () => {
    const typing = [
      { id: 'a', minutes: NaN },
      { id: 'b', minutes: -3 },
      { id: 'c', minutes: 7 },
    ];
    expect(total(typing)).toBe(7);
    expect(starts(typing, 0)).toEqual([0, 0, 0]);
  });

  it('names the item that could give most: the last of the longest that has not begun', () => {
    expect(longest(items)?.id).toBe('d');
    expect(longest([])).toBeUndefined();
  });
});

describe('an order', () => {
  it('moves one, and stays itself where nothing moves', () => {
    const order = ['a', 'b', 'c', 'd'];
    expect(moved(order, 'a', 2)).toEqual(['b', 'c', 'a', 'd']);
    expect(moved(order, 'd', -5)).toEqual(['d', 'a', 'b', 'c']);
    expect(moved(order, 'b', 99)).toEqual(['a', 'c', 'd', 'b']);
    expect(moved(order, 'b', 1)).toBe(order);
    expect(moved(order, 'x', 1)).toBe(order);
  });

  it('keeps every item once, whatever moves and whatever others did', () => {
    const order = fc.uniqueArray(fc.integer({ min: 0, max: 20 }), { maxLength: 12 });
    fc.assert(
      fc.property(order, order, fc.nat(12), fc.nat(12), (mine, theirs, which, to) => {
        const one = mine[which];
        const next = one === undefined ? mine : moved(mine, one, to);
        expect([...next].sort()).toEqual([...mine].sort());
        expect(rebased(next, theirs).sort()).toEqual([...theirs].sort());
      }),
    );
  });

  it('keeps my order over theirs, with what they added where they put it', () => {
    expect(rebased(['c', 'a', 'b'], ['a', 'new', 'b', 'c'])).toEqual(['c', 'a', 'new', 'b']);
    expect(rebased(['b', 'a'], ['first', 'a', 'b'])).toEqual(['first', 'b', 'a']);
  });
});

describe('a dragged row', () => {
  const rows = [0, 1, 2, 3].map((i) => ({ top: i * 100, height: 100 }));

  it('lands where its leading edge has passed the middle', () => {
    expect(landing(rows, 0, 40)).toBe(0);
    expect(landing(rows, 0, 60)).toBe(1);
    expect(landing(rows, 0, 160)).toBe(2);
    expect(landing(rows, 3, -60)).toBe(2);
    expect(landing(rows, 3, -1000)).toBe(0);
    expect(landing(rows, 1, 1000)).toBe(3);
    expect(landing(rows, 9, 10)).toBe(9);
  });
});
