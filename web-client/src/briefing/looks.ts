import type { Schema } from '../lib/api';
import type { IconName } from '../ui/icons';

interface Look {
  readonly icon: IconName;
  readonly tone: 'plain' | 'accent' | 'good' | 'warn' | 'bad';
}

/** How the state of a briefing looks everywhere; the words are in `t().status`. */
export const statusLooks: Readonly<Record<Schema<'Status'>, Look>> = {
  DRAFT: { icon: 'edit', tone: 'plain' },
  SCHEDULED: { icon: 'calendar', tone: 'accent' },
  POSTPONED: { icon: 'clock', tone: 'warn' },
  OPEN: { icon: 'people', tone: 'accent' },
  LIVE: { icon: 'disc', tone: 'good' },
  CLOSED: { icon: 'check', tone: 'plain' },
  CANCELLED: { icon: 'cross', tone: 'bad' },
};
