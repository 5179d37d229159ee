import { expect, type Locator, type Page } from '@playwright/test';

interface Entry {
  readonly title: string;
  readonly minutes: number;
  readonly seenBy: 'Công chúng' | 'Báo chí' | 'Điểm cầu' | 'Nội bộ';
  /** Whose item it is. */
  readonly site?: string;
}

/** Day and hour in Hà Nội, as the fields of a form want them. */
function hanoi(at: number): { day: string; time: string } {
  const text = new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Asia/Ho_Chi_Minh',
    dateStyle: 'short',
    timeStyle: 'short',
  }).format(at);
  return { day: text.slice(0, 10), time: text.slice(11, 16) };
}

/** The secretary of a briefing at the editor and in the control room. */
export class Organizer {
  constructor(readonly page: Page) {}

  /** A draft, by the form; the editor is there afterwards. */
  async drafts(title: string, startsInMinutes: number): Promise<string> {
    const { page } = this;
    await page.getByRole('navigation').getByRole('link', { name: 'Phiên họp mới' }).click();
    await page.getByLabel('Tên phiên họp').fill(title);
    const { day, time } = hanoi(Date.now() + startsInMinutes * 60_000);
    await page.getByLabel('Ngày').fill(day);
    await page.getByLabel('Bắt đầu', { exact: true }).fill(time);
    await page.getByRole('button', { name: 'Tạo bản nháp' }).click();
    await expect(page).toHaveURL(/\/edit$/);
    await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
    return /briefings\/([^/]+)\/edit/.exec(page.url())?.[1] ?? '';
  }

  async letsSee(audience: string): Promise<void> {
    const { page } = this;
    await page.getByRole('group', { name: 'Ai nhìn thấy?' }).getByText(audience, { exact: true }).click();
    await this.saved();
  }

  async appoints(office: string, typed: string, name: string): Promise<void> {
    await this.#picks(this.page.getByRole('combobox', { name: office, exact: true }), typed, name);
    await this.saved();
  }

  async invites(typed: string, name: string): Promise<void> {
    await this.#picks(this.page.getByRole('combobox', { name: 'Mời điểm cầu' }), typed, name);
    await expect(this.page.getByRole('listitem').filter({ hasText: name })).toBeVisible();
  }

  /** Words are typed without their marks, as people do. */
  async #picks(field: Locator, typed: string, name: string): Promise<void> {
    await field.fill(typed);
    await this.page.getByRole('listbox').getByRole('option', { name }).first().click();
  }

  async adds({ title, minutes, seenBy, site }: Entry): Promise<void> {
    const { page } = this;
    const field = page.getByRole('textbox', { name: 'Thêm nội dung' });
    const form = page.locator('form').filter({ has: field });
    await field.fill(title);
    await form.getByLabel('Phút').fill(String(minutes));
    await form.getByLabel('Ai nhìn thấy').selectOption(seenBy);
    await field.press('Enter');
    const row = page.getByRole('listitem', { name: /^Nội dung \d+$/ }).last();
    await expect(row.getByRole('textbox', { name: 'Nội dung', exact: true })).toHaveValue(title);
    if (site !== undefined) await row.getByLabel('Điểm cầu').selectOption(site);
    await this.saved();
  }

  async schedules(): Promise<void> {
    const { page } = this;
    await page.getByRole('button', { name: 'Lên lịch' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Lên lịch' }).click();
    await expect(
      page.getByRole('list', { name: 'Các bước của phiên họp' }).getByText('Lên lịch'),
    ).toBeVisible();
    await expect(page.getByRole('link', { name: 'Điều hành', exact: true })).toBeVisible();
  }

  /** Every change has been written down. */
  async saved(): Promise<void> {
    await expect(this.page.getByText(/^Đã lưu lúc/)).toBeVisible();
  }

  /** To the control room of the briefing in the editor. */
  async takesTheChair(): Promise<void> {
    await this.page.getByRole('link', { name: 'Điều hành', exact: true }).click();
    await expect(this.page).toHaveURL(/\/control$/);
  }

  async presses(name: string | RegExp): Promise<void> {
    await this.page.getByRole('button', { name }).first().click();
  }

  /** What the control room says is live. */
  get now(): Locator {
    return this.page.getByRole('region', { name: 'Đang diễn ra' }).locator('.title');
  }

  /** Pressed again where it did not count: right after a change the control room takes it for half of a double click. */
  async goesOnTo(title: string): Promise<void> {
    await expect(async () => {
      await this.presses(/^Tiếp theo/);
      await expect(this.now).toHaveText(title, { timeout: 1_500 });
    }).toPass({ intervals: [0] });
  }

  get board(): Locator {
    return this.page.getByRole('region', { name: 'Điểm cầu', exact: true });
  }

  get floor(): Locator {
    return this.page.getByRole('region', { name: 'Đăng ký phát biểu' });
  }

  get agenda(): Locator {
    return this.page.getByRole('region', { name: 'Chương trình' });
  }

  async insertsLate(title: string, minutes: number): Promise<void> {
    const { page } = this;
    await page.getByRole('button', { name: 'Bổ sung mục' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Nội dung').fill(title);
    await dialog.getByLabel('Số phút').fill(String(minutes));
    await dialog.getByRole('button', { name: 'Bổ sung', exact: true }).click();
    await expect(dialog).toBeHidden();
  }

  /** Shows the sites as a list, and one of them. */
  site(name: string): Locator {
    // Its row: an alarm has buttons with its name, too.
    return this.board.locator('button[aria-pressed]').filter({ hasText: name });
  }
}
