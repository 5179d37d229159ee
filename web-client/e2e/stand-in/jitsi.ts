import { readFile } from 'node:fs/promises';
import { expect, type BrowserContext, type Page } from '@playwright/test';

/** What a server under test was configured with, so that the stand-in can hold the page and the token to it. */
export interface JitsiSettings {
  readonly domain: string;
  readonly secret: string;
  readonly issuer?: string;
  readonly audience?: string;
  readonly subject?: string;
}

interface StandIn {
  readonly violations: string[];
  readonly commands: unknown[][];
  readonly frames: { readonly inRoom: boolean }[];
  fire(event: string, detail?: unknown): void;
}

/** Every page of this context that loads Jitsi's script gets the stand-in, and an empty room in the frame. */
export async function standInForJitsi(context: BrowserContext, settings: JitsiSettings): Promise<void> {
  const script = await readFile(new URL('./external_api.js', import.meta.url), 'utf8');
  await context.addInitScript((given) => {
    (globalThis as { jitsiStandIn?: unknown }).jitsiStandIn = { ...given };
  }, settings);
  await context.route(`https://${settings.domain}/**`, (route) =>
    new URL(route.request().url()).pathname === '/external_api.js'
      ? route.fulfill({
          contentType: 'text/javascript; charset=utf-8',
          headers: { 'Cross-Origin-Resource-Policy': 'cross-origin' },
          body: script,
        })
      : route.fulfill({
          contentType: 'text/html; charset=utf-8',
          body: '<!doctype html><html lang="vi"><title>Jitsi</title><p>Phòng họp trực tuyến</p></html>',
        }),
  );
}

function inPage<T>(page: Page, look: (standIn: StandIn) => T): Promise<T> {
  return page.evaluate(
    `(${look.toString()})({ violations: [], commands: [], frames: [], ...globalThis.jitsiStandIn })`,
  ) as Promise<T>;
}

/** The page is in the room, and has done nothing that the real Jitsi would refuse or ignore. */
export async function expectInRoom(page: Page): Promise<void> {
  await expect
    .poll(() => inPage(page, (standIn) => standIn.frames.map((frame) => frame.inRoom)))
    .toEqual([true]);
  await expectNoViolations(page);
}

export async function expectNoViolations(page: Page): Promise<void> {
  expect(await inPage(page, (standIn) => standIn.violations)).toEqual([]);
}

/** The commands so far, each [name, ...values]. */
export function jitsiCommands(page: Page): Promise<unknown[][]> {
  return inPage(page, (standIn) => standIn.commands);
}

/** The room tells the page something, for instance `readyToClose`. */
export async function jitsiTells(page: Page, event: string, detail: unknown = {}): Promise<void> {
  await page.evaluate(
    ([name, what]) => (globalThis as unknown as { jitsiStandIn: StandIn }).jitsiStandIn.fire(name, what),
    [event, detail] as const,
  );
}

/** Somebody else in the room of this page does something; see `external_api.js`. */
export async function jitsiOthers(
  page: Page,
  act: 'enter' | 'go' | 'hand' | 'mute' | 'knock',
  ...values: unknown[]
): Promise<void> {
  await page.evaluate(
    ([name, what]) =>
      (globalThis as unknown as { jitsiStandIn: Record<string, (...all: unknown[]) => void> }).jitsiStandIn[
        name
      ]?.(...what),
    [act, values] as const,
  );
}
