import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { alarmsOf } from '../src/bridge/alarms';
import { boardSites, countsOf, filterSites, regionOf } from '../src/bridge/board';
import { LineWatch } from '../src/bridge/lineWatch';
import { measure, qualityOf, type Measure, type Quality } from '../src/bridge/quality';
import { during, stripItems, stripWords } from '../src/bridge/strip';
import { unitsOf, placed } from '../src/bridge/tiles';
import type { BriefingFacts, EndpointPicture } from '../src/lib/picture';
import { speak } from '../src/lib/text.svelte';

beforeEach(() => speak('vi'));
afterEach(() => vi.useRealTimers());

const START = '2026-12-01T02:00:00.000Z';
const briefing = { status: 'LIVE', plannedStart: START } as BriefingFacts;
const site = (sort: number, more: Partial<EndpointPicture>): EndpointPicture => ({
  sort,
  name: `Điểm cầu ${sort}`,
  state: 'CONNECTED',
  delegates: 0,
  ...more,
});
const at = (seconds: number) => Date.parse(START) + seconds * 1_000;
const iso = (seconds: number) => new Date(at(seconds)).toISOString();

test('the class of a line is the server’s', () => {
  const path = '../src/test/resources/line-quality-vectors.json';
  const examples = JSON.parse(readFileSync(path, 'utf8')) as (Measure & { quality: Quality })[];
  expect(examples.length).toBeGreaterThan(10);
  for (const example of examples) expect(qualityOf(example), JSON.stringify(example)).toBe(example.quality);
});

test('what samples come to', () => {
  expect(measure([20, 40, undefined, 30])).toEqual({ roundTripMs: 30, jitterMs: 10, stalls: 1 });
  expect(qualityOf(measure([undefined]))).toBe('BAD');
});

test('alarms follow from facts and the hour alone; the unseen first, the most urgent before the others', () => {
  const sites = boardSites({
    a: site(1, { state: 'LOST', lostAt: iso(10) }),
    b: site(2, { state: 'WEAK', weakAt: iso(0) }),
    c: site(3, { state: 'WEAK', weakAt: iso(45) }),
    d: site(4, { help: { id: 'h', reason: 'SOUND', at: iso(20), asked: true } }),
    e: site(5, { state: 'EXPECTED' }),
    f: site(6, {
      state: 'IN_SUPPORT',
      help: { id: 'i', reason: 'LINE', at: iso(1), asked: true, takenAt: iso(2) },
    }),
  });
  const kinds = (now: number) =>
    alarmsOf(sites, briefing, now).map(({ site: { id }, kind }) => `${id} ${kind}`);
  expect(kinds(at(60))).toEqual(['d HELP', 'a LOST', 'b WEAK', 'e LATE']);
  expect(kinds(at(-16 * 60))).not.toContain('e LATE');
  expect(alarmsOf(sites, { ...briefing, status: 'CLOSED' }, at(60)).map(({ kind }) => kind)).not.toContain(
    'LATE',
  );

  const seen = { since: iso(10), at: iso(15), by: 'Lý Thị Bản Nháp' };
  const known = boardSites({ a: site(1, { state: 'LOST', lostAt: iso(10), seen: { LOST: seen } }) });
  expect(alarmsOf(known, briefing, at(60))[0]?.seen?.by).toBe('Lý Thị Bản Nháp');
  const anew = boardSites({ a: site(1, { state: 'LOST', lostAt: iso(30), seen: { LOST: seen } }) });
  expect(alarmsOf(anew, briefing, at(60))[0]?.seen).toBeUndefined();
});

