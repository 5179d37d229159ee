import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { Program } from './story/program';
import type { Planned } from './story/house';
import { expect, test } from './story/people';
import {
  expectInRoom,
  expectNoViolations,
  jitsiCommands,
  jitsiOthers,
  standInForJitsi,
  type JitsiSettings,
} from './stand-in/jitsi';

/** The conference obeys the control room, and what its frame alone sees reaches everybody whom it concerns. */
const settings: JitsiSettings = {
  domain: process.env.GIAOBAN_JITSI_DOMAIN ?? '',
  secret: process.env.GIAOBAN_JITSI_SECRET ?? '',
  issuer: 'giaoban',
  audience: 'jitsi',
  subject: '*',
};

test.skip(settings.domain === '', 'the server is not told of a Jitsi');

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

let briefing: Planned;
const sites = ['SYT-40', 'SYT-04'];

test.beforeEach(async ({ house }) => {
  await house.clear();
  briefing = await house.live({
    title: 'Giao ban có phòng họp video',
    sites,
    items: [{ title: 'Điểm danh', minutes: 10 }],
  });
  for (const [who, site] of [
    ['nghean', 'SYT-40'],
    ['caobang', 'SYT-04'],
  ] as const) {
    const program = await Program.signIn(who);
    await program.post(`/api/briefings/${briefing.id}/endpoints/${house.site(site)}/join`);
  }
});

test.afterAll(({ house }) => house.clear());

async function controlRoom(as: (who: string, options?: object) => Promise<Page>): Promise<Page> {
  const control = await as('thuky', { viewport: { width: 1440, height: 900 } });
  await standInForJitsi(control.context(), settings);
  await control.goto(`/briefings/${briefing.id}/control`);
  await control.getByRole('button', { name: 'Vào phòng video' }).click();
  await expectInRoom(control);
  return control;
}

test('a hand in the frame waits in the queue of every page; given the floor it is pinned', async ({
  as,
  house,
}) => {
  const control = await controlRoom(as);
  const site = await as('nghean');
  await site.goto(`/briefings/${briefing.id}/sites/${house.site('SYT-40')}`);
  const name = house.siteName('SYT-40');

  await jitsiOthers(control, 'enter', { id: 'aaaa0001', displayName: name, user: house.site('SYT-40') });
  await jitsiOthers(control, 'enter', { id: 'bbbb0002', displayName: 'x', user: house.site('SYT-04') });
  await expect(control.getByText('Trong phòng: 3')).toBeVisible();
  await jitsiOthers(control, 'hand', 'aaaa0001', 1_764_550_800_000);
  const queue = control.locator('.pane.floor');
  await expect(queue.getByRole('listitem').filter({ hasText: name })).toBeVisible();
  await expect(site.getByText('Giơ tay')).toBeVisible();

  await expect(queue.getByRole('button', { name: `Mời ${name}` })).toBeVisible();
  await control.keyboard.press('g'); // the frame has not taken the keyboard
  await expect.poll(() => jitsiCommands(control)).toContainEqual(['pinParticipant', 'aaaa0001']);
  await queue.getByRole('button', { name: 'Kết thúc lượt' }).click();
  await expect.poll(() => jitsiCommands(control)).toContainEqual(['pinParticipant', null]);
  await jitsiOthers(control, 'hand', 'aaaa0001', 0);
  await expect(site.getByText('Giơ tay')).toHaveCount(0);
  await expectNoViolations(control);
});

test('everybody is muted, one is asked to unmute, nobody is opened from afar', async ({ as, house }) => {
  const control = await controlRoom(as);
  const name = house.siteName('SYT-40');
  await jitsiOthers(control, 'enter', { id: 'aaaa0001', displayName: name, user: house.site('SYT-40') });
  await jitsiOthers(control, 'enter', { id: 'bbbb0002', displayName: 'x', user: house.site('SYT-04') });
  await jitsiOthers(control, 'mute', 'aaaa0001', 'audio', false);
  await jitsiOthers(control, 'mute', 'bbbb0002', 'audio', false);
  await expect(control.getByText('2 đang mở micro')).toBeVisible();
  await control.getByRole('button', { name: 'Tắt mọi micro' }).click();
  await expect(control.getByText('không ai mở micro')).toBeVisible();

  await control.getByRole('button', { name: 'Trong phòng: 3' }).click();
  const acts = control.getByRole('group', { name: `Việc với ${name}` });
  await acts.getByRole('button', { name: 'Mời bật micro' }).click();
  await expect.poll(() => jitsiCommands(control)).toContainEqual(['askToUnmute', 'aaaa0001']);
  await expect(acts.getByRole('button', { name: 'Mời bật micro' })).toBeVisible(); // still muted

  const { violations } = await new AxeBuilder({ page: control }).exclude('iframe').withTags(RULES).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);

  await acts.getByRole('button', { name: 'Nhắn riêng' }).click();
  await control.getByRole('textbox', { name: 'Lời nhắn' }).fill('Xin tăng âm lượng');
  await control.getByRole('textbox', { name: 'Lời nhắn' }).press('Enter');
  await expect
    .poll(() => jitsiCommands(control))
    .toContainEqual(['sendChatMessage', 'Xin tăng âm lượng', 'aaaa0001', true]);

  await acts.getByRole('button', { name: 'Đưa ra khỏi phòng' }).click();
  await control.getByRole('alertdialog').getByRole('button', { name: 'Đưa ra' }).click();
  await expect(control.getByRole('heading', { name: 'Trong phòng: 2' })).toBeVisible();
  await expectNoViolations(control);
});

