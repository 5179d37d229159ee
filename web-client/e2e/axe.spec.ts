import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { Busy } from './story/busy';
import type { House } from './story/house';
import { expect, test } from './story/people';

/** Every screen with something on it: WCAG 2.2 A and AA, light and dark, phone and desk; and it fits a phone of 360 px. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

let busy: Busy;
let draft: string;
let closed: string;

test.beforeAll(async ({ house }) => {
  await house.clear();
  const wish = {
    sites: ['SYT-40', 'VPB-HCM'],
    items: [
      { title: 'Khai mạc', minutes: 5 },
      { title: 'Thảo luận', minutes: 70, visibility: 'STAFF' as const },
    ],
  };
  closed = (await house.live({ ...wish, title: 'Giao ban đã xong' })).id;
  await house.organizer.post(`/api/briefings/${closed}/close`);
  draft = (await house.draft({ ...wish, startsIn: 8 * 60, title: 'Giao ban đang soạn' })).id;
  busy = await Busy.begin(house);
});

test.afterAll(async ({ house }) => {
  busy.end();
  await house.clear();
});

async function expectFine(page: Page) {
  for (const width of [390, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
      const found = violations.flatMap(({ id, nodes }) =>
        nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
      );
      expect(found, `${colorScheme}, ${width} px`).toEqual([]);
    }
  }
  await page.setViewportSize({ width: 360, height: 740 });
  // A moment may pass until everything stands in its new place.
  await expect
    .poll(() => page.evaluate(() => document.documentElement.scrollWidth), 'fits 360 px')
    .toBeLessThanOrEqual(360);
}

interface Screen {
  readonly name: string;
  readonly who?: string;
  readonly at: (house: House) => string;
  /** What stands there once the screen is there. */
  readonly seen: string;
}

const running = () => `/briefings/${busy.briefing.id}`;
const screens: Screen[] = [
  { name: 'sign-in', at: () => '/sign-in', seen: 'Tên đăng nhập' },
  { name: 'calendar, week', who: 'thuky', at: () => '/?view=week', seen: 'Giao ban công tác y tế' },
  { name: 'calendar, list', who: 'thuky', at: () => '/?view=list', seen: 'Giao ban công tác y tế' },
  { name: 'calendar, for nobody', at: () => '/', seen: 'Giao ban công tác y tế' },
  { name: 'new briefing', who: 'thuky', at: () => '/briefings/new', seen: 'Tên phiên họp' },
  { name: 'editor', who: 'thuky', at: () => `/briefings/${draft}/edit`, seen: 'Chương trình' },
  { name: 'control room', who: 'thuky', at: () => `${running()}/control`, seen: 'Tin vừa nhận' },
  {
    name: 'site',
    who: 'nghean',
    at: (house) => `${running()}/sites/${house.site('SYT-40')}`,
    seen: 'chuẩn bị phát biểu',
  },
  {
    name: 'technical check',
    who: 'nghean',
    at: (house) => `${running()}/sites/${house.site('SYT-40')}/check`,
    seen: 'Khoảng ba phút',
  },
  { name: 'check rounds', who: 'thuky', at: () => `${running()}/rounds`, seen: 'Lập kế hoạch gọi' },
  { name: 'live', who: 'phongvien', at: running, seen: 'Tình hình khu vực phía Nam' },
  { name: 'live, for nobody, closed', at: () => `/briefings/${closed}`, seen: 'Phiên họp đã bế mạc' },
  { name: 'stage', who: 'thuky', at: () => `${running()}/stage`, seen: 'Tình hình khu vực phía Nam' },
  { name: 'report', who: 'thuky', at: () => `/briefings/${closed}/report`, seen: 'Khai mạc' },
  { name: 'not found', at: () => '/khong/co', seen: 'Không tìm thấy trang' },
];

for (const { name, who, at, seen } of screens)
  test(`${name} is accessible in every dress, and fits a small phone`, async ({ house, as }) => {
    const page = await as(who);
    await page.goto(at(house));
    await expect(page.locator('main').getByText(seen).filter({ visible: true }).first()).toBeVisible();
    await expectFine(page);
  });
