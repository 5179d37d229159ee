import AxeBuilder from '@axe-core/playwright';
import { expect, test as base, type Page } from '@playwright/test';

/** The shell by itself, with a server that knows nobody; stories with a real server have files of their own. */
const test = base.extend<{ complaints: string[] }>({
  // Every page is watched: an error, or something that the security policy refuses, fails the story.
  complaints: [
    async ({ page }, use) => {
      const complaints: string[] = [];
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error' && !/40[13]/.test(message.text())) complaints.push(message.text());
      });
      await page.route('**/api/session', (route) =>
        route.request().method() === 'POST'
          ? route.fulfill({
              status: 401,
              contentType: 'application/problem+json',
              body: JSON.stringify(wrong),
            })
          : route.fulfill({
              status: 401,
              contentType: 'application/problem+json',
              body: JSON.stringify(nobody),
            }),
      );
      await page.route('**/api/time', (route) => route.fulfill({ json: { now: new Date().toISOString() } }));
      await use(complaints);
      expect(complaints).toEqual([]);
    },
    { auto: true },
  ],
});

const nobody = { type: '/problems/unauthenticated', title: 'Chưa đăng nhập', status: 401 };
const wrong = { type: '/problems/credentials', title: 'Sai tên hoặc mật khẩu', status: 401 };

async function expectAccessible(page: Page) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`sign-in is accessible, ${colorScheme}, from phone to desk`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    for (const width of [360, 1440]) {
      await page.setViewportSize({ width, height: 800 });
      await page.goto('/sign-in');
      await expect(page.getByRole('heading', { level: 1, name: 'Đăng nhập' })).toBeVisible();
      await expectAccessible(page);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    }
  });
}

test('a wrong password is told in its place, and the name stays', async ({ page }) => {
  await page.goto('/sign-in');
  await page.getByLabel('Tên đăng nhập').fill('bannhap');
  await page.getByLabel('Mật khẩu', { exact: false }).first().fill('sai');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('Sai tên hoặc mật khẩu');
  await expect(page.getByLabel('Tên đăng nhập')).toHaveValue('bannhap');
});

test('one switch changes the language, and it is remembered', async ({ page }) => {
  await page.goto('/sign-in');
  await page.getByRole('button', { name: 'English' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible();
});

test('an unknown address says so, and links move the focus to the heading', async ({ page }) => {
  await page.goto('/nowhere/at/all');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Không tìm thấy trang');
  await page.getByRole('link', { name: 'Về lịch họp' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await expect(page).toHaveTitle(/^Lịch họp/);
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Không tìm thấy trang');
});

test('the theme is chosen by keyboard and stands before the first paint', async ({ page }) => {
  await page.goto('/sign-in');
  await page.getByRole('button', { name: 'Giao diện' }).press('ArrowDown');
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(page.locator('html')).toHaveCSS('background-color', 'rgb(16, 21, 27)');
  await page.reload({ waitUntil: 'commit' });
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(page.locator('html')).toHaveCSS('background-color', 'rgb(16, 21, 27)');
});

test('? shows the keys', async ({ page }) => {
  await page.goto('/nowhere');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Phím tắt' })).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
});

test('a session that runs out asks to sign in over the page, and what was typed stays', async ({ page }) => {
  const me = { id: 'p1', username: 'nghean', name: 'Nguyễn Văn An', expiresAt: new Date().toISOString() };
  const organizer = { role: 'ORGANIZER', organisation: 'o1', organisationName: 'Bộ Y tế' };
  let signedIn = true;
  await page.route('**/api/session', (route) => {
    if (route.request().method() === 'POST') signedIn = true;
    return signedIn
      ? route.fulfill({ json: { ...me, roles: [organizer] } })
      : route.fulfill({ status: 401, contentType: 'application/problem+json', body: JSON.stringify(nobody) });
  });
  await page.route(/\/api\/(people|endpoints|briefings)/, (route) =>
    signedIn
      ? route.fulfill({ json: { items: [] } })
      : route.fulfill({ status: 401, contentType: 'application/problem+json', body: JSON.stringify(nobody) }),
  );
  await page.goto('/briefings/new');
  const title = page.getByLabel('Tên phiên họp');
  await title.fill('Giao ban tuần 48');
  signedIn = false;
  await title.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Phiên đăng nhập đã hết hạn' });
  await expect(dialog).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('alert').filter({ hasText: 'Phiên đăng nhập đã hết hạn' })).toBeVisible();
  await expect(title).toHaveValue('Giao ban tuần 48');
  await page.getByRole('alert').getByRole('button', { name: 'Đăng nhập', exact: true }).click();
  await expect(dialog.getByLabel('Tên đăng nhập')).toHaveValue('nghean');
  await dialog.getByLabel('Mật khẩu').first().fill('mat-khau');
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(page.getByText('Phiên đăng nhập đã hết hạn')).toHaveCount(0);
  await expect(title).toHaveValue('Giao ban tuần 48');
});
