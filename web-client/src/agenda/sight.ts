/** What stays in view below the live item: what comes next is what one looks for. */
const AHEAD = 120;

/**
 * Keeps a row in view within its list's own scrolling, and there alone: a page that moves by itself takes the ground
 * from under a finger.
 */
export function keepInSight(list: HTMLElement, row: Element): void {
  const frame = list.parentElement;
  if (!frame || frame.scrollHeight <= frame.clientHeight) return;
  const { top, bottom } = frame.getBoundingClientRect();
  const here = row.getBoundingClientRect();
  if (here.bottom > bottom - AHEAD / 2) frame.scrollTop += here.bottom - bottom + AHEAD;
  else if (here.top < top) frame.scrollTop -= top - here.top + AHEAD / 2;
}
