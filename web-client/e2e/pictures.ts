import { mkdir, writeFile } from 'node:fs/promises';
import { setTimeout as passes } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { Country } from './story/country';
import type { House, Item, Planned } from './story/house';
import { expect, test } from './story/people';
import { withPalette } from './story/png';
import { Program } from './story/program';
import { ALLOWED, Technician } from './story/technician';

/** The pictures of the README, from a running demo with fresh data. They show time that has passed, so it takes some. */
const DESK = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };
const TABLET = { width: 1024, height: 900 };
const GOOD_LINE = { seconds: 5, roundTripMs: 30, jitterMs: 10, stalls: 0 };
const WEAK_LINE = { seconds: 5, roundTripMs: 900, jitterMs: 60, stalls: 1 };
const SECOND = 1_000;
const DAY = 86_400_000;

const ITEMS: Item[] = [
  { title: 'Điểm danh, thông qua chương trình', minutes: 1, visibility: 'PUBLIC', speaker: 'Trần Thị Ví Dụ' },
  {
    title: 'Tình hình dịch bệnh và dự báo',
    minutes: 15,
    visibility: 'PUBLIC',
    speaker: 'Hoàng Thị Minh Họa',
  },
  { title: 'Điểm báo và thông tin bất cập', minutes: 10, visibility: 'STAFF', speaker: 'Lê Hư Cấu' },
  { title: 'Tham luận: Nghệ An', minutes: 10, visibility: 'PUBLIC', endpoint: 'SYT-40' },
  { title: 'Tham luận: Cao Bằng', minutes: 10, visibility: 'SITE', endpoint: 'SYT-04' },
  { title: 'Tham luận: TP. Hồ Chí Minh', minutes: 10, visibility: 'PUBLIC', endpoint: 'SYT-79' },
  { title: 'Trao đổi, giải đáp', minutes: 20, visibility: 'PRESS', speaker: 'Bùi Giả Định' },
  { title: 'Kết luận', minutes: 15, visibility: 'PUBLIC', speaker: 'Nguyễn Văn Mẫu' },
];

/** Planned for now and opened: by itself, or by hand where that is quicker. */
async function begin(
  house: House,
  country: Country,
  title: string,
  items: Item[],
  minutes: number,
): Promise<Planned> {
  const sites = country.sites.map(({ code }) => code);
  const more = {
    secretary: await house.person('Lý Thị Bản Nháp'),
    operator: await house.person('Đỗ Thử Nghiệm'),
    expectedDelegates: 120,
  };
  const planned = await house.draft({ title, items, minutes, sites, startsIn: 0.4, more });
  await house.schedule(planned.id);
  const status = () => house.organizer.get<{ status: string }>(`/api/briefings/${planned.id}`);
  await house.organizer.post(`/api/briefings/${planned.id}/open`).catch(() => undefined);
  await expect.poll(async () => (await status()).status).toBe('OPEN');
  return planned;
}

async function picture(page: Page, name: string): Promise<void> {
  await page.mouse.move(0, 0);
  await page.evaluate(() => document.fonts.ready);
  await writeFile(`pictures/${name}.png`, withPalette(await page.screenshot()));
}

let country: Country;

test.beforeAll(async ({ house }) => {
  await mkdir('pictures', { recursive: true });
  await house.clear();
  country = await Country.muster(house);
});
test.afterAll(() => country?.end());

test('check: a site tests itself on a phone', async ({ as, house }) => {
  const { id } = await house.draft({
    title: 'Hội nghị trực tuyến với các Sở Y tế',
    startsIn: 180,
    sites: ['SYT-40'],
    items: [{ title: 'Khai mạc', minutes: 10 }],
  });
  await house.schedule(id);
  const phone = await as('nghean', { viewport: PHONE, ...ALLOWED });
  const technician = new Technician(phone, 'Trần Văn Kỹ Thuật');
  await phone.goto(`/briefings/${id}/sites/${house.site('SYT-40')}/check`);
  await phone.getByRole('button', { name: 'Bắt đầu kiểm tra' }).click();
  await phone.getByRole('button', { name: 'Thấy hình rõ' }).click();
  await expect(technician.step('Micro')).toContainText('Đạt');
  await phone.getByRole('button', { name: 'Phát âm thử' }).click();
  await phone.getByRole('button', { name: 'Nghe rõ' }).click();
  await expect(technician.step('Đường truyền')).toContainText('Tốc độ lên', { timeout: 60_000 });
  await technician.step('Micro').evaluate((step) => step.scrollIntoView({ block: 'start' }));
  await picture(phone, 'check');
});

