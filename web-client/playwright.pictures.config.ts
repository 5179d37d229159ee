import base from './playwright.config';

const environment = process.env as Record<string, string>;
const { launchOptions } = base.use ?? {};

/** `npm run pictures`: not a test, but the same browser and the same house; makes what the README shows. */
export default {
  ...base,
  testMatch: 'pictures.ts',
  timeout: 600_000,
  use: {
    ...base.use,
    trace: 'off',
    screenshot: 'off',
    colorScheme: 'light',
    contextOptions: { reducedMotion: 'reduce' },
    // Native fields speak the language of the browser: Debian has it in chromium-l10n.
    launchOptions: { ...launchOptions, env: { ...environment, LANGUAGE: 'vi' } },
  },
};
