import type { Locator, Page } from '@playwright/test';
import { expect, test } from './story/people';
import { Organizer } from './story/organizer';
import { ALLOWED, PHONE, TABLET, Technician, withDevices } from './story/technician';
import { standInForJitsi, type JitsiSettings } from './stand-in/jitsi';

const TITLE = 'Giao ban hai điểm cầu, từ kiểm tra đến báo cáo';
const OPENING = 'Khai mạc';
const settings: JitsiSettings = {
  domain: process.env.GIAOBAN_JITSI_DOMAIN ?? '',
  secret: process.env.GIAOBAN_JITSI_SECRET ?? '',
  issuer: 'giaoban',
  audience: 'jitsi',
  subject: '*',
};

test.skip(settings.domain === '', 'the server is not told of a Jitsi');
test.use({ launchOptions: withDevices });
test.beforeAll(({ house }) => house.clear());
test.afterAll(({ house }) => house.clear());

/** What stands in a row of a table under a heading. */
async function under(heading: string, table: Locator, site: string): Promise<Locator> {
  const headings = await table.getByRole('columnheader').allTextContents();
  const place = headings.findIndex((text) => text.trim() === heading);
  expect(place, `${heading} is one of ${headings.join(', ')}`).toBeGreaterThanOrEqual(0);
  return table.getByRole('row').filter({ hasText: site }).locator('th, td').nth(place);
}

