import { beforeEach, describe, expect, it, vi } from 'vitest';
import { endsAt, gapAt, placeInGap, reordered, runRows } from '../src/agenda/rows';
import { Run } from '../src/agenda/run';
import { boardSites, countStates, filterSites } from '../src/bridge/board';
import { queueOf } from '../src/floor/queue';
import type { AgendaPicture, BriefingPicture, EndpointPicture, ItemPicture } from '../src/lib/picture';
import { speak } from '../src/lib/text.svelte';
import { newsOf } from '../src/screen/control/news';
import { offers } from '../src/screen/control/rights';
import { Commands } from '../src/ui/commands.svelte';
import { toasts } from '../src/ui/toast.svelte';

beforeEach(() => speak('vi'));

const at = (minute: number) => new Date(Date.UTC(2026, 10, 30, 1, minute)).toISOString();

function agendaOf(...statuses: ItemPicture['status'][]): AgendaPicture {
  const ids = statuses.map((_, i) => `i${i}`);
  const items = Object.fromEntries(
    statuses.map((status, i): [string, ItemPicture] => [
      `i${i}`,
      {
        title: `Mục ${i}`,
        plannedMinutes: 10,
        status,
        plannedStart: at(i * 10),
        expectedStart: at(i * 10 + 2),
        expectedEnd: at(i * 10 + 12),
        ...((status === 'LIVE' || status === 'DONE') && { startedAt: at(i * 10 + 1) }),
        ...(status === 'DONE' && { endedAt: at(i * 10 + 9) }),
      },
    ]),
  );
  const live = ids.find((id) => items[id]?.status === 'LIVE');
  return { order: ids, items, ...(live !== undefined && { live }) };
}

describe('the run of show', () => {
  it('shows when things really were, and shifts only what is still to come', () => {
    const rows = runRows(agendaOf('DONE', 'LIVE', 'SKIPPED', 'PLANNED'), { shiftMs: 60_000 });
    expect(rows.map(({ expectedAt }) => expectedAt)).toEqual([
      Date.parse(at(1)),
      Date.parse(at(11)),
      undefined,
      Date.parse(at(33)),
    ]);
    expect(rows.map(({ tookMs }) => tookMs)).toEqual([8 * 60_000, undefined, undefined, undefined]);
  });

  it('ends when the last that takes place does', () => {
    expect(endsAt(agendaOf('LIVE', 'PLANNED', 'SKIPPED'), { shiftMs: 60_000 })).toBe(Date.parse(at(23)));
    expect(endsAt(agendaOf('DONE', 'SKIPPED'), { shiftMs: 0 })).toBeUndefined();
  });

  it('moves what has not begun, and carries nothing across what has', () => {
    const agenda = agendaOf('DONE', 'SKIPPED', 'LIVE', 'PLANNED', 'PLANNED', 'SKIPPED');
    expect(reordered(agenda, 'i3', 4)).toEqual(['i0', 'i1', 'i2', 'i4', 'i3', 'i5']);
    expect(reordered(agenda, 'i5', 3)).toEqual(['i0', 'i1', 'i2', 'i5', 'i3', 'i4']);
    expect(reordered(agenda, 'i3', 2)).toBeUndefined(); // the live one stays where it is
    expect(reordered(agenda, 'i1', 3)).toBeUndefined(); // across the live one
    expect(reordered(agenda, 'i2', 4)).toBeUndefined(); // itself has begun
    expect(reordered(agenda, 'i3', 3)).toBeUndefined();
    expect(reordered(agenda, 'i5', 6)).toBeUndefined();
    expect(reordered(agenda, 'unknown', 1)).toBeUndefined();
  });

  it('lets a dragged row fall into the gap under the pointer', () => {
    const rows = [0, 50, 100].map((top) => ({ top, bottom: top + 50 }));
    expect([0, 30, 80, 149, 500].map((y) => gapAt(rows, y))).toEqual([0, 1, 2, 3, 3]);
    expect([0, 1, 2, 3].map((gap) => placeInGap(1, gap))).toEqual([0, 1, 1, 2]);
  });
});

describe('pressing next', () => {
  const asked: string[] = [];
  beforeEach(() => {
    asked.length = 0;
    vi.stubGlobal('fetch', (request: Request) => {
      asked.push(new URL(request.url).pathname);
      return Promise.resolve(Response.json({}));
    });
  });

  it('starts the item that was meant, and not the one after it on a double press', async () => {
    let now = 0;
    const run = new Run('b', new Commands(), () => now);
    run.saw('i1');
    now = 5_000;
    await run.next('i2');
    run.saw('i2');
    now = 5_300;
    await run.next('i3');
    expect(asked).toEqual(['/api/briefings/b/agenda/i2/start']);
    now = 6_500;
    await run.next('i3');
    expect(asked).toHaveLength(2);
    await run.next(undefined);
    expect(asked).toHaveLength(2);
  });

  it('sends one of two presses that come at the same time, and tells what was refused', async () => {
    const commands = new Commands();
    const run = new Run('b', commands);
    const first = run.press('skip', 'i1');
    expect(commands.busy('skip i1')).toBe(true);
    await Promise.all([first, run.press('skip', 'i1')]);
    expect(asked).toHaveLength(1);
    expect(commands.busy('skip i1')).toBe(false);

    const problem = {
      type: '/problems/item-state',
      title: 'Không được',
      status: 409,
      detail: 'Mục đã xong.',
    };
    vi.stubGlobal('fetch', () => Promise.resolve(Response.json(problem, { status: 409 })));
    expect((await run.press('start', 'i1'))?.is('item-state')).toBe(true);
    expect([...toasts.values()].map(({ text }) => text)).toContain('Mục đã xong.');
  });

  it('orders under the ETag that the plan has now', async () => {
    const headers: (string | null)[] = [];
    vi.stubGlobal('fetch', (request: Request) => {
      headers.push(request.headers.get('If-Match'));
      return Promise.resolve(Response.json({ agenda: { etag: '"a7"', items: [] } }));
    });
    await new Run('b', new Commands()).order(['i1', 'i0']);
    expect(headers).toEqual([null, '"a7"']);
  });
});

