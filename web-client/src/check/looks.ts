import type { Schema } from '../lib/api';
import type { IconName } from '../ui/icons';
import type { Outcome } from './devices';

type Tone = 'plain' | 'accent' | 'good' | 'warn' | 'bad';

export const verdictLooks: Readonly<Record<Schema<'CheckVerdict'>, { icon: IconName; tone: Tone }>> = {
  GOOD: { icon: 'check', tone: 'good' },
  USABLE: { icon: 'bang', tone: 'warn' },
  INCOMPLETE: { icon: 'question', tone: 'plain' },
  BAD: { icon: 'cross', tone: 'bad' },
};

export const outcomeLooks: Readonly<Record<Outcome, { icon: IconName; tone: Tone }>> = {
  OK: { icon: 'check', tone: 'good' },
  FAILED: { icon: 'cross', tone: 'bad' },
  DENIED: { icon: 'lock', tone: 'bad' },
  SKIPPED: { icon: 'skip', tone: 'plain' },
  NOT_CONFIGURED: { icon: 'dash', tone: 'plain' },
};
