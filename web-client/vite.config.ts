import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

const server = process.env.GIAOBAN_URL ?? 'http://127.0.0.1:8080';
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; " +
  "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export default defineConfig({
  plugins: [svelte()],
  // Svelte picks its server build under vitest unless told that this is a browser.
  ...(process.env.VITEST ? { resolve: { conditions: ['browser'] } } : {}),
  build: {
    outDir: 'dist',
    target: 'es2022',
    // The content security policy of the server allows nothing in line: no data: fonts, no inline polyfill.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    host: '127.0.0.1',
    port: 5173,
    // The host stays ours, so that the server sees a page and a command of one origin.
    proxy: {
      '/api': { target: server },
      '/live': { target: server, ws: true },
      '/measure': { target: server, ws: true },
    },
  },
  // The same policy as the server's, so that a browser story fails on whatever the policy would refuse.
  preview: { host: '127.0.0.1', port: 4173, headers: { 'Content-Security-Policy': policy } },
  test: {
    environment: 'happy-dom',
    include: ['test/**/*.test.ts'],
  },
});