test('report: a short briefing, run in real time', async ({ as, house }) => {
  const { organizer } = house;
  const control = await as('thuky', { viewport: DESK });
  const short: Item[] = [
    { title: 'Điểm danh', minutes: 1, speaker: 'Trần Thị Ví Dụ' },
    { title: 'Báo cáo nhanh ca trực đêm', minutes: 1, speaker: 'Bùi Giả Định' },
    { title: 'Nghệ An: nhu cầu vắc xin', minutes: 1, endpoint: 'SYT-40' },
    { title: 'Kết luận', minutes: 1, speaker: 'Nguyễn Văn Mẫu' },
  ];
  const { id, items } = await begin(house, country, 'Giao ban nhanh đầu giờ với các Sở Y tế', short, 4);
  const path = `/api/briefings/${id}`;
  await country.joins(id, ['SYT-11', 'SYT-96']);
  await organizer.post(`${path}/start`);
  await organizer.post(`${path}/agenda/${items[0]}/start`);
  const request = await country.asks(id, 'SYT-40', 'Nhu cầu vắc xin quý tới');
  await passes(58 * SECOND);
  await organizer.post(`${path}/agenda/${items[1]}/start`);
  country.loses('SYT-04');
  await organizer.post(`${path}/floor/${request}/give`);
  await passes(45 * SECOND);
  await organizer.post(`${path}/floor/${request}/take`);
  await passes(45 * SECOND);
  await organizer.post(`${path}/agenda/${items[2]}/skip`);
  await organizer.post(`${path}/agenda/${items[3]}/start`);
  await passes(20 * SECOND);
  await organizer.post(`${path}/close`);
  await control.goto(`/briefings/${id}/report`);
  await expect(control.getByText(/^[0-9a-f]{64}$/)).toBeVisible();
  await picture(control, 'report');
  await control.goto(`/sites/${house.site('SYT-04')}/passport`);
  await expect(control.getByText(/^Mất từ/).first()).toBeVisible();
  await picture(control, 'passport');
});

