import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './story/people';

/** From the calendar to a scheduled briefing and away again, with two organizers at the same plan. */

/** Days from now on which nothing else takes place; never the same, for what an earlier run has left. */
const FAR = 40 + Math.floor(Math.random() * 200);
const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);

const name = (page: Page) => page.getByRole('textbox', { name: 'Tên phiên họp' });
const titles = (page: Page) =>
  page
    .getByRole('textbox', { name: 'Nội dung', exact: true })
    .evaluateAll((all) => all.map((field) => (field as HTMLTextAreaElement).value));
const row = (page: Page, number: number) =>
  page.getByRole('listitem', { name: `Nội dung ${number}`, exact: true });
const dialog = (page: Page) => page.getByRole('alertdialog');

async function expectAccessible(page: Page) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
}

async function write(page: Page, ...items: string[]) {
  const field = page.getByRole('textbox', { name: 'Thêm nội dung' });
  for (const item of items) {
    await field.fill(item);
    await field.press('Enter');
    await expect(field).toHaveValue('');
    await expect.poll(() => titles(page)).toContain(item);
  }
  await expect(field).toBeFocused();
}

async function draft(page: Page, title: string, on: number) {
  await page.goto('/');
  await page.getByRole('heading', { level: 1, name: 'Lịch họp' }).waitFor();
  await page.getByRole('main').getByRole('link', { name: 'Phiên họp mới' }).click();
  await name(page).fill(title);
  await page.getByLabel('Ngày').fill(day(on));
  await page.getByRole('button', { name: '30 phút', exact: true }).click();
  await page.getByRole('button', { name: 'Tạo bản nháp' }).click();
  await expect(page).toHaveURL(/\/edit$/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
}

test('a plan is written, found too long, and put in order by keyboard and by hand', async ({ as }) => {
  const page = await as('thuky');
  await draft(page, 'Giao ban soạn thử', FAR);
  await write(page, 'Điểm danh', 'Báo cáo tuần', 'Kết luận');

  await row(page, 2).getByLabel('Phút').fill('25');
  await expect(page.getByText('Chương trình dài hơn 15 phút so với thời lượng.')).toBeVisible();
  await expect(page.getByText('Nội dung dài nhất: “Báo cáo tuần” (25 phút).')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Rút còn 10 phút' }).click();
  await expect(page.getByText('Vừa đúng thời lượng.')).toBeVisible();

  await row(page, 3).getByRole('textbox', { name: 'Nội dung', exact: true }).focus();
  await page.keyboard.press('Alt+ArrowUp');
  await page.keyboard.press('Alt+ArrowUp');
  expect(await titles(page)).toEqual(['Kết luận', 'Điểm danh', 'Báo cáo tuần']);
  await expect(row(page, 1).getByRole('textbox', { name: 'Nội dung', exact: true })).toBeFocused();

  const handle = page.getByRole('button', { name: 'Đổi chỗ “Kết luận”' });
  await handle.evaluate((it) => it.scrollIntoView({ block: 'center' }));
  const from = await handle.boundingBox();
  const below = await row(page, 3).boundingBox();
  if (!from || !below) throw new Error('nothing to drag');
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
  await page.mouse.down();
  await page.mouse.move(from.x + from.width / 2, below.y + below.height, { steps: 8 });
  await page.mouse.up();
  await expect.poll(() => titles(page)).toEqual(['Điểm danh', 'Báo cáo tuần', 'Kết luận']);
  await expect(page.getByText(/Đã lưu lúc/)).toBeVisible();

  await page.getByRole('button', { name: 'Xóa “Điểm danh”' }).click();
  await expect.poll(() => titles(page)).toEqual(['Báo cáo tuần', 'Kết luận']);
  await page.getByRole('button', { name: 'Hoàn tác' }).click();
  await expect.poll(() => titles(page)).toEqual(['Điểm danh', 'Báo cáo tuần', 'Kết luận']);
  await page.reload();
  await expect.poll(() => titles(page)).toEqual(['Điểm danh', 'Báo cáo tuần', 'Kết luận']);

  await page.getByRole('button', { name: 'Thêm thao tác' }).click();
  await page.getByRole('menuitem', { name: 'Xóa bản nháp' }).click();
  await dialog(page).getByRole('button', { name: 'Xóa bản nháp' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Lịch họp');
});

test('two at the same plan: other fields come in by themselves, the same field asks', async ({ as }) => {
  const [mine, theirs] = [await as('thuky'), await as('quantri')];
  await draft(mine, 'Giao ban hai người soạn', FAR + 1);
  await theirs.goto(new URL(mine.url()).pathname);
  await name(theirs).fill('Tên của quản trị');
  await name(theirs).press('Enter');
  await expect(mine.getByRole('heading', { level: 1 })).toHaveText('Tên của quản trị');

  await name(mine).fill('Tên của thư ký');
  await name(theirs).fill('Tên khác của quản trị');
  await name(theirs).press('Enter');
  await expect(mine.getByRole('heading', { level: 1 })).toHaveText('Tên khác của quản trị');
  await expect(name(mine)).toHaveValue('Tên của thư ký');
  await name(mine).press('Enter');
  await expect(dialog(mine)).toContainText('Người khác vừa sửa cùng chỗ này');
  await expect(dialog(mine)).toContainText('Tên khác của quản trị');
  await expectAccessible(mine);
  await dialog(mine).getByRole('button', { name: 'Giữ bản của tôi' }).click();
  await expect(theirs.getByRole('heading', { level: 1 })).toHaveText('Tên của thư ký');
});

test('a clash names the other briefing; then scheduled, moved, postponed, cancelled', async ({
  as,
  house,
}) => {
  const at = (FAR + 2) * 24 * 60;
  const first = await house.draft({ title: 'Đã giữ chỗ', startsIn: at, items: [], sites: ['SYT-40'] });
  await house.schedule(first.id);
  const second = await house.draft({ title: 'Đến sau', startsIn: at, items: [], sites: ['SYT-40'] });
  const page = await as('thuky');
  await page.goto(`/briefings/${second.id}/edit`);
  await page.getByRole('button', { name: 'Lên lịch' }).click();
  await expect(dialog(page)).toContainText('những người được mời sẽ thấy');
  await dialog(page).getByRole('button', { name: 'Lên lịch' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'Trùng lịch' })).toContainText('Đã giữ chỗ');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Đã hiểu' }).click();

  await page
    .getByRole('region', { name: 'Thời gian' })
    .getByLabel('Ngày')
    .fill(day(FAR + 4));
  await name(page).click();
  await expect(page.getByText(/Đã lưu lúc/)).toBeVisible();
  await page.getByRole('button', { name: 'Lên lịch' }).click();
  await dialog(page).getByRole('button', { name: 'Lên lịch' }).click();
  await page.getByRole('button', { name: 'Dời lịch' }).click();
  await dialog(page)
    .getByLabel('Ngày')
    .fill(day(FAR + 5));
  await dialog(page).getByLabel('Lý do').fill('Lãnh đạo Bộ đi công tác');
  await dialog(page).getByRole('button', { name: 'Dời lịch' }).click();
  await expect(page.getByText(/^\s*Dời từ [^]*Lãnh đạo Bộ đi công tác/)).toBeVisible();

  const other = async (what: string) => {
    await page.getByRole('button', { name: 'Thêm thao tác' }).click();
    await page.getByRole('menuitem', { name: what }).click();
    await dialog(page).getByLabel('Lý do').fill('Chưa chuẩn bị xong');
  };
  await other('Hoãn');
  await dialog(page).getByRole('button', { name: 'Hoãn' }).click();
  await expect(page.getByText('Tạm hoãn')).toBeVisible();
  await other('Hủy phiên họp');
  const cancel = dialog(page).getByRole('button', { name: 'Hủy phiên họp' });
  await expect(cancel).toBeDisabled();
  await dialog(page).getByLabel('Gõ HỦY').fill('hủy');
  await cancel.click();
  await expect(page.getByText('kế hoạch không sửa được nữa')).toBeVisible();
  await house.organizer.post(
    `/api/briefings/${first.id}/cancel`,
    { reason: 'Thử xong' },
    await house.organizer.etag(`/api/briefings/${first.id}`),
  );
});

test('the calendar goes by keyboard, finds by any spelling, and copies with one press', async ({ as }) => {
  const page = await as('thuky');
  await page.goto('/?week=2026-02-16');
  await expect(page.getByText('Tuần 8 ·')).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByText('Tuần 9 ·')).toBeVisible();
  await page.keyboard.press('l');
  await page.getByLabel('Tìm phiên họp').fill('hop bao dinh ky');
  await expect(page.getByRole('link', { name: /^Họp báo định kỳ/ }).first()).toBeVisible();
  await page
    .getByRole('button', { name: /^Thao tác với “Họp báo định kỳ/ })
    .first()
    .click();
  await page.getByRole('menuitem', { name: 'Sao chép' }).click();
  await expect(page).toHaveURL(/\/edit$/);
  await expect(page.getByText('Đã sao chép thành bản nháp')).toBeVisible();
});
