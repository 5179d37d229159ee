import { CHECK_PATH } from './lib/check';
import { Router, screen } from './lib/router.svelte';
import { session } from './lib/session.svelte';
import { t } from './lib/text.svelte';

/** Every address of the client on one screen. */
export const calendar = screen(
  '/',
  () => t().screen.calendar,
  () => import('./screen/Calendar.svelte'),
);
export const signIn = screen(
  '/sign-in',
  () => t().screen.signIn,
  () => import('./screen/SignIn.svelte'),
);
export const newBriefing = screen(
  '/briefings/new',
  () => t().screen.newBriefing,
  () => import('./screen/NewBriefing.svelte'),
);
export const live = screen(
  '/briefings/:briefing',
  () => t().screen.live,
  () => import('./screen/Live.svelte'),
);
export const editor = screen(
  '/briefings/:briefing/edit',
  () => t().screen.editor,
  () => import('./screen/Editor.svelte'),
);
export const control = screen(
  '/briefings/:briefing/control',
  () => t().screen.control,
  () => import('./screen/Control.svelte'),
);
export const site = screen(
  '/briefings/:briefing/sites/:endpoint',
  () => t().screen.site,
  () => import('./screen/Site.svelte'),
);
export const check = screen(
  CHECK_PATH,
  () => t().check.screen,
  () => import('./screen/Check.svelte'),
);
export const waves = screen(
  '/briefings/:briefing/rounds',
  () => t().wave.screen,
  () => import('./screen/Waves.svelte'),
);
export const stage = screen(
  '/briefings/:briefing/stage',
  () => t().screen.stage,
  () => import('./screen/Stage.svelte'),
  { bare: true },
);
export const report = screen(
  '/briefings/:briefing/report',
  () => t().screen.report,
  () => import('./screen/Report.svelte'),
);
export const registry = screen(
  '/registry',
  () => t().registry.title,
  () => import('./screen/Registry.svelte'),
);
export const siteList = screen(
  '/briefings/:briefing/sites',
  () => t().siteList.title,
  () => import('./screen/SiteList.svelte'),
);
export const passport = screen(
  '/sites/:endpoint/passport',
  () => t().passport.title,
  () => import('./screen/Passport.svelte'),
);
const notFound = screen(
  '*',
  () => t().screen.notFound,
  () => import('./screen/NotFound.svelte'),
);

export const router = new Router(
  [
    calendar,
    signIn,
    newBriefing,
    live,
    editor,
    control,
    site,
    check,
    waves,
    stage,
    report,
    registry,
    siteList,
    passport,
  ],
  notFound,
);

/** What the header offers to whoever is signed in. */
export function ways() {
  return [
    calendar,
    ...(session.has('ORGANIZER', 'ADMINISTRATOR') ? [newBriefing] : []),
    ...(session.has('ORGANIZER', 'ADMINISTRATOR', 'CHAIR', 'SITE_OPERATOR') ? [registry] : []),
  ];
}

/** To the sign-in, and afterwards back to where one is now. */
export function signInHref(): string {
  const { route, path } = router.place;
  return route === signIn || path === '/'
    ? signIn.pattern
    : `${signIn.pattern}?back=${encodeURIComponent(path)}`;
}
