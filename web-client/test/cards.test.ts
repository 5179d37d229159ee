import { describe, expect, it } from 'vitest';
import { isOver, merged, onTop, type Card } from '../src/briefing/cards';
import type { CardPicture } from '../src/lib/picture';

const facts: CardPicture = {
  kind: 'BRIEFING',
  title: 'Giao ban',
  status: 'SCHEDULED',
  plannedStart: '2026-11-23T01:00:00.000Z',
  plannedEnd: '2026-11-23T02:00:00.000Z',
  zone: 'Asia/Ho_Chi_Minh',
};
const card = (id: string, more: Partial<Card> = {}): Card => ({ ...facts, id, audience: 'public', ...more });
const now = Date.parse('2026-11-23T00:00:00.000Z');

describe('cards', () => {
  it('take their facts from the stream, whole: a reason that is gone is gone', () => {
    const read = [card('a', { audience: 'staff', reason: 'Trùng lịch', status: 'POSTPONED' })];
    const all = merged(read, [{ audience: 'public', cards: { a: facts } }]);
    expect(all.get('a')).toEqual(card('a', { audience: 'staff' }));
  });

  it('come from every stream, seen as the nearest one makes the reader', () => {
    const all = merged(
      [],
      [
        { audience: 'press', cards: { a: facts, b: facts } },
        { audience: 'staff', cards: { a: facts } },
        { audience: 'site', endpoint: 'e1', cards: { b: facts } },
        { audience: 'site', endpoint: 'e2', cards: { b: facts } },
        { audience: 'public', cards: undefined },
      ],
    );
    expect([...all.values()]).toEqual([
      card('a', { audience: 'staff' }),
      card('b', { audience: 'site', endpoints: ['e1', 'e2'] }),
    ]);
  });

  it('put on top what runs, and know what comes next', () => {
    const running = card('run', { status: 'LIVE' });
    const soon = card('soon');
    const later = card('later', { plannedStart: '2026-11-24T01:00:00.000Z' });
    const draft = card('draft', { status: 'DRAFT', plannedStart: '2026-11-22T23:00:00.000Z' });
    expect(onTop([later, draft, soon, running], now)).toEqual({ running: [running], next: soon });
    expect(onTop([draft], now)).toEqual({ running: [], next: undefined });
  });

  it('are over when they are closed or their hour has gone, not while they run late', () => {
    const after = Date.parse('2026-11-23T03:00:00.000Z');
    expect(isOver(card('a'), now)).toBe(false);
    expect(isOver(card('a'), after)).toBe(true);
    expect(isOver(card('a', { status: 'LIVE' }), after)).toBe(false);
    expect(isOver(card('a', { status: 'CANCELLED' }), now)).toBe(true);
  });
});
