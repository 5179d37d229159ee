import { expect, test } from './story/people';

const TITLE = `Điểm danh các điểm cầu, số ${String(Date.now()).slice(-6)}`;

test.beforeAll(({ house }) => house.clear());
test.afterAll(({ house }) => house.clear());

test('a site answers on a phone, and is called by keys alone', async ({ as, house }) => {
  test.setTimeout(90_000);
  const { id } = await house.draft({
    title: TITLE,
    startsIn: 45,
    items: [{ title: 'Khai mạc', minutes: 5, visibility: 'SITE' }],
    sites: ['SYT-40', 'SYT-04'],
  });
  const endpoint = house.site('SYT-40');
  await house.schedule(id);
  const phone = await as('nghean', { viewport: { width: 390, height: 844 } });
  const control = await as('thuky', { viewport: { width: 1440, height: 900 } });

  await test.step('the answer, with a substitute', async () => {
    await phone.goto(`/briefings/${id}/sites/${endpoint}`);
    const card = phone.getByRole('region', { name: 'Trả lời giấy mời' });
    await expect(card.getByText('Chưa trả lời')).toBeVisible();
    await card.getByLabel('Có người dự thay').check();
    await card.getByLabel('Họ tên người dự thay').fill('Nguyễn Thị Phó');
    await card.getByLabel('Dự thay cho').fill('Giám đốc Sở');
    await card.getByRole('button', { name: 'Gửi trả lời' }).click();
    await expect(card.getByText('Xác nhận dự')).toBeVisible();
    await expect(card.getByText('chờ đồng ý')).toBeVisible();
    await control.goto(`/briefings/${id}/edit`);
    const plan = control.getByRole('region', { name: 'Trả lời giấy mời' });
    await expect(plan.getByText('Nguyễn Thị Phó')).toBeVisible();
    await plan.getByRole('button', { name: 'Đồng ý', exact: true }).click();
    await expect(card.getByText('Người dự thay: đã đồng ý')).toBeVisible();
  });

  await test.step('the roll call', async () => {
    await house.organizer.post(`/api/briefings/${id}/open`);
    await control.goto(`/briefings/${id}/control`);
    await expect(control.getByRole('heading', { level: 1, name: TITLE })).toBeVisible();
    await control.keyboard.press('r');
    const room = control.getByRole('dialog', { name: 'Điểm danh' });
    await expect(room.getByRole('button', { name: 'Bắt đầu điểm danh' })).toBeFocused();
    await control.keyboard.press('Enter');
    const called = room.locator('.name');
    // The hub is a site like any other, and the first one.
    await expect(called).toHaveText(/trung tâm/);
    await control.keyboard.press(' ');
    await expect(called).toHaveText(/Cao Bằng/);
    await control.keyboard.press('n');
    await expect(called).toHaveText(/Nghệ An/);
    await expect(phone.getByText('Đang gọi điểm cầu của bạn')).toBeVisible();
    // Another computer would see the same: all of it is on the server.
    await control.reload();
    await expect(control.getByRole('heading', { level: 1, name: TITLE })).toBeVisible();
    await control.keyboard.press('r');
    await expect(called).toHaveText(/Nghệ An/);
    await control.keyboard.press('Enter');
    await expect(room.getByText('còn 1 điểm cầu chưa có mặt')).toBeVisible();
    await expect(room.getByText(/Cao Bằng/)).toBeVisible();
    await expect(phone.getByText(/Điểm danh: Có mặt/)).toBeVisible();
    await control.keyboard.press('x');
    await control.keyboard.press('Enter');
    await expect(room.getByText('Đã điểm danh xong: 2/3 có mặt')).toBeVisible();
  });
});
