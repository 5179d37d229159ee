import { duration } from '../lib/format';
import { t } from '../lib/text.svelte';

const MINUTE = 60_000;

/** "còn khoảng 24 phút": an estimate is not told by the second. */
export function inTime(at: number, now: number): string {
  const left = at - now;
  return left < MINUTE
    ? t().programme.soon
    : t().programme.inTime(duration(Math.ceil(left / MINUTE) * MINUTE));
}
