import { expectedAt, turnOf } from '../agenda/programme';
import { clock } from '../lib/clock.svelte';
import { duration, time } from '../lib/format';
import type { AgendaPicture } from '../lib/picture';
import { rundown } from '../lib/rundown';
import { t, titled } from '../lib/text.svelte';

const MINUTE = 60_000;

/** When the agenda wants this site, in words: "Còn 2 mục nữa tới điểm cầu của bạn", "khoảng 08:42 (còn 24 phút)". */
export function turnWords(
  agenda: AgendaPicture,
  endpoint: string,
  zone: string,
): { now: boolean; title: string; note?: string | undefined } {
  const turn = turnOf(agenda, endpoint);
  const say = t().turn;
  if (turn.state === 'over') return { now: false, title: say.over };
  if (turn.state === 'none') return { now: false, title: say.none };
  const item = agenda.items[turn.item];
  const name = item && titled(item);
  if (turn.state === 'now') return { now: true, title: say.now, note: name };

  const now = clock.now;
  const run = rundown(agenda, now);
  const at = expectedAt(item?.expectedStart, run.shiftMs);
  const left = at === undefined ? 0 : Math.ceil((at - now) / MINUTE) * MINUTE;
  const when = at === undefined || left < MINUTE ? undefined : say.at(time(at, zone), duration(left));
  const title =
    turn.before === 0
      ? run.live === undefined && agenda.order[0] === turn.item
        ? say.first
        : say.next
      : turn.before === 1 && run.live !== undefined
        ? say.next
        : say.coming(turn.before);
  return { now: false, title, note: [name, when].filter(Boolean).join(' · ') };
}
