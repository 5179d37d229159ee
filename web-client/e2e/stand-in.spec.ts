import { createHmac } from 'node:crypto';
import { expect, test, type Page } from '@playwright/test';
import {
  expectInRoom,
  expectNoViolations,
  jitsiCommands,
  jitsiTells,
  standInForJitsi,
} from './stand-in/jitsi';

/** The stand-in itself: it lets in what Jitsi lets in, and complains of what Jitsi would refuse or ignore. */
const settings = {
  domain: 'meet.example.vn',
  secret: 'a-secret-of-the-test-with-32-bytes',
  issuer: 'giaoban',
};
const room = 'gb-abcdefghijklmnopqrstuvwxy';

type Claims = Record<string, unknown>;

function token(change: (claims: Claims) => void = () => undefined, secret = settings.secret): string {
  const now = Math.floor(Date.now() / 1000);
  const off = { recording: false, livestreaming: false, transcription: false, 'outbound-call': false };
  const user = { id: 'e37', name: 'Sở Y tế Nghệ An', affiliation: 'member', moderator: false };
  const claims: Claims = {
    ...{ iss: 'giaoban', aud: 'jitsi', sub: '*', room, nbf: now - 60, iat: now, exp: now + 300 },
    context: { user, features: off },
  };
  change(claims);
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

/** Enters as a page would, and tells what came of it: the joined event, or the complaint. */
function enter(page: Page, jwt: string, roomName = room): Promise<unknown> {
  return page.evaluate(
    ([domain, name, given]) =>
      new Promise((resolve) => {
        try {
          const host = globalThis as unknown as {
            JitsiMeetExternalAPI: new (domain: string, options: object) => Record<string, CallableFunction>;
            api: Record<string, CallableFunction>;
          };
          host.api = new host.JitsiMeetExternalAPI(domain, {
            roomName: name,
            jwt: given,
            parentNode: document.body,
          });
          host.api['addListener']?.('videoConferenceJoined', resolve);
          host.api['addListener']?.('errorOccurred', resolve);
        } catch (error) {
          resolve(String(error));
        }
      }),
    [settings.domain, roomName, jwt] as const,
  );
}

function call(page: Page, command: string, ...values: unknown[]): Promise<string> {
  return page.evaluate(
    ([name, given]) => {
      try {
        const host = globalThis as unknown as { api: { executeCommand(n: string, ...v: unknown[]): void } };
        host.api.executeCommand(name, ...given);
        return '';
      } catch (error) {
        return String(error);
      }
    },
    [command, values] as const,
  );
}

test.beforeEach(async ({ context, page }) => {
  await standInForJitsi(context, settings);
  await context.route('http://localhost/page', (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<!doctype html><body><script src="https://${settings.domain}/external_api.js"></script></body>`,
    }),
  );
  await page.goto('http://localhost/page');
});

test('lets in who has a good token, and notes what is done', async ({ page }) => {
  expect(await enter(page, token())).toMatchObject({ roomName: room, displayName: 'Sở Y tế Nghệ An' });
  await expectInRoom(page);
  await expect(page.frameLocator('iframe').getByText('Phòng họp trực tuyến')).toBeVisible();
  expect(await call(page, 'toggleAudio')).toBe('');
  expect(await call(page, 'hangup')).toBe('');
  expect(await jitsiCommands(page)).toEqual([['toggleAudio'], ['hangup']]);
  await jitsiTells(page, 'readyToClose');
  await expectNoViolations(page);
});

const refused: [string, (claims: Claims) => void, RegExp][] = [
  ['another room', (claims) => (claims['room'] = '*'), /claim room/],
  ['a list as audience', (claims) => (claims['aud'] = ['jitsi']), /plain string/],
  ['no end', (claims) => delete claims['exp'], /claim exp/],
  ['a beginning in the future', (claims) => (claims['nbf'] = Date.now() / 1000 + 60), /claim nbf/],
  ['an end far away', (claims) => (claims['exp'] = Math.floor(Date.now() / 1000) + 86_400), /lives too long/],
  ['a moderator as a word', (claims) => (user(claims)['moderator'] = 'true'), /JSON boolean/],
  ['an e-mail', (claims) => (user(claims)['email'] = 'a@example.vn'), /email/],
];

function user(claims: Claims): Claims {
  return (claims['context'] as { user: Claims }).user;
}

for (const [what, change, complaint] of refused)
  test(`complains of a token with ${what}`, async ({ page }) => {
    expect(await enter(page, token(change))).toMatch(complaint);
  });

test('complains of a room name that is not plain, a wrong signature and names that do not exist', async ({
  page,
}) => {
  expect(await enter(page, token(), 'Phòng-A')).toMatch(/lower-case ASCII/);
  expect(await enter(page, token(undefined, 'another secret'))).toMatchObject({ error: { isFatal: true } });
  await enter(page, token());
  expect(await call(page, 'createBreakoutRoom', 'x')).toMatch(/no command createBreakoutRoom/);
  expect(await call(page, 'muteEveryone', 'audio')).toMatch(/for moderators/);
});
