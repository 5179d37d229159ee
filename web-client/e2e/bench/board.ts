/* eslint no-console: off -- what it measures it says */
import { expect, test } from '@playwright/test';

const origin = process.env.GIAOBAN_URL ?? '';
const briefing = process.env.BENCH_BRIEFING ?? '';

declare global {
  interface Window {
    events: number[];
    firstTile?: number;
  }
}

/** The time that this part of all does not exceed. */
const at = (all: number[], part: number) =>
  [...all].sort((a, b) => a - b)[Math.min(all.length - 1, Math.ceil(all.length * part) - 1)] ?? NaN;

test('the board of all stations: first view, and input to paint while fifty change a second', async ({
  page,
}) => {
  const password = process.env.BENCH_PASSWORD ?? '';
  const signedIn = await page.request.post(`${origin}/api/session`, {
    headers: { Origin: origin },
    data: { username: 'admin', password },
  });
  expect(signedIn.ok()).toBe(true);
  await page.addInitScript(() => {
    window.events = [];
    // The browser's own measure: from the input to the frame that shows what it did.
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.events.push(entry.duration);
    }).observe({ type: 'event', durationThreshold: 16, buffered: true } as PerformanceObserverInit);
    new MutationObserver((_, observer) => {
      if (!document.querySelector('.map .tile:not(.none)')) return;
      observer.disconnect();
      requestAnimationFrame(() => setTimeout(() => (window.firstTile = performance.now())));
    }).observe(document, { childList: true, subtree: true });
  });

  const views: number[] = [];
  for (let round = 0; round < 5; round++) {
    await page.goto(`${origin}/briefings/${briefing}/control`);
    await page.waitForFunction(() => window.firstTile !== undefined, undefined, { timeout: 60_000 });
    views.push(await page.evaluate(() => window.firstTile ?? NaN));
  }
  console.log(`first view of the board in Chromium: ${views.map(Math.round).join(', ')} ms (first uncached)`);

  const board = page.getByRole('region', { name: 'Điểm cầu', exact: true });
  await page.waitForTimeout(2_000);
  await page.evaluate(() => (window.events.length = 0));
  let inputs = 0;
  const act = async (what: () => Promise<unknown>) => {
    await what();
    inputs++;
    await page.waitForTimeout(120);
  };
  const search = board.getByRole('searchbox');
  for (let round = 0; round < 3; round++) {
    await act(() => board.getByRole('button', { name: 'Danh sách' }).click());
    for (const letter of 'xa 12') await act(() => search.press(letter === ' ' ? 'Space' : letter));
    await act(() => search.press('Escape'));
    // Chosen, and no longer: the card goes, so that every row can be pressed.
    for (let i = 0; i < 6; i++) await act(() => board.getByRole('list').getByRole('button').first().click());
    await act(() =>
      board
        .getByRole('button', { name: /^Đường truyền yếu/ })
        .first()
        .click(),
    );
    await act(() =>
      board
        .getByRole('button', { name: /^Đường truyền yếu/ })
        .first()
        .click(),
    );
    await act(() => board.getByRole('button', { name: 'Bản đồ' }).click());
    for (let i = 0; i < 4; i++)
      await act(() =>
        board
          .locator('.map .tile:not(:disabled)')
          .nth(5 + i)
          .click(),
      );
  }
  await page.waitForTimeout(1_000);
  const events = await page.evaluate(() => window.events);
  console.log(
    `input to paint at fifty changes a second, ${inputs} inputs: ${events.length} events over 16 ms, ` +
      `p50 ${at(events, 0.5)} ms, p98 ${at(events, 0.98)} ms, longest ${Math.max(0, ...events)} ms`,
  );
});
