import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

export default {
  preprocess: vitePreprocess(),
  // Runes everywhere: a component that falls back to the old reactivity is an error, not a surprise.
  compilerOptions: { runes: true },
};
