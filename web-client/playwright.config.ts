import { defineConfig } from '@playwright/test';

/** Browser stories. GIAOBAN_URL names a running server; without it the built client alone is served. */
const url = process.env.GIAOBAN_URL ?? 'http://127.0.0.1:4173';

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  workers: 1,
  timeout: 60_000,
  // Waiting costs nothing when nothing is slow: a busy machine must not turn a story red.
  expect: { timeout: 15_000 },
  reporter: [['list']],
  use: {
    baseURL: url,
    actionTimeout: 15_000,
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  ...(process.env.GIAOBAN_URL
    ? {}
    : {
        testMatch: ['shell.spec.ts', 'stand-in.spec.ts'], // the others need what only a server has
        webServer: { command: 'npm run preview', url, reuseExistingServer: true },
      }),
});
