import { describe, expect, it } from 'vitest';
import { en } from '../src/lib/text.en';
import { vi } from '../src/lib/text.vi';

type Node = string | ((...args: never[]) => string) | { [key: string]: Node };

function leaves(node: Node, path = ''): [string, Node][] {
  return typeof node === 'object'
    ? Object.entries(node).flatMap(([key, value]) => leaves(value, `${path}/${key}`))
    : [[path, node]];
}

const say = (leaf: Node) =>
  typeof leaf === 'function' ? (leaf as (...args: unknown[]) => string)(3, 'x', 'y', 'z') : (leaf as string);

describe('the two dictionaries', () => {
  const vietnamese = new Map(leaves(vi));
  const english = new Map(leaves(en));

  it('have the same keys', () => {
    expect([...english.keys()].sort()).toEqual([...vietnamese.keys()].sort());
  });

  it('leave nothing empty and nothing untidy', () => {
    for (const [path, leaf] of [...vietnamese, ...english]) {
      const text = say(leaf);
      expect(text.trim(), path).not.toBe('');
      expect(text, path).toBe(text.trim().normalize('NFC'));
      expect(text, path).not.toMatch(/undefined|\[object|NaN/);
    }
  });

  it('were translated: what is long is not the same in both', () => {
    for (const [path, leaf] of vietnamese) {
      const text = say(leaf);
      if (text.length > 12) expect(say(english.get(path) ?? ''), path).not.toBe(text);
    }
  });

  it('give functions the same number of parameters', () => {
    for (const [path, leaf] of vietnamese) {
      const other = english.get(path);
      expect(typeof other, path).toBe(typeof leaf);
    }
  });
});