test('a briefing in full swing, and the plan', async ({ as, house }) => {
  const { organizer } = house;
  const control = await as('thuky', { viewport: DESK });
  const { id, items } = await begin(
    house,
    country,
    'Giao ban trực tuyến với 34 Sở Y tế về phòng, chống dịch bệnh mùa đông - xuân',
    ITEMS,
    90,
  );
  const path = `/api/briefings/${id}`;
  const nghean = await Program.signIn('nghean');
  const site = house.site('SYT-40');

  await test.step('a briefing in full swing', async () => {
    await country.joins(id, ['SYT-40', 'SYT-11', 'SYT-96']);
    await nghean.post(`${path}/endpoints/${site}/join`);
    await organizer.post(`${path}/start`);
    await organizer.post(`${path}/agenda/${items[0]}/start`);
    for (const [name, title] of [
      ['Phan Thị Mẫu Đơn', 'Giám đốc'],
      ['Cao Vĩ Mẫu', 'Giám đốc CDC'],
      ['Hồ Thí Dụ', 'Chánh Văn phòng'],
    ])
      await nghean.post(`${path}/endpoints/${site}/delegates`, { name, title });
    await passes(55 * SECOND);
    await organizer.post(`${path}/agenda/${items[1]}/start`);
    const first = await country.asks(id, 'SYT-24', 'Thiếu hóa chất xét nghiệm');
    await country.asks(id, 'SYT-04', 'Trực y tế vùng cao dịp lễ');
    await country.asks(id, 'SYT-79', 'Điều phối giường hồi sức');
    await organizer.post(`${path}/floor/${first}/give`);
    await organizer.put(`${path}/line`, { text: 'còn 5 phút' });
    await organizer.put(`${path}/endpoints/${site}/line`, { text: 'chuẩn bị phát biểu' });
    country.loses('SYT-14');
  });

  const page = await as('nghean', { viewport: PHONE });
  await page.goto(`/briefings/${id}/sites/${site}`);
  await expect(page.getByText('chuẩn bị phát biểu')).toBeVisible();
  await picture(page, 'site');

  await test.step('control', async () => {
    await control.goto(`/briefings/${id}/control`);
    await expect(control.getByText('Thiếu hóa chất xét nghiệm')).toBeVisible();
    await expect(control.getByRole('button', { name: /Sơn La.*Mất kết nối/ })).toBeVisible();
    await expect(control.getByRole('button', { name: /Nghệ An.*Đã kết nối/ })).toBeVisible();
    await picture(control, 'control');
  });

  await test.step('rollcall', async () => {
    await organizer.post(`${path}/roll-calls`, { seconds: 60 });
    for (const [code, result] of [
      ['BYT', 'PRESENT'],
      ['VPB-HCM', 'PRESENT'],
      ['SYT-01', 'PRESENT'],
      ['SYT-04', 'NO_ANSWER'],
    ] as const)
      await organizer.post(`${path}/roll-calls/mark`, { endpoint: house.site(code), result });
    await control.goto(`/briefings/${id}/control`);
    await expect(control.getByRole('heading', { level: 1 })).toBeVisible();
    await control.keyboard.press('r');
    await expect(control.getByRole('dialog', { name: 'Điểm danh' }).locator('.name')).toBeVisible();
    await picture(control, 'rollcall');
    await organizer.post(`${path}/roll-calls/stop`);
  });

  await test.step('board', async () => {
    const tablet = await as('thuky', { viewport: TABLET });
    const at = (code: string) => `${path}/endpoints/${house.site(code)}`;
    const operator = (code: string) => country.site(code).operator;
    await operator('SYT-20').post(`${at('SYT-20')}/help`, {
      reason: 'SOUND',
      text: 'Không nghe được điểm cầu trung tâm',
    });
    await operator('SYT-22').post(`${at('SYT-22')}/help`, { reason: 'PICTURE' });
    await organizer.post(`${at('SYT-22')}/support`);
    await organizer.put(`${at('SYT-12')}/phone`, { number: '0213 000 012' });
    for (let n = 0; n < 4; n++) {
      await operator('SYT-24').post(`${at('SYT-24')}/quality`, GOOD_LINE);
      await operator('SYT-08').post(`${at('SYT-08')}/quality`, WEAK_LINE);
      await passes(5 * SECOND);
    }
    await tablet.goto(`/briefings/${id}/control`);
    await tablet.getByRole('button', { name: /Bắc Ninh.*Đã kết nối/ }).click();
    await expect(tablet.getByRole('img', { name: /tốt/ })).toBeVisible();
    await picture(tablet, 'board');
  });

  await test.step('registry', async () => {
    await control.goto(`/registry?site=${site}`);
    await expect(control.getByRole('article', { name: 'Sở Y tế tỉnh Nghệ An' })).toBeVisible();
    await picture(control, 'registry');
  });

  await test.step('live', async () => {
    const live = await as('phongvien', { viewport: PHONE });
    await live.goto(`/briefings/${id}`);
    await live.getByRole('button', { name: 'Theo dõi: Tham luận: Nghệ An' }).click();
    await live.evaluate(() => scrollTo(0, 0));
    await picture(live, 'live');
  });

  await test.step('stage', async () => {
    await control.goto(`/briefings/${id}/stage`);
    await expect(control.getByRole('region', { name: 'Lời nhắc' })).toContainText('còn 5 phút');
    await picture(control, 'stage');
  });

  await test.step('calendar', async () => {
    // Where today is a Sunday, the week that begins tomorrow has more to show.
    const day = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Ho_Chi_Minh' }).format(
      Date.now() + 2 * DAY,
    );
    await control.goto(`/?week=${day}`);
    await expect(control.getByRole('link', { name: 'Vào bàn điều hành' })).toBeVisible();
    await expect(control.getByRole('link', { name: /^Họp báo định kỳ/ })).toBeVisible();
    await picture(control, 'calendar');
  });

  await test.step('editor', async () => {
    const { items: conferences } = await organizer.get<{ items: { id: string; kind: string }[] }>(
      '/api/briefings?status=SCHEDULED',
    );
    const conference = conferences.find(({ kind }) => kind === 'ONLINE_CONFERENCE');
    const copy = await organizer.post<{ id: string }>(`/api/briefings/${conference?.id}/copy`, {});
    await control.goto(`/briefings/${copy.id}/edit`);
    await expect(control.getByRole('textbox', { name: 'Nội dung', exact: true }).first()).toBeVisible();
    await picture(control, 'editor');
  });

  await organizer.post(`${path}/close`);
});
