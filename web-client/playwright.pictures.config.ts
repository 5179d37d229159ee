import { withDevices } from './e2e/story/technician';
import base from './playwright.config';

const environment = process.env as Record<string, string>;

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
    // A camera and a microphone that are none: the technical check has something to show.
    // Native fields speak the language of the browser: Debian has it in chromium-l10n.
    launchOptions: { ...withDevices, env: { ...environment, LANGUAGE: 'vi' } },
  },
};
