import { describe, expect, it } from 'vitest';
import { mostUrgent, states } from '../src/bridge/states';
import { neighbour, tilesOf, type MapSite } from '../src/bridge/tiles';

const words = (special: string) => ({ name: special, short: special });
const tiles = tilesOf([], words);
const at = (code: string) => {
  const tile = tiles.find((one) => one.code === code);
  if (!tile) throw new Error(code);
  return tile;
};

describe('the map', () => {
  it('has 34 provinces and two places of their own, each on a tile of its own', () => {
    expect(tiles).toHaveLength(36);
    expect(new Set(tiles.map(({ col, row }) => `${col},${row}`)).size).toBe(36);
  });

  it('lets the arrows go where the eye goes', () => {
    expect(neighbour(tiles, at('01'), 'ArrowRight')?.name).toBe('Bắc Ninh');
    expect(neighbour(tiles, at('48'), 'ArrowDown')?.name).toBe('Quảng Ngãi');
    expect(neighbour(tiles, at('12'), 'ArrowUp')).toBeUndefined();
    expect(neighbour(tiles, at('01'), 'a')).toBeUndefined();
  });

  it('lets the arrows reach every tile from every tile', () => {
    for (const start of tiles) {
      const reached = new Set([start]);
      for (const tile of reached) {
        for (const key of ['ArrowRight', 'ArrowLeft', 'ArrowDown', 'ArrowUp']) {
          const next = neighbour(tiles, tile, key);
          if (next) reached.add(next);
        }
      }
      expect(reached.size, start.name).toBe(36);
    }
  });

  it('shows of several sites on one tile the one that needs somebody', () => {
    const site = (id: string, state: MapSite['state']): MapSite => {
      return { id, place: '48', name: id, state, delegates: 0, asks: id === 'asks' };
    };
    const [tile] = tilesOf([site('a', 'CONNECTED'), site('b', 'LOST')], words).filter(
      ({ code }) => code === '48',
    );
    expect([tile?.state, tile?.sites.length]).toEqual(['LOST', 2]);
    expect([
      tile?.asks,
      tilesOf([site('a', 'LOST'), site('asks', 'WEAK')], words).some(({ asks }) => asks),
    ]).toEqual([false, true]);
    expect(mostUrgent([])).toBeUndefined();
    expect(mostUrgent(states)).toBe('LOST');
  });
});
