import type { Planned } from './story/house';
import { Program } from './story/program';
import { expect, test } from './story/people';
import { ALLOWED, PHONE, Technician, withDevices } from './story/technician';
import { expectNoViolations, standInForJitsi, type JitsiSettings } from './stand-in/jitsi';

/** A site's technician goes through the check on a phone; the devices are Chromium's own, with a moving picture and a beep. */
const settings: JitsiSettings = {
  domain: process.env.GIAOBAN_JITSI_DOMAIN ?? '',
  secret: process.env.GIAOBAN_JITSI_SECRET ?? '',
  issuer: 'giaoban',
  audience: 'jitsi',
  subject: '*',
};

test.skip(settings.domain === '', 'the server is not told of a Jitsi');
test.use({ launchOptions: withDevices });

let briefing: Planned;

test.beforeAll(async ({ house }) => {
  await house.clear();
  briefing = await house.open({
    title: 'Hội nghị kiểm tra đường truyền',
    sites: ['SYT-40', 'SYT-04'],
    items: [{ title: 'Điểm danh', minutes: 10 }],
  });
});

test.afterAll(({ house }) => house.clear());

test('from the start to the signed result, on a phone; the hub sees it', async ({ as, house }) => {
  test.setTimeout(120_000);
  const hub = await as('thuky', { viewport: { width: 1440, height: 900 } });
  await hub.goto(`/briefings/${briefing.id}/sites/${house.site('SYT-40')}/check`);
  await expect(hub.getByText('Chưa có kết quả nào.')).toBeVisible();

  const page = await as('nghean', { ...PHONE, ...ALLOWED });
  await standInForJitsi(page.context(), settings);
  await page.goto(`/briefings/${briefing.id}/sites/${house.site('SYT-40')}`);
  await page.getByRole('link', { name: 'Kiểm tra kỹ thuật' }).click();
  const technician = new Technician(page, 'Trần Văn Kỹ Thuật');
  await technician.goesThrough();
  await expect(technician.step('Kết nối WebRTC')).toContainText('không đo được');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await technician.signs();
  await expect(page.getByText('Điểm cầu sẵn sàng.')).toBeVisible();
  await expectNoViolations(page);

  await expect(hub.getByText('Điểm cầu sẵn sàng.')).toBeVisible();
  const checks = await house.organizer.get<{ items: { steps: Record<string, Record<string, unknown>> }[] }>(
    `/api/briefings/${briefing.id}/endpoints/${house.site('SYT-40')}/checks`,
  );
  const [sent] = checks.items;
  expect(sent?.steps.camera?.device).toContain('fake');
  expect(sent?.steps.line?.upKbitPerS).toBeGreaterThan(2_500);
  expect(sent?.steps.connection?.codecs).toContain('audio/opus');
  expect(sent?.steps.connection).not.toHaveProperty('lossPercent');
});

test('who is refused the camera is told how to allow it, and goes on', async ({ as, house }) => {
  const page = await as('caobang', PHONE);
  await page.goto(`/briefings/${briefing.id}/sites/${house.site('SYT-04')}/check`);
  await page.getByRole('button', { name: 'Bắt đầu kiểm tra' }).click();
  const technician = new Technician(page, 'Không Được Phép');
  await expect(technician.step('Camera')).toContainText('Bị từ chối quyền');
  await expect(page.getByText('Cách cho phép lại')).toBeVisible();
  await expectNoViolations(page);
  await page.getByRole('button', { name: 'Ký và gửi' }).click();
  await expect(page.getByText('Trình duyệt không được dùng camera')).toBeVisible();
  await expect(page.getByText('Không đạt', { exact: true })).toBeVisible();
});

test('a line lost in the middle costs nothing: signed now, sent when it is back, once', async ({
  as,
  house,
}) => {
  test.setTimeout(120_000);
  const page = await as('nghean', { ...PHONE, ...ALLOWED });
  await standInForJitsi(page.context(), settings);
  const path = `/briefings/${briefing.id}/sites/${house.site('SYT-40')}/check`;
  await page.goto(path);
  const before = (await checksOf(house.site('SYT-40'))).length;
  await page.getByRole('button', { name: 'Kiểm tra lại' }).click();
  const technician = new Technician(page, 'Lê Mất Mạng');
  await expect(technician.step('Camera').locator('video')).toBeVisible();
  await page.getByRole('button', { name: 'Thấy hình rõ' }).click();
  await expect(technician.step('Micro')).toContainText('Đạt');
  await page.context().setOffline(true);
  await page.getByRole('button', { name: 'Bỏ qua bước này' }).click();
  await page.getByLabel('Họ tên kỹ thuật viên').fill('Lê Mất Mạng');
  await page.getByRole('button', { name: 'Ký và gửi' }).click();
  await expect(page.getByText('sẽ gửi khi có mạng')).toBeVisible();
  await page.context().setOffline(false);
  await expect(page.getByText('sẽ gửi khi có mạng')).toBeHidden();
  await expect(page.getByText('Lê Mất Mạng ký').first()).toBeVisible();
  const after = await checksOf(house.site('SYT-40'));
  expect(after.length).toBe(before + 1);
});

async function checksOf(site: string): Promise<{ id: string }[]> {
  const program = await Program.signIn('thuky');
  const path = `/api/briefings/${briefing.id}/endpoints/${site}/checks`;
  return (await program.get<{ items: { id: string }[] }>(path)).items;
}
