import type { Page } from '@playwright/test';
import type { Planned } from './story/house';
import { Program } from './story/program';
import { expect, test } from './story/people';
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
test.use({
  launchOptions: {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--use-fake-device-for-media-stream',
    ],
  },
});

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true };
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

const step = (page: Page, name: string) =>
  page.getByRole('listitem').filter({ has: page.getByRole('heading', { level: 3, name }) });

/** From the page of the site to the end of the line's measurement. */
async function goThrough(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Bắt đầu kiểm tra' }).click();
  await expect(step(page, 'Camera').locator('video')).toBeVisible();
  await page.getByRole('button', { name: 'Thấy hình rõ' }).click();
  await expect(step(page, 'Micro')).toContainText('Đạt');
  await page.getByRole('button', { name: 'Phát âm thử' }).click();
  await page.getByRole('button', { name: 'Nghe rõ' }).click();
  await expect(step(page, 'Kết nối WebRTC')).toContainText('Đạt', { timeout: 30_000 });
  await expect(step(page, 'Đường truyền')).toContainText('Tốc độ lên', { timeout: 45_000 });
  await expect(step(page, 'Phòng họp trực tuyến')).toContainText('Đạt');
}

test('from the start to the signed result, on a phone; the hub sees it', async ({ as, house }) => {
  test.setTimeout(120_000);
  const hub = await as('thuky', { viewport: { width: 1440, height: 900 } });
  await hub.goto(`/briefings/${briefing.id}/sites/${house.site('SYT-40')}/check`);
  await expect(hub.getByText('Chưa có kết quả nào.')).toBeVisible();

  const page = await as('nghean', { ...PHONE, permissions: ['camera', 'microphone'] });
  await standInForJitsi(page.context(), settings);
  await page.goto(`/briefings/${briefing.id}/sites/${house.site('SYT-40')}`);
  await page.getByRole('link', { name: 'Kiểm tra kỹ thuật' }).click();
  await goThrough(page);
  await expect(step(page, 'Kết nối WebRTC')).toContainText('không đo được');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await page.getByLabel('Họ tên kỹ thuật viên').fill('Trần Văn Kỹ Thuật');
  await page.getByRole('button', { name: 'Ký và gửi' }).click();
  await expect(page.getByText('Điểm cầu sẵn sàng.')).toBeVisible();
  await expect(page.getByText('Trần Văn Kỹ Thuật ký').first()).toBeVisible();
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
  await expect(step(page, 'Camera')).toContainText('Bị từ chối quyền');
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
  const page = await as('nghean', { ...PHONE, permissions: ['camera', 'microphone'] });
  await standInForJitsi(page.context(), settings);
  const path = `/briefings/${briefing.id}/sites/${house.site('SYT-40')}/check`;
  await page.goto(path);
  const before = (await checksOf(house.site('SYT-40'))).length;
  await page.getByRole('button', { name: 'Kiểm tra lại' }).click();
  await expect(step(page, 'Camera').locator('video')).toBeVisible();
  await page.getByRole('button', { name: 'Thấy hình rõ' }).click();
  await expect(step(page, 'Micro')).toContainText('Đạt');
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
