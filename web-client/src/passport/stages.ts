import type { Schema } from '../lib/api';
import type { IconName } from '../ui/icons';

type Stage = Schema<'Passport'>['briefings'][number]['stage'];

/** How it looks that a briefing has come so far; the words say the same. */
export const stageLooks: Readonly<Record<Stage, { tone?: 'accent' | 'good' | 'warn'; icon: IconName }>> = {
  COMING: { icon: 'clock' },
  WAITING: { tone: 'warn', icon: 'clock' },
  POSTPONED: { icon: 'dash' },
  OPEN: { tone: 'accent', icon: 'clock' },
  RUNNING: { tone: 'accent', icon: 'play' },
  HELD: { icon: 'check' },
  CANCELLED: { icon: 'cross' },
  NOT_HELD: { icon: 'dash' },
  UNINVITED: { icon: 'dash' },
};