test('who knocks is let in, and that it is recorded everybody reads', async ({ as }) => {
  const control = await controlRoom(as);
  const anybody = await as();
  await anybody.goto(`/briefings/${briefing.id}`);
  await expect(anybody.getByRole('heading', { level: 1 })).toHaveText('Giao ban có phòng họp video');

  await control.getByRole('button', { name: 'Việc khác trong phòng video' }).click();
  await control.getByRole('menuitem', { name: 'Bật phòng chờ' }).click();
  await jitsiOthers(control, 'knock', 'cccc0003', 'Khách mời');
  await control.getByRole('button', { name: 'Cho vào Khách mời' }).click();
  await expect(control.getByText('Trong phòng: 2')).toBeVisible();
  await expect(control.getByText('1 đang chờ ở cửa')).toHaveCount(0);

  await control.getByRole('button', { name: 'Ghi hình', exact: true }).click();
  await expect(anybody.getByText('Đang ghi hình')).toHaveCount(0);
  await control.getByRole('alertdialog').getByRole('button', { name: 'Ghi hình' }).click();
  await expect(anybody.getByText('Đang ghi hình')).toBeVisible();
  await expect(control.getByText('Đang ghi hình')).toBeVisible();
  await control.getByRole('button', { name: 'Dừng ghi hình' }).click();
  await control.getByRole('alertdialog').getByRole('button', { name: 'Dừng ghi hình' }).click();
  await expect(anybody.getByText('Đang ghi hình')).toHaveCount(0);

  await control.getByRole('button', { name: 'Việc khác trong phòng video' }).click();
  await control.getByRole('menuitem', { name: 'Kết thúc cuộc gọi của mọi người' }).click();
  await control.getByRole('alertdialog').getByRole('button', { name: 'Kết thúc cuộc gọi' }).click();
  await expect(control.getByText('Bạn đã rời phòng video.')).toBeVisible();
  expect(await jitsiCommands(control)).toContainEqual(['endConference']);
  await expectNoViolations(control);
});

test('a lobby opens by itself when the briefing begins: who waits is in, unless it was told not to', async ({
  as,
  house,
}) => {
  for (const byItself of [true, false]) {
    await house.clear();
    briefing = await house.open({
      title: 'Giao ban có phòng chờ',
      sites,
      items: [{ title: 'Điểm danh', minutes: 10 }],
    });
    const control = await controlRoom(as);
    const more = control.getByRole('button', { name: 'Việc khác trong phòng video' });
    const choose = async (name: string) => {
      await more.click();
      await control.getByRole('menuitem', { name }).or(control.getByRole('menuitemradio', { name })).click();
    };
    await choose('Bật phòng chờ');
    if (!byItself) await choose('Tự mở phòng chờ khi đến giờ');
    await jitsiOthers(control, 'knock', 'cccc0003', house.siteName('SYT-04'));
    await expect(control.getByText(house.siteName('SYT-04')).first()).toBeVisible();
    expect(await jitsiCommands(control)).not.toContainEqual(['toggleLobby', false]);
    // Somebody else begins it, anywhere.
    await house.organizer.post(`/api/briefings/${briefing.id}/start`);
    await expect(control.getByText('Đang họp').first()).toBeVisible();
    const opened = () => jitsiCommands(control);
    if (byItself) {
      await expect.poll(opened).toContainEqual(['answerKnockingParticipant', 'cccc0003', true]);
      await expect.poll(opened).toContainEqual(['toggleLobby', false]);
      await expect(control.getByText('Trong phòng: 2')).toBeVisible();
    } else {
      expect(await opened()).not.toContainEqual(['toggleLobby', false]);
      await expect(control.getByText('Trong phòng: 1')).toBeVisible();
    }
    await expectNoViolations(control);
    await control.context().close();
  }
});