test('two sites check and join, one is lost and helped, both are called, and the report knows it all', async ({
  as,
  house,
}) => {
  test.setTimeout(240_000);
  const [ngheAn, caoBang] = [house.siteName('SYT-40'), house.siteName('SYT-04')];
  const planned = await house.draft({
    title: TITLE,
    startsIn: 45,
    sites: ['SYT-04', 'SYT-40'],
    items: [{ title: OPENING, minutes: 10, visibility: 'PUBLIC' }],
  });
  await house.schedule(planned.id);
  const control = await as('thuky', { viewport: { width: 1440, height: 900 } });
  const organizer = new Organizer(control);
  const phone = await as('nghean', { ...PHONE, ...ALLOWED });
  const tablet = await as('caobang', { ...TABLET, ...ALLOWED });
  const cast = [
    { page: phone, code: 'SYT-40', site: ngheAn, technician: 'Trần Văn Kỹ Thuật' },
    { page: tablet, code: 'SYT-04', site: caoBang, technician: 'Nông Thị Đường Truyền' },
  ];
  const { board } = organizer;
  const row = (site: string) => organizer.site(site).last();
  await control.goto(`/briefings/${planned.id}/control`);
  await board.getByRole('button', { name: 'Danh sách' }).click();

  await test.step('each is checked in its own browser and signed; the board says so', async () => {
    await Promise.all(
      cast.map(async ({ page, code, site, technician }) => {
        await standInForJitsi(page.context(), settings);
        await page.goto(`/briefings/${planned.id}/sites/${house.site(code)}`);
        await expect(row(site)).toContainText('Chưa kết nối');
        await page.getByRole('link', { name: 'Kiểm tra kỹ thuật' }).click();
        const there = new Technician(page, technician);
        await there.goesThrough();
        await there.signs();
        await expect(row(site)).toContainText('Đã kiểm tra');
        await page.goto(`/briefings/${planned.id}/sites/${house.site(code)}`);
      }),
    );
    for (const { site, technician } of cast) {
      await row(site).click();
      await expect(board).toContainText(technician);
    }
  });

  await test.step('the doors open, both join, it begins', async () => {
    await organizer.presses('Mở cửa');
    for (const { page, site } of cast) {
      const told = watched(page);
      await page.getByRole('button', { name: 'Vào phòng họp' }).click();
      await expect(page.getByText(/^Đã vào phòng lúc/)).toBeVisible();
      await expect(row(site)).toContainText('Đã kết nối');
      await told;
    }
    await organizer.presses('Bắt đầu họp');
    await organizer.goesOnTo(OPENING);
  });

  await test.step('the line of one is cut: lost on the board within six seconds, and only that one', async () => {
    await phone.context().setOffline(true);
    await expect(row(ngheAn)).toContainText('Mất kết nối', { timeout: 6_000 });
    await expect(row(caoBang)).toContainText('Đã kết nối');
    await phone.context().setOffline(false);
    await expect(row(ngheAn)).toContainText('Đã kết nối');
  });

  await test.step('it asks for help, is taken into the support room, and brought back', async () => {
    await phone.getByRole('button', { name: 'Xin hỗ trợ' }).click();
    await phone.getByLabel('Lý do').selectOption('Đường truyền');
    await phone.getByRole('button', { name: 'Gửi yêu cầu' }).click();
    await expect(phone.getByText(/^Đã xin hỗ trợ lúc/)).toBeVisible();
    await expect(control.getByRole('region', { name: 'Cảnh báo' })).toContainText(`Xin hỗ trợ: ${ngheAn}`);
    await row(ngheAn).click();
    await board.getByRole('button', { name: 'Đưa ra hỗ trợ' }).click();
    await expect(row(ngheAn)).toContainText('Đang hỗ trợ');
    const help = phone.getByRole('region', { name: 'Hỗ trợ kỹ thuật' });
    await expect(help).toContainText('Bạn đang ở phòng hỗ trợ với');
    await board.getByRole('button', { name: 'Đưa trở lại phòng họp' }).click();
    await expect(row(ngheAn)).toContainText('Đã kết nối');
    await expect(help).toContainText('Gặp trục trặc?');
  });

  await test.step('both are called by the keyboard alone; who did not answer is called again', async () => {
    const called = control.getByRole('dialog', { name: 'Điểm danh' });
    await control.keyboard.press('r');
    await expect(called.getByRole('button', { name: 'Bắt đầu điểm danh' })).toBeFocused();
    await control.keyboard.press('Enter');
    await expect(called.locator('.name')).toHaveText(house.siteName('BYT'));
    await control.keyboard.press('Enter');
    await expect(called.locator('.name')).toHaveText(caoBang);
    await expect(tablet.getByText('Đang gọi điểm cầu của bạn', { exact: true })).toBeVisible();
    await control.keyboard.press('Enter');
    await expect(called.locator('.name')).toHaveText(ngheAn);
    await expect(phone.getByText('Đang gọi điểm cầu của bạn', { exact: true })).toBeVisible();
    await control.keyboard.press('n');
    await expect(called).toContainText('Hết vòng, còn 1 điểm cầu chưa có mặt');
    await expect(phone.getByText(/^Điểm danh: Không trả lời/)).toBeVisible();
    await control.keyboard.press('Enter');
    await expect(called).toContainText('Vòng 2');
    await expect(called.locator('.name')).toHaveText(ngheAn);
    await control.keyboard.press('Enter');
    await expect(called).toContainText('Đã điểm danh xong: 3/3 có mặt');
    await expect(phone.getByText(/^Điểm danh: Có mặt/)).toBeVisible();
    await control.keyboard.press('Escape');
    await expect(called).toBeHidden();
  });

  await test.step('closed: the report tells who was there, the loss and the roll call', async () => {
    await organizer.presses('Xong mục này');
    await organizer.presses('Bế mạc');
    await control.getByRole('alertdialog').getByRole('button', { name: 'Bế mạc' }).click();
    for (const page of [phone, tablet])
      await expect(page.getByRole('heading', { name: 'Phiên họp đã bế mạc' })).toBeVisible();
    await control.getByRole('link', { name: 'Xem báo cáo' }).click();
    await expect(control.getByText(/^Danh sách chốt lúc/)).toBeVisible();
    const list = control.getByRole('table', { name: 'Điểm danh' });
    for (const [site, losses] of [
      [ngheAn, '1'],
      [caoBang, '–'],
    ] as const) {
      await expect(await under('Tham dự', list, site)).toContainText('Có mặt');
      await expect(await under('Mất kết nối', list, site)).toHaveText(losses);
      await expect(await under('Điểm danh', list, site)).toContainText(/Có mặt \d\d:\d\d/);
    }
    const lines = control.getByRole('region', { name: 'Đường truyền của các điểm cầu' });
    await expect(lines.getByRole('listitem').filter({ hasText: ngheAn })).toContainText(/mất lúc \d\d:\d\d/);
    await expect(lines.getByRole('listitem').filter({ hasText: caoBang })).not.toContainText('mất lúc');
  });
});

/** The page of a site has told how its line is. */
function watched(page: Page): Promise<unknown> {
  return page.waitForResponse((answer) => answer.url().endsWith('/quality') && answer.status() === 204);
}
