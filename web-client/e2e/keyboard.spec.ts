import type { Page } from '@playwright/test';
import { Keyboard } from './story/keyboard';
import { expect, test } from './story/people';
import { Program } from './story/program';

const TITLE = `Giao ban không chuột, số ${String(Date.now()).slice(-6)}`;
const ITEMS = ['Khai mạc', 'Kết luận', 'Thảo luận'];

test.beforeAll(({ house }) => house.clear());
test.afterAll(({ house }) => house.clear());

const titles = (page: Page) => page.getByRole('textbox', { name: 'Nội dung', exact: true });
const now = (page: Page) => page.getByRole('region', { name: 'Đang diễn ra' }).locator('.title');

test('a briefing is planned and run without a mouse', async ({ as, house }) => {
  test.setTimeout(120_000);
  const page = await as('thuky', { viewport: { width: 1440, height: 900 } });
  const keys = new Keyboard(page);
  let id = '';

  await test.step('from the calendar to a draft', async () => {
    await page.goto('/');
    await expect(page.getByRole('link', { name: 'Phiên họp mới' }).first()).toBeVisible();
    await keys.press('n');
    await expect(page.getByRole('heading', { level: 1, name: 'Phiên họp mới' })).toBeFocused();
    await keys.goTo(page.getByLabel('Tên phiên họp'));
    await keys.type(TITLE);
    await keys.press('Enter');
    await expect(page.getByRole('heading', { level: 1, name: TITLE })).toBeVisible();
    id = /briefings\/([^/]+)\/edit/.exec(page.url())?.[1] ?? '';
  });

  await test.step('the editor: chair, agenda, order, a site', async () => {
    await keys.goTo(page.getByRole('combobox', { name: 'Chủ trì', exact: true }));
    await keys.type('nguyen van mau');
    await expect(page.getByRole('listbox').getByRole('option', { name: 'Nguyễn Văn Mẫu' })).toBeVisible();
    await keys.press('Enter');
    await expect(page.getByRole('combobox', { name: 'Chủ trì', exact: true })).toHaveValue('Nguyễn Văn Mẫu');
    await keys.goTo(page.getByRole('textbox', { name: 'Thêm nội dung' }));
    for (const [place, title] of ITEMS.entries()) {
      await keys.type(title);
      await keys.press('Enter');
      await expect(titles(page).nth(place)).toHaveValue(title);
    }
    await keys.goTo(titles(page).nth(2), 'Shift+Tab');
    await keys.press('Alt+ArrowUp');
    await expect(titles(page).nth(1)).toHaveValue('Thảo luận');
    await expect(titles(page).nth(1)).toBeFocused();
    await expect(page.getByText(/^“Thảo luận” ở vị trí 2 trên 3/)).toBeAttached();
    await keys.goTo(page.getByRole('combobox', { name: 'Mời điểm cầu' }));
    await keys.type('so y te tinh nghe an');
    await expect(page.getByRole('listbox').getByRole('option', { name: 'Nghệ An' })).toBeVisible();
    await keys.press('Enter');
    await expect(page.getByText('1 điểm cầu được mời')).toBeVisible();
  });

  await test.step('scheduled, and into the control room', async () => {
    await keys.enter(page.getByRole('button', { name: 'Lên lịch' }), 'Shift+Tab');
    await keys.enter(page.getByRole('alertdialog').getByRole('button', { name: 'Lên lịch' }));
    await keys.enter(page.getByRole('link', { name: 'Điều hành', exact: true }), 'Shift+Tab');
    await keys.enter(page.getByRole('button', { name: 'Mở cửa' }));
    await keys.enter(page.getByRole('button', { name: 'Bắt đầu họp' }));
    await expect(page.getByRole('button', { name: 'Bế mạc' })).toBeVisible();
  });

  await test.step('next by N, the overview by ?, next by Enter', async () => {
    await keys.press('n');
    await expect(now(page)).toHaveText('Khai mạc');
    await keys.press('?');
    const overview = page.getByRole('dialog', { name: 'Phím tắt' });
    await expect(overview).toContainText('Chuyển sang mục tiếp theo');
    await keys.press('Escape');
    await expect(overview).toBeHidden();
    await expect(async () => {
      await keys.press('n'); // right after a change it is taken for half of a double press
      await expect(now(page)).toHaveText('Thảo luận', { timeout: 1_500 });
    }).toPass({ intervals: [0] });
  });

  await test.step('the floor by G and F', async () => {
    const site = await Program.signIn('nghean');
    const endpoint = house.site('SYT-40');
    await site.post(`/api/briefings/${id}/endpoints/${endpoint}/join`);
    await site.post(`/api/briefings/${id}/floor`, { endpoint, topic: 'Xin bổ sung số liệu' });
    const floor = page.getByRole('region', { name: 'Đăng ký phát biểu' });
    await expect(floor).toContainText('Xin bổ sung số liệu');
    await keys.press('g');
    await expect(floor).toContainText('Đang phát biểu');
    await keys.press('f');
    await expect(floor).toContainText('Chưa mời ai phát biểu');
  });

  await test.step('a line to the stage: L, words, Enter', async () => {
    await keys.press('l');
    const field = page.getByRole('textbox', { name: 'Dòng nhắc lên sân khấu' });
    await expect(field).toBeFocused();
    await keys.type('còn 3 phút');
    await keys.press('Enter');
    await expect(page.getByRole('region', { name: 'Dòng nhắc sân khấu' })).toContainText('còn 3 phút');
    await expect(field).toHaveValue('');
  });

  await test.step('the other language, in the same place', async () => {
    const place = page.url();
    await keys.enter(page.getByRole('button', { name: 'English' }), 'Shift+Tab');
    await expect(page.getByRole('region', { name: 'Now', exact: true }).locator('.title')).toHaveText(
      'Thảo luận',
    );
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
    expect(page.url()).toBe(place);
    await expect(page.getByRole('button', { name: 'Tiếng Việt' })).toBeFocused();
    await keys.press('Enter');
    await expect(now(page)).toHaveText('Thảo luận');
  });

  await test.step('closed', async () => {
    await keys.enter(page.getByRole('button', { name: 'Bế mạc' }));
    await keys.enter(page.getByRole('alertdialog').getByRole('button', { name: 'Bế mạc' }));
    await expect(page.getByRole('link', { name: 'Xem báo cáo' })).toBeVisible();
  });
});
