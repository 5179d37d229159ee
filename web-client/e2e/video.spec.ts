import type { Page } from '@playwright/test';
import { Program } from './story/program';
import type { Planned } from './story/house';
import { expect, test } from './story/people';
import { expectInRoom, expectNoViolations, standInForJitsi, type JitsiSettings } from './stand-in/jitsi';

/** The video room of a briefing: the server mints what Jitsi asks for, and the pages use it as Jitsi allows. */
const settings: JitsiSettings = {
  domain: process.env.GIAOBAN_JITSI_DOMAIN ?? '',
  secret: process.env.GIAOBAN_JITSI_SECRET ?? '',
  issuer: 'giaoban',
  audience: 'jitsi',
  subject: '*',
};

test.skip(settings.domain === '', 'the server is not told of a Jitsi');

let briefing: Planned;

test.beforeAll(async ({ house }) => {
  await house.clear();
  briefing = await house.open({
    title: 'Giao ban có phòng video',
    sites: ['SYT-40'],
    items: [{ title: 'Điểm danh', minutes: 10 }],
  });
  const site = await Program.signIn('nghean');
  await site.post(`/api/briefings/${briefing.id}/endpoints/${house.site('SYT-40')}/join`);
});

test.afterAll(({ house }) => house.clear());

/** In, by one press; what the page gave to Jitsi comes back: the claims of its token. */
async function enterRoom(page: Page, path: string): Promise<Claims> {
  await standInForJitsi(page.context(), settings);
  const entered = page.waitForResponse((answer) => answer.url().endsWith('/video'));
  await page.goto(path);
  const { token, room } = (await (await entered).json()) as { token: string; room: string };
  expect(room).toMatch(/^[a-z0-9-]{20,}$/);
  await page.getByRole('button', { name: 'Vào phòng video' }).click();
  await expectInRoom(page);
  const frame = page.locator('iframe[title="Phòng họp video"]');
  await expect(frame).toBeVisible();
  await expect(frame).toHaveAttribute('src', `https://${settings.domain}/${room}`);
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Claims;
}

const microphoneOff = (page: Page) =>
  page.evaluate(() => {
    const story = globalThis as unknown as {
      jitsiStandIn: { frames: { isAudioMuted(): Promise<boolean> }[] };
    };
    return story.jitsiStandIn.frames[0]?.isAudioMuted();
  });

interface Claims {
  readonly room: string;
  readonly exp: number;
  readonly nbf: number;
  readonly context: { readonly user: { readonly moderator: boolean; readonly name: string } };
}

test('the control room enters as moderator, a site as a member, in one room', async ({ as, house }) => {
  const control = await as('thuky', { viewport: { width: 1440, height: 900 } });
  const host = await enterRoom(control, `/briefings/${briefing.id}/control`);
  expect(host.context.user.moderator).toBe(true);

  const site = await as('nghean');
  const guest = await enterRoom(site, `/briefings/${briefing.id}/sites/${house.site('SYT-40')}`);
  expect(guest.context.user).toMatchObject({ moderator: false, name: house.siteName('SYT-40') });
  expect(guest.room).toBe(host.room);
  expect(guest.exp - Date.now() / 1000).toBeLessThanOrEqual(5 * 60);
  // Nobody is heard before he wants to be.
  expect(await microphoneOff(control)).toBe(true);
  expect(await microphoneOff(site)).toBe(true);

  await expectNoViolations(control);
  await expectNoViolations(site);
});
