import type { Schema } from '../lib/api';
import type { Phase } from '../lib/rundown';
import { t } from '../lib/text.svelte';
import type { IconName } from '../ui/icons';

interface Look {
  readonly icon: IconName;
  readonly tone: 'plain' | 'accent' | 'good' | 'warn' | 'bad';
}

/** How the phase of the live item looks everywhere; the words are in `t().phase`. */
export const phaseLooks: Readonly<Record<Phase, Look>> = {
  idle: { icon: 'dash', tone: 'plain' },
  onTime: { icon: 'check', tone: 'good' },
  warning: { icon: 'bang', tone: 'warn' },
  overtime: { icon: 'warning', tone: 'bad' },
};

/** What is said where no item is live. */
export function idleWords(status: Schema<'Status'>, more: boolean): string {
  const words = t().control.now.none;
  if (status === 'CLOSED' || status === 'CANCELLED') return words.over;
  if (status !== 'LIVE') return words.before;
  return more ? words.between : words.done;
}
