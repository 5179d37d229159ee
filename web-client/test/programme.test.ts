import { expect, test } from 'vitest';
import { expectedAt, programme, turnOf } from '../src/agenda/programme';
import type { AgendaPicture, ItemPicture } from '../src/lib/picture';

type Status = ItemPicture['status'];

/** "a:DONE b:LIVE c@me" → an agenda; PLANNED is what is not said. */
function agenda(text: string): AgendaPicture {
  const items: Record<string, ItemPicture> = {};
  for (const word of text.split(' ')) {
    const [, id = '', endpoint, status = 'PLANNED'] = /^(\w+?)(?:@(\w+))?(?::(\w+))?$/.exec(word) ?? [];
    items[id] = { title: id, plannedMinutes: 5, status: status as Status, ...(endpoint && { endpoint }) };
  }
  const live = Object.keys(items).find((id) => items[id]?.status === 'LIVE');
  return { order: Object.keys(items), items, ...(live && { live }) };
}

test('what is over, now and to come', () => {
  expect(programme(agenda('a:DONE b:SKIPPED c:LIVE d e'))).toEqual({
    past: ['a', 'b'],
    live: 'c',
    coming: ['d', 'e'],
  });
});

test.each([
  ['a:DONE b:LIVE c d@me', { state: 'coming', item: 'd', before: 2 }],
  ['a:LIVE b@me', { state: 'coming', item: 'b', before: 1 }],
  ['a@me b', { state: 'coming', item: 'a', before: 0 }],
  ['a:DONE b@me c', { state: 'coming', item: 'b', before: 0 }],
  ['a:LIVE b:SKIPPED c c2@other d@me', { state: 'coming', item: 'd', before: 3 }],
  ['a@me:LIVE b b2@me', { state: 'now', item: 'a' }],
  ['a@me:DONE b:LIVE c@me', { state: 'coming', item: 'c', before: 1 }],
  ['a@me:DONE b:LIVE', { state: 'over' }],
  ['a@me:SKIPPED', { state: 'over' }],
  ['a@other b', { state: 'none' }],
])('in "%s" my turn is %o', (text, turn) => {
  expect(turnOf(agenda(text), 'me')).toEqual(turn);
});

test('the delay of the moment comes on top of the expected hour', () => {
  expect(expectedAt('2026-12-01T01:00:00.000Z', 60_000)).toBe(Date.parse('2026-12-01T01:01:00Z'));
  expect(expectedAt(undefined, 60_000)).toBeUndefined();
});
