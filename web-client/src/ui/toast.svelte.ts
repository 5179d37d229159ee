import { SvelteMap } from 'svelte/reactivity';

export type ToastTone = 'info' | 'good' | 'bad';

const STAY_MS = 6_000;
const STAY_TO_ACT_MS = 12_000;
const AT_MOST = 3;

let last = 0;

/** What can still be done about it: "Hoàn tác". */
export interface ToastAction {
  readonly label: string;
  readonly act: () => void;
}

/** What is being said at the moment, oldest first. */
export const toasts = new SvelteMap<
  number,
  { text: string; tone: ToastTone; action?: ToastAction | undefined }
>();

/** A short word about something that has just happened. What must be acted on belongs on the page, not here. */
export function toast(text: string, tone: ToastTone = 'info', action?: ToastAction): void {
  const id = ++last;
  toasts.set(id, { text, tone, action });
  for (const oldest of toasts.keys()) {
    if (toasts.size <= AT_MOST) break;
    toasts.delete(oldest);
  }
  // Bad news stays until it is put away: whoever looked elsewhere must still find it.
  if (tone !== 'bad') setTimeout(() => toasts.delete(id), action ? STAY_TO_ACT_MS : STAY_MS);
}
