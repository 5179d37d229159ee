import { afterEach, describe, expect, it } from 'vitest';
import * as f from '../src/lib/format';
import { speak } from '../src/lib/text.svelte';

const NOT_HERE = process.env.TZ === 'Asia/Tokyo' ? 'Asia/Kolkata' : 'Asia/Tokyo';
const at = '2026-11-30T01:00:00.000Z';

afterEach(() => speak('vi'));

describe('format', () => {
  it('writes dates as official papers do', () => {
    expect(f.date(at)).toBe('Thứ Hai, 30/11/2026');
    expect(f.dateTime(at)).toMatch(/^Thứ Hai, 30\/11\/2026, 08:00(, giờ Hà Nội)?$/);
    expect(f.date('2026-12-06T01:00:00Z')).toBe('Chủ Nhật, 06/12/2026');
    speak('en');
    expect(f.date(at)).toBe('Monday, 30 November 2026');
    expect(f.shortDate(at)).toBe('30 November 2026');
  });

  it('names the zone for a reader whose clock says something else, and only then', () => {
    expect(f.dateTime(at, NOT_HERE)).toContain(f.isForeign(at, NOT_HERE) ? ', giờ' : '');
    expect(f.isForeign(at, Intl.DateTimeFormat().resolvedOptions().timeZone)).toBe(false);
    expect(f.zoneName()).toBe('giờ Hà Nội');
    expect(f.zoneName('America/New_York')).toBe('giờ New York');
  });

  it('keeps the day of the zone, not of the reader', () => {
    expect(f.day('2026-11-29T17:30:00Z')).toBe('2026-11-30');
    expect(f.time('2026-11-29T17:30:00Z')).toBe('00:30');
    expect(f.clockText('2026-11-30T01:14:05.900Z')).toBe('08:14:05');
    expect(f.span(at, '2026-11-30T02:30:00Z')).toMatch(/^Thứ Hai, 30\/11\/2026, 08:00 – 09:30/);
    expect(f.span(at, '2026-12-01T02:30:00Z')).toContain('– Thứ Ba, 01/12/2026, 09:30');
  });

  it('turns a wall clock back into an instant', () => {
    expect(f.instantOf('2026-11-30', '08:00')).toBe(at);
    expect(f.instantOf('2026-07-01', '12:00', 'Europe/Paris')).toBe('2026-07-01T10:00:00.000Z');
    expect(f.instantOf('2026-03-29', '03:30', 'Europe/Paris')).toBe('2026-03-29T01:30:00.000Z');
    expect(f.instantOf('', '08:00')).toBeUndefined();
  });

  it('says how long', () => {
    expect(f.duration(80 * 60_000)).toBe('1 giờ 20 phút');
    expect(f.duration(45_000)).toBe('45 giây');
    expect(f.duration(60 * 60_000)).toBe('1 giờ');
    expect(f.duration(3_605_000)).toBe('1 giờ');
    expect(f.duration(0)).toBe('0 giây');
    expect(f.duration(-5)).toBe('0 giây');
    speak('en');
    expect(f.duration(61_000)).toBe('1 minute 1 second');
  });

  it('counts down to exactly nought, then up', () => {
    expect(f.countdown(299_001)).toBe('05:00');
    expect(f.countdown(299_000)).toBe('04:59');
    expect(f.countdown(1)).toBe('00:01');
    expect(f.countdown(0)).toBe('00:00');
    expect(f.countdown(0, 130_999)).toBe('+02:10');
    expect(f.countdown(3_899_000)).toBe('1:04:59');
  });

  it('looks things up without marks', () => {
    expect(f.plain('HOÀ')).toBe(f.plain('Hòa'));
    expect(f.plain('  Đà   Nẵng ')).toBe('da nang');
    expect(f.plain('Trang thiết bị và Công trình')).toBe('trang thiet bi va cong trinh');
  });

  it('groups figures as the language does', () => {
    expect(f.count(3356)).toBe('3.356');
    speak('en');
    expect(f.count(3356)).toBe('3,356');
  });
});
