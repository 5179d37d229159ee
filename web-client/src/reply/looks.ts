import type { Schema } from '../lib/api';
import type { IconName } from '../ui/icons';

interface Look {
  readonly tone: 'good' | 'bad' | 'warn';
  readonly icon: IconName;
}

/** The signs of answers and of what was decided about substitutes. */
export const looks: Readonly<Record<Schema<'ReplyAnswer'>, Look>> = {
  CONFIRMED: { tone: 'good', icon: 'check' },
  DECLINED: { tone: 'bad', icon: 'cross' },
};

export const consents: Readonly<Record<Schema<'Substitute'>['consent'], Look>> = {
  ASKED: { tone: 'warn', icon: 'question' },
  ACCEPTED: { tone: 'good', icon: 'check' },
  REFUSED: { tone: 'bad', icon: 'cross' },
};
