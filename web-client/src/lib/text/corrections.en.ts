import type { corrections as vi } from './corrections.vi';

export const corrections: typeof vi = {
  title: 'Corrected after the freeze',
  note: 'The conference told this after the list had been frozen. The frozen list and its hash stay as they are; below is the presence as far as it is known by now.',
  before: 'Frozen list',
  now: 'Corrected',
  minutes: 'Minutes',
};
