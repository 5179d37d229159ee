import { dateTime, duration, time } from '../lib/format';
import type { CardPicture } from '../lib/picture';
import { t } from '../lib/text.svelte';

const MINUTE = 60_000;

interface Times {
  readonly opensAt?: string;
  readonly openedAt?: string;
  readonly startedAt?: string;
  readonly closedAt?: string;
}

/** What is said of a briefing that is not running. */
export interface Standing {
  readonly title: () => string;
  readonly lines: readonly string[];
  /** What the countdown runs to, and its name. */
  readonly target?: string | undefined;
  readonly targetLabel?: () => string;
  /** Something will still happen here by itself. */
  readonly waits: boolean;
}

export function standing(
  briefing: Pick<CardPicture, 'status' | 'plannedStart' | 'zone' | 'reason'> & Times,
  until: 'doors' | 'start',
): Standing {
  const { status, plannedStart, zone } = briefing;
  const say = t().standing;
  const reason = briefing.reason ? [`${say.reason}: ${briefing.reason}`] : [];
  const begins = say.begins(dateTime(plannedStart, zone));
  switch (status) {
    case 'DRAFT':
    case 'SCHEDULED': {
      const doors = until === 'doors' && briefing.opensAt !== undefined;
      const lobby = briefing.opensAt === undefined ? [] : [say.lobbyAt(time(briefing.opensAt, zone))];
      return {
        title: () => t().standing.notOpen,
        lines: [begins, ...lobby],
        target: doors ? briefing.opensAt : plannedStart,
        targetLabel: () => (doors ? t().standing.untilDoors : t().standing.untilStart),
        waits: true,
      };
    }
    case 'OPEN':
      return {
        title: () => t().standing.lobby,
        lines: [say.lobbyBody(time(plannedStart, zone))],
        target: plannedStart,
        targetLabel: () => t().standing.untilStart,
        waits: true,
      };
    case 'POSTPONED':
      return {
        title: () => t().standing.postponed,
        lines: [...reason, say.wasPlanned(dateTime(plannedStart, zone)), say.postponedBody],
        waits: true,
      };
    case 'CANCELLED':
      return {
        title: () => t().standing.cancelled,
        lines: [...reason, say.wasPlanned(dateTime(plannedStart, zone))],
        waits: false,
      };
    case 'LIVE':
      return { title: () => t().status.LIVE, lines: [], waits: true };
    case 'CLOSED':
      return { title: () => t().standing.closed, lines: held(briefing), waits: false };
  }
}

/** "Từ 08:02 đến 09:31 (1 giờ 29 phút)", with what is known of it. */
function held({ startedAt, openedAt, closedAt, zone }: Times & { zone: string }): string[] {
  const from = startedAt ?? openedAt;
  if (from === undefined || closedAt === undefined) return [];
  const length = duration(Math.round((Date.parse(closedAt) - Date.parse(from)) / MINUTE) * MINUTE);
  return [t().standing.closedBody(time(from, zone), time(closedAt, zone), length)];
}