test('a strip tells in words what it was mostly, and each loss with its items', () => {
  const items = stripItems(
    [
      { startedAt: iso(0), endedAt: iso(600) },
      { startedAt: iso(600), endedAt: iso(1_200) },
      { startedAt: iso(1_200) },
      {},
    ],
    at(1_800),
  );
  expect(during(items, at(590), at(620))).toEqual([1, 2]);
  const cells = 'g'.repeat(40) + 'w'.repeat(4) + 'xx' + 'g'.repeat(18);
  const lost = [{ from: iso(1_240), to: iso(1_290) }];
  const strip = { endpoint: 'e', name: 'Hà Giang', cells, lost };
  expect(stripWords(strip, items, at(1_800), 'Asia/Ho_Chi_Minh')).toBe(
    'tốt 91%, yếu 6%, mất 3%; mất lúc 09:20:40 (50 giây), trong mục 3',
  );
  const still = stripWords({ ...strip, lost: [{ from: iso(1_700) }] }, items, at(1_800), 'Asia/Ho_Chi_Minh');
  expect(still).toContain('mất từ 09:28:20, chưa trở lại, trong mục 3');
  expect(stripWords({ ...strip, cells: '-'.repeat(64), lost: [] }, items, at(1_800))).toBe('chưa vào');
});

test('regions, units without a tile, and totals alone', () => {
  const sites = boardSites({
    a: site(1, { province: '40' }),
    b: site(2, { province: '04' }),
    c: site(3, { province: '96' }),
    d: site(4, { kind: 'UNIT', name: 'Bệnh viện Bạch Mai' }),
    e: site(5, { kind: 'CENTRE', province: '01' }),
  });
  expect(sites.map(regionOf)).toEqual(['middle', 'north', 'south', 'none', 'none']);
  expect(filterSites(sites, new Set(), '', 'none').map(({ id }) => id)).toEqual(['d', 'e']);
  expect(unitsOf(sites.map(placed)).map(({ id }) => id)).toEqual(['d']);
  const counts = countsOf({
    expected: 4_000,
    connected: 3_000,
    lost: 5,
    delegates: 0,
    checked: 100,
    weak: 7,
    onPhone: 2,
    inSupport: 1,
  });
  expect(counts).toEqual({
    LOST: 5,
    WEAK: 7,
    IN_SUPPORT: 1,
    ON_PHONE: 2,
    EXPECTED: 895,
    CHECKED: 100,
    CONNECTED: 2_990,
  });
});

test('sites that have not changed stay the same objects', () => {
  const before = { a: site(2, {}), b: site(1, {}) };
  const [b, a] = boardSites(before);
  const after = boardSites({ ...before, a: site(2, { state: 'LOST' }) });
  expect(after[0]).toBe(b);
  expect(after[1]).not.toBe(a);
  expect(after.map(({ id }) => id)).toEqual(['b', 'a']);
});

test('a line that changes is told within five seconds, one that does not every twenty', async () => {
  vi.useFakeTimers();
  let trip: number | undefined = 30;
  let late = false;
  const told: { at: number; quality: Quality; seconds: number }[] = [];
  const watch = new LineWatch({
    now: () => Date.now(),
    sample: (limit) => {
      const took = late ? 1_500 : trip;
      late = false;
      return new Promise((resolve) => setTimeout(() => resolve(took), Math.min(limit, took ?? Infinity)));
    },
    report: (seconds, measured) => {
      told.push({ at: Date.now(), quality: qualityOf(measured), seconds });
      return Promise.resolve();
    },
  });
  watch.start();
  await vi.advanceTimersByTimeAsync(61_000);
  expect(told.length).toBeGreaterThanOrEqual(3);
  expect(told.length).toBeLessThanOrEqual(4);
  expect(told.every(({ quality }) => quality === 'GOOD')).toBe(true);
  const quiet = told.length;
  late = true; // one answer alone
  await vi.advanceTimersByTimeAsync(9_000);
  expect(told.slice(quiet).filter(({ quality }) => quality === 'BAD')).toEqual([]);
  await vi.advanceTimersByTimeAsync(40_000);
  const changed = Date.now();
  trip = 700;
  await vi.advanceTimersByTimeAsync(10_000);
  const weak = told.find(({ quality }) => quality === 'WEAK');
  // The wait until the next look, and two looks at that line.
  expect((weak?.at ?? Infinity) - changed).toBeLessThan(4_000 + 2 * 1_400);
  trip = 30;
  await vi.advanceTimersByTimeAsync(10_000);
  expect(told.at(-1)?.quality).toBe('GOOD');
  trip = undefined;
  await vi.advanceTimersByTimeAsync(12_000);
  expect(told.at(-1)?.quality).toBe('BAD');
  watch.stop();
  const count = told.length;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(told.length).toBe(count);
});
