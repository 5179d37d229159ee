import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect, signInByForm, test } from './story/people';
import { Organizer } from './story/organizer';
import { Received } from './story/onlooker';

// Another title each time: what an earlier run left in the calendar is not ours.
const TITLE = `Giao ban phòng, chống dịch mùa đông xuân, số ${String(Date.now()).slice(-6)}`;
const SITE = 'Sở Y tế tỉnh Nghệ An';
const OPENING = 'Khai mạc, điểm danh';
const SECRET = 'Chuẩn bị nhân sự trước khi công bố';
const REPORT = 'Nghệ An báo cáo tiêm chủng';
const CLOSING = 'Kết luận của chủ trì';
const LATE = 'Ca bệnh mới ghi nhận sáng nay';

/** What a page of those who look on says is live. */
const nowOf = (page: Page) => page.getByRole('region', { name: 'Đang diễn ra' }).locator('.title');

test.beforeAll(({ house }) => house.clear());
test.afterAll(({ house }) => house.clear());

test('one briefing, three windows side by side, from the first plan to the report', async ({ as }) => {
  test.setTimeout(150_000);
  const organizer = new Organizer(await as(undefined, { viewport: { width: 1440, height: 900 } }));
  const site = await as(undefined, { viewport: { width: 390, height: 844 } });
  const journalist = await as();
  const received = new Received(journalist);

  await test.step('each signs in by the form', async () => {
    await signInByForm(organizer.page, 'thuky');
    await signInByForm(site, 'nghean');
    await signInByForm(journalist, 'phongvien');
  });

  await test.step('the organizer plans; nobody is told yet', async () => {
    await organizer.drafts(TITLE, 50);
    await organizer.letsSee('Công chúng');
    await organizer.appoints('Chủ trì', 'nguyen van mau', 'Nguyễn Văn Mẫu');
    await organizer.invites('so y te nghe an', SITE);
    await organizer.adds({ title: OPENING, minutes: 5, seenBy: 'Công chúng' });
    await organizer.adds({ title: SECRET, minutes: 10, seenBy: 'Nội bộ' });
    await organizer.adds({ title: REPORT, minutes: 15, seenBy: 'Điểm cầu', site: SITE });
    await organizer.adds({ title: CLOSING, minutes: 20, seenBy: 'Công chúng' });
    for (const page of [site, journalist]) await expect(page.getByText(TITLE)).toHaveCount(0);
  });

  await test.step('scheduled: it stands in the calendars, and the site is expected', async () => {
    await organizer.schedules();
    await journalist.getByRole('link', { name: TITLE }).first().click();
    await expect(journalist.getByRole('heading', { level: 1 })).toContainText(TITLE);
    await expect(journalist.getByText(OPENING)).toBeVisible();
    await site.getByRole('link', { name: TITLE }).first().click();
    await expect(site).toHaveURL(/\/sites\//);
    await expect(site.getByText(/^Phòng chờ mở lúc/)).toBeVisible();
  });

  await test.step('open: the site joins and writes down who sits there; the control room sees it', async () => {
    await organizer.takesTheChair();
    await organizer.presses('Mở cửa');
    await expect(journalist.getByText('Phòng chờ đã mở').first()).toBeVisible();
    await site.getByRole('button', { name: 'Vào phòng họp' }).click();
    await expect(site.getByText(/^Đã vào phòng lúc/)).toBeVisible();
    for (const [name, position] of [
      ['Trần Thị Thí Dụ', 'Phó Giám đốc'],
      ['Lê Văn Giả Định', 'Trưởng phòng Nghiệp vụ'],
    ] as const) {
      await site.getByLabel('Họ và tên').fill(name);
      await site.getByLabel('Chức vụ').fill(position);
      await site.getByLabel('Chức vụ').press('Enter');
      await expect(site.getByRole('listitem').filter({ hasText: name })).toBeVisible();
    }
    await organizer.board.getByRole('button', { name: 'Danh sách' }).click();
    await expect(organizer.site(SITE)).toContainText('Đã kết nối');
    await expect(organizer.site(SITE)).toContainText('2 đại biểu');
  });

  await test.step('start, and next: what is live is live on all three', async () => {
    await organizer.presses('Bắt đầu họp');
    await organizer.goesOnTo(OPENING);
    for (const page of [site, journalist]) await expect(nowOf(page)).toHaveText(OPENING);
    await organizer.goesOnTo(SECRET);
    // Those who may not see it see that something is between two items, and nothing more.
    for (const page of [site, journalist]) await expect(nowOf(page)).toHaveText('Chưa đến mục tiếp theo');
  });

  await test.step('the site asks to speak; the floor is given and taken', async () => {
    await site.getByLabel('Người phát biểu').selectOption('Trần Thị Thí Dụ');
    await site.getByLabel('Nội dung', { exact: true }).fill('Thiếu vắc xin ở hai huyện');
    await site.getByRole('button', { name: 'Đăng ký phát biểu' }).click();
    await expect(site.getByText('Bạn là người tiếp theo', { exact: true })).toBeVisible();
    await expect(organizer.floor).toContainText('Thiếu vắc xin ở hai huyện');
    await organizer.floor.getByRole('button', { name: 'Mời Trần Thị Thí Dụ' }).click();
    await expect(site.getByRole('region', { name: 'Lượt của điểm cầu' })).toContainText(
      'Đang được mời phát biểu',
    );
    await organizer.floor.getByRole('button', { name: 'Kết thúc lượt' }).click();
    await expect(site.getByText('Đang được mời phát biểu')).toHaveCount(0);
    await expect(organizer.floor).toContainText('Chưa mời ai phát biểu');
  });

  await test.step('a line to the site alone, and a late item', async () => {
    await organizer.site(SITE).click();
    await organizer.board.getByRole('button', { name: 'còn 2 phút' }).click();
    await expect(site.getByRole('region', { name: 'Từ bàn điều hành' })).toContainText('còn 2 phút');
    await organizer.insertsLate(LATE, 5);
    await expect(organizer.agenda).toContainText(LATE);
  });

  await test.step('the line of the site is cut, and comes back', async () => {
    await site.context().setOffline(true);
    await expect(
      site.getByText(/Đang nối lại….*dữ liệu lúc \d\d:\d\d:\d\d \(\d+ giây trước\)/),
    ).toBeVisible();
    await expect(organizer.site(SITE)).toContainText('Mất kết nối', { timeout: 20_000 });
    await organizer.goesOnTo(LATE);
    await site.context().setOffline(false);
    await expect(site.getByText('Đang cập nhật trực tiếp')).toBeVisible();
    await expect(organizer.site(SITE)).toContainText('Đã kết nối');
    await expect(site.getByText(/^Đã vào phòng lúc/)).toBeVisible();
  });

  await test.step('skip, the last item, finish, close', async () => {
    await organizer.agenda.getByRole('button', { name: `Bỏ qua: ${REPORT}` }).click();
    await organizer.goesOnTo(CLOSING);
    for (const page of [site, journalist]) await expect(nowOf(page)).toHaveText(CLOSING);
    await organizer.presses('Xong mục này');
    await expect(journalist.getByText('Đã hết các mục trong chương trình')).toBeVisible();
    await organizer.presses('Bế mạc');
    await organizer.page.getByRole('alertdialog').getByRole('button', { name: 'Bế mạc' }).click();
    for (const page of [site, journalist])
      await expect(page.getByRole('heading', { name: 'Phiên họp đã bế mạc' })).toBeVisible();
  });

  await test.step('the report: a frozen list with its hash, two delegates, plan and reality; and as CSV', async () => {
    const { page } = organizer;
    await page.getByRole('link', { name: 'Xem báo cáo' }).click();
    await expect(page.getByText(/^Danh sách chốt lúc/)).toBeVisible();
    await expect(page.getByText(/^[0-9a-f]{64}$/)).toBeVisible();
    const attendance = page.getByRole('region', { name: 'Điểm danh' });
    await expect(attendance.getByRole('row').filter({ hasText: SITE })).toContainText('Trần Thị Thí Dụ');
    await expect(attendance.getByRole('row').filter({ hasText: SITE })).toContainText('Lê Văn Giả Định');
    const timing = page.getByRole('region', { name: 'Kế hoạch và thực tế' });
    await expect(timing.getByRole('row').filter({ hasText: LATE })).toContainText('Bổ sung');
    await expect(timing.getByRole('row').filter({ hasText: REPORT })).toContainText('Bỏ qua');

    const [file] = await Promise.all([
      page.waitForEvent('download'),
      attendance.getByRole('button', { name: 'Tải CSV' }).click(),
    ]);
    expect(file.suggestedFilename()).toMatch(/\.csv$/);
    const csv = await readFile(await file.path(), 'utf8');
    expect(csv).toContain(SITE);
    expect(csv).toContain('Lê Văn Giả Định');
  });

  await test.step('not one byte of what is not theirs came to the journalist', async () => {
    const bytes = await received.all();
    expect(received.frames.join()).toContain(CLOSING);
    for (const hidden of [SECRET, REPORT, 'Thí Dụ', 'vắc xin', 'còn 2 phút'])
      expect(bytes).not.toContain(hidden);
  });
});
