import {
  expect,
  test as base,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Page,
} from '@playwright/test';
import { House } from './house';
import { origin, PASSWORD } from './program';

/** A context whose cookie says who it is, without the form; nobody when no name is given. */
export async function enter(
  browser: Browser,
  username?: string,
  options: BrowserContextOptions = {},
): Promise<BrowserContext> {
  const context = await browser.newContext({ baseURL: origin, ...options });
  if (username !== undefined) {
    const answer = await context.request.post('/api/session', {
      headers: { Origin: origin },
      data: { username, password: PASSWORD },
    });
    expect(answer.ok(), await answer.text()).toBe(true);
  }
  return context;
}

/** As a person does it. */
export async function signInByForm(page: Page, username: string): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('Tên đăng nhập').fill(username);
  await page.getByRole('textbox', { name: 'Mật khẩu' }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Đăng nhập' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Lịch họp');
}

/** What a page may complain of while its line is cut or it asks for what is not there. */
const EXPECTED = /ERR_INTERNET_DISCONNECTED|WebSocket connection|status of 40[0-9]/;

/** A page that errors, or does what the security policy refuses, says so at the end of the story. */
export function watch(page: Page, complaints: string[]): void {
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !EXPECTED.test(message.text())) complaints.push(message.text());
  });
}

interface Cast {
  /** A page of somebody, in a window of their own. */
  as: (username?: string, options?: BrowserContextOptions) => Promise<Page>;
}

/** Stories with a real server: `house` prepares, `as` opens a window for somebody; nobody's page may complain. */
export const test = base.extend<Cast, { house: House }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the names from the pattern
  house: [async ({}, use) => use(await House.enter()), { scope: 'worker' }],
  as: async ({ browser }, use) => {
    const complaints: string[] = [];
    const contexts: BrowserContext[] = [];
    await use(async (username, options) => {
      const context = await enter(browser, username, options);
      contexts.push(context);
      const page = await context.newPage();
      watch(page, complaints);
      return page;
    });
    for (const context of contexts) await context.close();
    expect(complaints).toEqual([]);
  },
});

export { expect };
