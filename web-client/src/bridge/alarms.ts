import type { Schema } from '../lib/api';
import type { BriefingFacts, EndpointPicture, SeenPicture } from '../lib/picture';
import type { BoardSite } from './board';

export type AlarmKind = Schema<'Alarm'>;

export interface Alarm {
  readonly site: BoardSite;
  readonly kind: AlarmKind;
  /** As the facts have it; with this it is told apart from a later one of the same site. */
  readonly since: string;
  readonly seen?: SeenPicture;
}

/** A line that is weak for a moment is nobody's business yet. */
const WEAK_FOR_MS = 30_000;
const LATE_BEFORE_MS = 15 * 60_000;

const order: readonly AlarmKind[] = ['HELP', 'LOST', 'WEAK', 'LATE'];

/** It has asked, and nobody has come yet. */
export const asksForHelp = ({ help }: EndpointPicture): boolean =>
  help?.asked === true && help.takenAt === undefined;

/**
 * Which alarms stand now. They follow from the facts of the picture and the hour alone, so whoever opens the page late
 * or anew has the same ones. The unseen come first, then the most urgent, then the newest.
 */
export function alarmsOf(
  sites: readonly BoardSite[],
  briefing: BriefingFacts | undefined,
  now: number,
): Alarm[] {
  const doors = briefing?.status === 'OPEN' || briefing?.status === 'LIVE';
  const lateAt = briefing && doors ? Date.parse(briefing.plannedStart) - LATE_BEFORE_MS : Infinity;
  const late = now >= lateAt ? new Date(lateAt).toISOString() : undefined;
  const alarms: Alarm[] = [];
  const add = (site: BoardSite, kind: AlarmKind, since: string) => {
    const seen = site.seen?.[kind];
    alarms.push({ site, kind, since, ...(seen?.since === since && { seen }) });
  };
  for (const site of sites) {
    if (site.help && asksForHelp(site)) add(site, 'HELP', site.help.at);
    if (site.state === 'LOST' && site.lostAt) add(site, 'LOST', site.lostAt);
    if (site.state === 'WEAK' && site.weakAt && now - Date.parse(site.weakAt) >= WEAK_FOR_MS)
      add(site, 'WEAK', site.weakAt);
    if (late && (site.state === 'EXPECTED' || site.state === 'CHECKED') && !site.leftAt)
      add(site, 'LATE', late);
  }
  return alarms.sort(
    (a, b) =>
      Number(!!a.seen) - Number(!!b.seen) ||
      order.indexOf(a.kind) - order.indexOf(b.kind) ||
      b.since.localeCompare(a.since) ||
      a.site.sort - b.site.sort,
  );
}

export const alarmKey = ({ site, kind, since }: Alarm): string => `${site.id} ${kind} ${since}`;
