import config from './playwright.config';

/** How quick the board is in a real browser; `src/giaoban bench board` starts what it looks at. */
export default {
  ...config,
  testDir: 'e2e/bench',
  testMatch: '*.ts',
  timeout: 150_000,
  reporter: [['line']] as const,
};
