import { Program } from './story/program';
import type { Planned } from './story/house';
import { expect, test } from './story/people';

/** The hub plans its check calls, a technician with a phone makes them, and the bar fills. */
const SITES = ['SYT-40', 'SYT-04', 'VPB-HCM'];
let briefing: Planned;

test.beforeAll(async ({ house }) => {
  await house.clear();
  briefing = await house.draft({
    title: 'Hội nghị có đợt kiểm tra',
    startsIn: 150,
    sites: SITES,
    items: [{ title: 'Điểm danh', minutes: 10 }],
  });
  await house.schedule(briefing.id);
});

test.afterAll(({ house }) => house.clear());

test('a round is planned, called and filled; each site knows its hour', async ({ as, house }) => {
  test.setTimeout(90_000);
  const hub = await as('thuky', { viewport: { width: 1440, height: 900 } });
  await hub.goto(`/briefings/${briefing.id}/rounds`);
  await expect(hub.getByText('Chưa lập đợt kiểm tra này.')).toBeVisible();

  // Too many minutes for one person: the page says what is missing.
  await hub.getByLabel('Kỹ thuật viên ở trung tâm').fill('Anh Tư');
  await hub.getByLabel('Số phút cho mỗi điểm cầu').fill('60');
  await hub.getByRole('button', { name: 'Xem thử' }).click();
  await expect(hub.getByText('Chỉ cần một trong các cách sau:')).toBeVisible();
  await expect(hub.getByText(/thêm \d kỹ thuật viên/)).toBeVisible();
  await expect(hub.getByRole('button', { name: 'Lưu đợt kiểm tra' })).toBeHidden();

  await hub.getByLabel('Kỹ thuật viên ở trung tâm').fill('Anh Tư\nChị Năm');
  await hub.getByLabel('Số phút cho mỗi điểm cầu').fill('5');
  await hub.getByRole('button', { name: 'Xem thử' }).click();
  await expect(hub.getByText(/Đủ: \d lượt gọi trong \d đợt/)).toBeVisible();
  await hub.getByRole('button', { name: 'Lưu đợt kiểm tra' }).click();
  await expect(hub.getByRole('progressbar')).toBeVisible();
  await expect(hub.getByText(/^0 trong \d lượt gọi đã xong$/)).toBeVisible();

  const site = await as('nghean', { viewport: { width: 390, height: 844 } });
  await site.goto(`/briefings/${briefing.id}/sites/${house.site('SYT-40')}`);
  await expect(site.getByText(/Trung tâm gọi kiểm tra lúc/).first()).toBeVisible();

  const phone = await as('thuky', { viewport: { width: 390, height: 844 } });
  await phone.goto(`/briefings/${briefing.id}/rounds`);
  await phone.getByText('Lượt của tôi').click();
  await phone.getByLabel('Bạn là kỹ thuật viên nào?').selectOption('Anh Tư');
  expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await phone
    .getByRole('button', { name: /^Không trả lời:/ })
    .first()
    .click();
  await expect(hub.getByText('1 không trả lời')).toBeVisible();
  await phone.getByRole('button', { name: /^Đặt lại:/ }).click();
  await expect(hub.getByText('1 không trả lời')).toBeHidden();
  await phone
    .getByRole('button', { name: /^Xong:/ })
    .first()
    .click();
  await expect(hub.getByText(/^1 trong \d lượt gọi đã xong$/)).toBeVisible();

  // To somebody who is busy at that hour: refused, with the reason. The first call of the second hour, to the first.
  const first =
    /\d\d:\d\d/.exec((await hub.getByRole('button', { name: /^Đợt 1/ }).textContent()) ?? '')?.[0] ?? '';
  await hub
    .getByRole('button', { name: /^Dời lượt gọi/ })
    .last()
    .click();
  await hub.getByRole('dialog').getByLabel('Kỹ thuật viên').selectOption('Chị Năm');
  await hub.getByRole('dialog').getByLabel('Giờ gọi').fill(first);
  await hub.getByRole('dialog').getByRole('button', { name: 'Dời' }).click();
  await expect(hub.getByRole('dialog').getByRole('alert')).toContainText('đã có lượt gọi khác');
  await hub.getByRole('dialog').getByRole('button', { name: 'Quay lại' }).click();

  await hub.getByRole('button', { name: 'Bỏ đợt kiểm tra' }).click();
  await hub.getByRole('alertdialog').getByRole('button', { name: 'Bỏ đợt kiểm tra' }).click();
  await expect(hub.getByText('Chưa lập đợt kiểm tra này.')).toBeVisible();
  const program = await Program.signIn('thuky');
  expect((await program.get<{ rounds: unknown[] }>(`/api/briefings/${briefing.id}/rounds`)).rounds).toEqual(
    [],
  );
});
