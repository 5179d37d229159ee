import { expect, type Locator, type Page } from '@playwright/test';

/** A browser whose camera shows a moving picture and whose microphone beeps. */
export const withDevices = {
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
};

export const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true };
export const TABLET = { viewport: { width: 1024, height: 768 }, hasTouch: true };
/** What who has said yes to the browser's question has. */
export const ALLOWED = { permissions: ['camera', 'microphone'] };

/** Somebody at a site, in front of the technical check. */
export class Technician {
  constructor(
    readonly page: Page,
    readonly name: string,
  ) {}

  step(name: string): Locator {
    return this.page
      .getByRole('listitem')
      .filter({ has: this.page.getByRole('heading', { level: 3, name }) });
  }

  /** From the first press to the end of the line's measurement. */
  async goesThrough(): Promise<void> {
    const { page } = this;
    await page.getByRole('button', { name: 'Bắt đầu kiểm tra' }).click();
    await expect(this.step('Camera').locator('video')).toBeVisible();
    await page.getByRole('button', { name: 'Thấy hình rõ' }).click();
    await expect(this.step('Micro')).toContainText('Đạt');
    await page.getByRole('button', { name: 'Phát âm thử' }).click();
    await page.getByRole('button', { name: 'Nghe rõ' }).click();
    await expect(this.step('Kết nối WebRTC')).toContainText('Đạt', { timeout: 30_000 });
    await expect(this.step('Đường truyền')).toContainText('Tốc độ lên', { timeout: 45_000 });
    await expect(this.step('Phòng họp trực tuyến')).toContainText('Đạt');
  }

  /** By name; the server has it. */
  async signs(): Promise<void> {
    const { page } = this;
    await page.getByLabel('Họ tên kỹ thuật viên').fill(this.name);
    await page.getByRole('button', { name: 'Ký và gửi' }).click();
    await expect(page.getByText(`${this.name} ký`).first()).toBeVisible();
  }
}