describe('the board of sites', () => {
  const site = (sort: number, name: string, state: EndpointPicture['state']): EndpointPicture => ({
    sort,
    name,
    state,
    code: `SYT-${sort}`,
    delegates: 0,
  });
  const sites = boardSites({
    c: site(3, 'Sở Y tế tỉnh Quảng Trị', 'LOST'),
    a: site(1, 'Sở Y tế Thành phố Huế', 'CONNECTED'),
    b: site(2, 'Sở Y tế tỉnh Đắk Lắk', 'CONNECTED'),
  });
  const names = (found: readonly { id: string }[]) => found.map(({ id }) => id).join('');

  it('keeps the order of protocol and counts every state', () => {
    expect(names(sites)).toBe('abc');
    expect(countStates(sites)).toMatchObject({ CONNECTED: 2, LOST: 1, WEAK: 0 });
    expect(boardSites(undefined)).toEqual([]);
  });

  it('finds by words in any spelling of the tones, by code and by state', () => {
    expect(names(filterSites(sites, new Set(), '  dak LAK '))).toBe('b');
    expect(names(filterSites(sites, new Set(), 'so y te quang'))).toBe('c');
    expect(names(filterSites(sites, new Set(), 'syt-1'))).toBe('a');
    expect(names(filterSites(sites, new Set(['CONNECTED']), 'sở'))).toBe('ab');
    expect(filterSites(sites, new Set(), ' ')).toBe(sites);
  });

  it('finds among as many sites as a board may have', () => {
    const many = boardSites(
      Object.fromEntries(
        Array.from({ length: 3_356 }, (_, i) => [`e${i}`, site(i, `Trạm ${i}`, 'EXPECTED')]),
      ),
    );
    expect(filterSites(many, new Set(), 'tram 335')).toHaveLength(10);
  });
});

describe('the floor', () => {
  it('keeps the order of the server, and the newest of those that have spoken first', () => {
    const request = (status: 'WAITING' | 'SPEAKING' | 'DONE', endedAt?: string) => ({
      endpoint: 'e',
      status,
      requestedAt: at(0),
      ...(endedAt !== undefined && { endedAt }),
    });
    const queue = queueOf({
      order: ['w2', 'w1', 'unknown'],
      holder: 's',
      requests: {
        d1: request('DONE', at(1)),
        d2: request('DONE', at(2)),
        s: request('SPEAKING'),
        w1: request('WAITING'),
        w2: request('WAITING'),
      },
    });
    expect(queue.holder?.id).toBe('s');
    expect(queue.waiting.map(({ id }) => id)).toEqual(['w2', 'w1']);
    expect(queue.done.map(({ id }) => id)).toEqual(['d2', 'd1']);
    expect(queueOf(undefined)).toEqual({ holder: undefined, waiting: [], done: [] });
  });
});

describe('what is said aloud', () => {
  const before: BriefingPicture = {
    agenda: agendaOf('LIVE', 'PLANNED'),
    sites: { expected: 34, connected: 34, lost: 0, delegates: 9 },
    floor: { order: [], requests: {} },
  };
  const asks = { endpoint: 'e', name: 'Huế', status: 'WAITING' as const, requestedAt: at(3) };
  const said = (after: BriefingPicture) => newsOf(before, after).map(({ text }) => text);

  it('is what changed, in words, and nothing else', () => {
    expect(said(before)).toEqual([]);
    expect(said({ ...before })).toEqual([]);
    expect(said({ ...before, agenda: agendaOf('DONE', 'LIVE') })).toEqual(['Đang diễn ra: Mục 1']);
    expect(said({ ...before, sites: { expected: 34, connected: 31, lost: 3, delegates: 9 } })).toEqual([
      '3 điểm cầu đang mất kết nối',
    ]);
    expect(said({ ...before, floor: { order: ['r'], requests: { r: asks } } })).toEqual([
      'Đăng ký phát biểu: Huế',
    ]);
    expect(
      said({
        ...before,
        floor: { order: [], holder: 'r', requests: { r: { ...asks, status: 'SPEAKING' } } },
      }),
    ).toEqual(['Đang phát biểu: Huế']);
  });
});

describe('what is offered', () => {
  const me = (...roles: ('ORGANIZER' | 'CHAIR' | 'VIEWER' | 'SITE_OPERATOR')[]) =>
    ({
      id: '1',
      username: 'a',
      name: 'A',
      expiresAt: at(0),
      roles: roles.map((role) => ({ role, organisation: 'o', organisationName: 'O' })),
    }) as Parameters<typeof offers>[0];

  it('is nothing to those who only look, and no plan to the chair', () => {
    expect(offers(undefined)).toEqual({ runs: false, plans: false });
    expect(offers(me('VIEWER'))).toEqual({ runs: false, plans: false });
    expect(offers(me('CHAIR'))).toEqual({ runs: true, plans: false });
    expect(offers(me('ORGANIZER'))).toEqual({ runs: true, plans: true });
    expect(offers(me('VIEWER', 'SITE_OPERATOR'))).toEqual({ runs: true, plans: true });
  });
});
