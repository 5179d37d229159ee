import { t, titled } from '../../lib/text.svelte';
import type { BriefingPicture } from '../../lib/picture';

/** Something that has just changed and is worth saying aloud; of one topic only the newest is said. */
export interface News {
  readonly topic: string;
  readonly text: string;
}

/** What somebody who cannot look at the board should hear of the step from one picture to the next. */
export function newsOf(before: BriefingPicture, after: BriefingPicture): News[] {
  if (before === after) return [];
  const say = t().control.news;
  const news: News[] = [];

  const status = after.briefing?.status;
  if (status !== undefined && status !== before.briefing?.status)
    news.push({ topic: 'status', text: say.status(t().status[status]) });

  const live = after.agenda?.live;
  const item = live === undefined ? undefined : after.agenda?.items[live];
  if (item && live !== before.agenda?.live) news.push({ topic: 'agenda', text: say.item(titled(item)) });

  const overrun = after.briefing?.overrun;
  if (overrun && overrun.briefing !== before.briefing?.overrun?.briefing)
    news.push({ topic: 'overrun', text: t().control.alarm.text(overrun.name ?? '', overrun.title ?? '') });

  const holder = after.floor?.holder;
  if (holder !== before.floor?.holder)
    news.push({
      topic: 'holder',
      text: holder === undefined ? say.floorFree : say.floor(after.floor?.requests[holder]?.name ?? ''),
    });

  const asked = (after.floor?.order ?? []).filter((id) => !before.floor?.requests[id]);
  const newest = asked.at(-1);
  if (newest !== undefined)
    news.push({ topic: 'queue', text: say.asked(after.floor?.requests[newest]?.name ?? '', asked.length) });

  const lost = after.sites?.lost ?? 0;
  const wasLost = before.sites?.lost ?? 0;
  if (before.sites && lost !== wasLost)
    news.push({ topic: 'lost', text: lost > wasLost ? say.lost(lost) : say.back(lost) });

  return news;
}
