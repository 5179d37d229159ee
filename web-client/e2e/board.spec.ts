import { expect, test } from './story/people';

const TITLE = 'Giao ban theo dõi đường truyền các điểm cầu';
const SITE = 'Sở Y tế tỉnh Nghệ An';

test.beforeAll(({ house }) => house.clear());
test.afterAll(({ house }) => house.clear());

test('a weak line, help, the support room and back, a loss: seen in the control room beside the site', async ({
  as,
  house,
}) => {
  test.setTimeout(150_000);
  const planned = await house.live({
    title: TITLE,
    items: [
      { title: 'Khai mạc', minutes: 5, visibility: 'PUBLIC' },
      { title: 'Báo cáo nhanh', minutes: 10, visibility: 'PUBLIC' },
    ],
    sites: ['SYT-40', 'SYT-04', 'SYT-79'],
  });
  const control = await as('thuky', { viewport: { width: 1440, height: 900 } });
  const site = await as('nghean', { viewport: { width: 390, height: 844 } });
  const endpoint = house.site('SYT-40');
  // How long the way to the centre takes is the story's: the machine may be busy.
  let slowMs = 0;
  await site.route('**/api/time', async (route) => {
    if (slowMs > 0) await new Promise((resolve) => setTimeout(resolve, slowMs));
    await route.fulfill({ json: { now: new Date().toISOString() } }).catch(() => undefined);
  });
  await control.goto(`/briefings/${planned.id}/control`);
  await site.goto(`/briefings/${planned.id}/sites/${endpoint}`);
  const board = control.getByRole('region', { name: 'Điểm cầu', exact: true });
  const row = board.getByRole('button', { name: new RegExp(SITE) }).last();

  await test.step('joined: the board says so, and the page of the site watches its line', async () => {
    const told = site.waitForResponse(
      (answer) => answer.url().endsWith('/quality') && answer.status() === 204,
    );
    await site.getByRole('button', { name: 'Vào phòng họp' }).click();
    await board.getByRole('button', { name: 'Danh sách' }).click();
    await expect(row).toContainText('Đã kết nối');
    await expect(control.getByText(/Cập nhật lúc \d\d:\d\d:\d\d, trễ \d+,\d giây/)).toBeVisible();
    await told;
  });

  await test.step('weak, and well again by what its own page measures', async () => {
    slowMs = 900;
    await expect(row).toContainText('Đường truyền yếu');
    slowMs = 0;
    await expect(row).toContainText('Đã kết nối', { timeout: 30_000 });
  });

  await test.step('help: asked on a phone, an alarm in the control room, answered by name', async () => {
    await site.getByRole('button', { name: 'Xin hỗ trợ' }).click();
    await site.getByLabel('Lý do').selectOption('Âm thanh');
    await site.getByRole('button', { name: 'Gửi yêu cầu' }).click();
    await expect(site.getByText(/^Đã xin hỗ trợ lúc/)).toBeVisible();
    const alarms = control.getByRole('region', { name: 'Cảnh báo' });
    await expect(alarms).toContainText(`Xin hỗ trợ: ${SITE}`);
    await control.reload();
    await expect(alarms).toContainText(`Xin hỗ trợ: ${SITE}`);
    await alarms.getByRole('button', { name: `Đã biết cảnh báo: ${SITE}` }).click();
    await expect(alarms.getByRole('button', { name: `Đã biết cảnh báo: ${SITE}` })).toHaveCount(0);
    await board.getByRole('button', { name: 'Danh sách' }).click();
  });

  await test.step('taken aside and brought back', async () => {
    await row.click();
    await board.getByRole('button', { name: 'Đưa ra hỗ trợ' }).click();
    await expect(row).toContainText('Đang hỗ trợ');
    await expect(
      site.getByRole('region', { name: 'Hỗ trợ kỹ thuật' }).getByText(/^Bạn đang ở phòng hỗ trợ với/),
    ).toBeVisible();
    await board.getByRole('button', { name: 'Đưa trở lại phòng họp' }).click();
    await expect(row).toContainText('Đã kết nối');
    await expect(site.getByText(/^Bạn đang ở phòng hỗ trợ/)).toHaveCount(0);
  });

  await test.step('lost within five seconds, on the telephone, and found again', async () => {
    await site.context().setOffline(true);
    await expect(row).toContainText('Mất kết nối', { timeout: 8_000 });
    await expect(control.getByRole('region', { name: 'Cảnh báo' })).toContainText(`Mất kết nối: ${SITE}`);
    await board.getByRole('button', { name: 'Chuyển sang điện thoại' }).click();
    await control.getByLabel('Số điện thoại').fill('0238 384 4416');
    await control.getByRole('button', { name: 'Ghi nhận' }).click();
    await expect(row).toContainText('Qua điện thoại');
    await board.getByRole('button', { name: 'Không còn dùng điện thoại' }).click();
    await expect(row).toContainText('Mất kết nối');
    await site.context().setOffline(false);
    await expect(row).toContainText('Đã kết nối');
  });

  await test.step('the strip tells the loss with its item, here and in the report', async () => {
    await expect(board.getByRole('img', { name: /mất lúc .*trong mục 1/ })).toBeVisible({ timeout: 30_000 });
    await control.goto(`/briefings/${planned.id}/report`);
    await expect(
      control
        .getByRole('region', { name: 'Đường truyền của các điểm cầu' })
        .getByRole('img', { name: /mất lúc/ }),
    ).toBeVisible();
  });
});
