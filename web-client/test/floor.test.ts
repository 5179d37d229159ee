import { expect, test } from 'vitest';
import { mine } from '../src/floor/mine';
import type { FloorPicture } from '../src/lib/picture';

const asked = (endpoint: string, status: 'WAITING' | 'SPEAKING' | 'DONE' = 'WAITING') => ({
  endpoint,
  status,
  requestedAt: '2026-12-01T01:00:00.000Z',
});

test('a site knows its places in the queue, and that it speaks', () => {
  const floor: FloorPicture = {
    holder: 'r1',
    order: ['r2', 'r3', 'r4'],
    requests: {
      r0: asked('me', 'DONE'),
      r1: asked('me', 'SPEAKING'),
      r2: asked('other'),
      r3: asked('me'),
      r4: asked('other'),
    },
  };
  expect(mine(floor, 'me').map(({ id, place }) => [id, place])).toEqual([
    ['r1', undefined],
    ['r3', 2],
  ]);
  expect(mine(floor, 'other').map(({ place }) => place)).toEqual([1, 3]);
});

test('nobody has asked for anything', () => {
  expect(mine(undefined, 'me')).toEqual([]);
  expect(mine({ order: [], requests: {} }, 'me')).toEqual([]);
});
