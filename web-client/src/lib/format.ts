import { language, t } from './text.svelte';

/** The zone of every briefing unless it says otherwise. */
export const HANOI = 'Asia/Ho_Chi_Minh';

type Instant = string | number | Date;

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** "Thứ Hai, 30/11/2026, 08:00", with ", giờ Hà Nội" for a reader whose own clock says something else. */
export function dateTime(at: Instant, zone = HANOI): string {
  return `${date(at, zone)}, ${time(at, zone)}${foreign(at, zone)}`;
}

/** "Thứ Hai, 30/11/2026" / "Monday, 30 November 2026" */
export function date(at: Instant, zone = HANOI): string {
  const { weekday } = parts(at, { weekday: 'long' }, zone);
  return `${capital(weekday ?? '')}, ${shortDate(at, zone)}`;
}

/** "30/11/2026" / "30 November 2026" */
export function shortDate(at: Instant, zone = HANOI): string {
  const month = language() === 'vi' ? '2-digit' : 'long';
  const part = parts(at, { day: '2-digit', month, year: 'numeric' }, zone);
  return language() === 'vi'
    ? `${part.day}/${part.month}/${part.year}`
    : `${Number(part.day)} ${part.month} ${part.year}`;
}

/** "08:00" */
export function time(at: Instant, zone = HANOI): string {
  return clockText(at, zone).slice(0, 5);
}

/** "08:14:05" */
export function clockText(at: Instant, zone = HANOI): string {
  const part = parts(at, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }, zone);
  return `${part.hour}:${part.minute}:${part.second}`;
}

/** "Thứ Hai, 30/11/2026, 08:00 – 09:30"; the second date only where it is another day. */
export function span(from: Instant, until: Instant, zone = HANOI): string {
  const sameDay = day(from, zone) === day(until, zone);
  const end = sameDay ? time(until, zone) : `${date(until, zone)}, ${time(until, zone)}`;
  return `${date(from, zone)}, ${time(from, zone)} ${t().format.to} ${end}${foreign(from, zone)}`;
}

/** The calendar day in the zone, "2026-11-30": for grouping and for `<input type="date">`. */
export function day(at: Instant, zone = HANOI): string {
  const part = parts(at, { year: 'numeric', month: '2-digit', day: '2-digit' }, zone);
  return `${part.year}-${part.month}-${part.day}`;
}

/** The instant of a wall-clock time in a zone ("2026-11-30", "08:00"), as ISO-8601 in UTC; undefined if it is no time. */
export function instantOf(day: string, time: string, zone = HANOI): string | undefined {
  const wall = Date.parse(`${day}T${time}Z`);
  if (Number.isNaN(wall)) return undefined;
  // The zone's distance from UTC at about that time, then once more, in case the first guess crossed a change of clocks.
  const once = wall - zoneOffset(wall, zone);
  return new Date(wall - zoneOffset(once, zone)).toISOString();
}

/** "1 giờ 20 phút", "45 giây"; two units at most, rounded down. */
export function duration(ms: number): string {
  const { days, hours, minutes, seconds } = t().format;
  const whole = Math.max(0, Math.floor(ms / SECOND) * SECOND);
  const units: [number, number, (count: number) => string][] = [
    [Math.floor(whole / DAY), DAY, days],
    [Math.floor((whole % DAY) / HOUR), HOUR, hours],
    [Math.floor((whole % HOUR) / MINUTE), MINUTE, minutes],
    [Math.floor((whole % MINUTE) / SECOND), SECOND, seconds],
  ];
  const first = units.findIndex(([count]) => count > 0);
  if (first === -1) return seconds(0);
  return units
    .slice(first, first + 2)
    .filter(([count]) => count > 0)
    .map(([count, , say]) => say(count))
    .join(' ');
}

/** "04:59", "1:04:59", "+02:10" when over. Counting down shows the second that has begun: 0:00 comes exactly at the end. */
export function countdown(remainingMs: number, overMs = 0): string {
  const over = overMs > 0 || remainingMs < 0;
  const total = over
    ? Math.floor(Math.max(overMs, -remainingMs) / SECOND)
    : Math.ceil(Math.max(0, remainingMs) / SECOND);
  const pad = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(total / 3600);
  const rest = `${pad(Math.floor((total % 3600) / 60))}:${pad(total % 60)}`;
  return `${over ? '+' : ''}${hours > 0 ? `${hours}:` : ''}${rest}`;
}

/** "giờ Hà Nội" / "Hanoi time" */
export function zoneName(zone = HANOI): string {
  const city = zone === HANOI ? t().format.hanoi : (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
  return t().format.zone(city);
}

/** Is the reader's own clock another one than the zone's, at that time? */
export function isForeign(at: Instant, zone = HANOI): boolean {
  const instant = new Date(at).getTime();
  return zoneOffset(instant, zone) !== -new Date(instant).getTimezoneOffset() * MINUTE;
}

/** A count with the language's own grouping: "3.356" / "3,356". */
export function count(value: number): string {
  return new Intl.NumberFormat(language()).format(value);
}

/** "0,4": seconds with one decimal, in the reader's way of writing. */
export function seconds(ms: number): string {
  const digits = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
  return new Intl.NumberFormat(language(), digits).format(ms / SECOND);
}

/** Without marks and in lower case, for looking up while typing: "Hoà" and "Hòa" → "hoa", "Đà Nẵng" → "da nang". */
export function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()
    .replaceAll('đ', 'd')
    .replace(/\s+/g, ' ')
    .trim();
}

function foreign(at: Instant, zone: string): string {
  return isForeign(at, zone) ? `, ${zoneName(zone)}` : '';
}

function zoneOffset(instant: number, zone: string): number {
  const wall = Date.parse(`${day(instant, zone)}T${clockText(instant, zone)}Z`);
  return wall - Math.floor(instant / SECOND) * SECOND;
}

const formats = new Map<string, Intl.DateTimeFormat>();

type Part = Partial<Record<Intl.DateTimeFormatPartTypes, string>>;

function parts(at: Instant, options: Intl.DateTimeFormatOptions, zone: string): Part {
  const key = `${language()} ${zone} ${Object.entries(options).join()}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(language() === 'vi' ? 'vi-VN' : 'en-GB', { ...options, timeZone: zone });
    formats.set(key, format);
  }
  return Object.fromEntries(format.formatToParts(new Date(at)).map(({ type, value }) => [type, value]));
}

/** "Thứ hai" → "Thứ Hai": the names of days are written so in official papers. */
function capital(weekday: string): string {
  return language() === 'vi' ? weekday.replace(/(^|\s)\p{L}/gu, (letter) => letter.toUpperCase()) : weekday;
}
