import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

const rooms = [
  'briefing',
  'agenda',
  'bridge',
  'attendance',
  'floor',
  'press',
  'people',
  'directory',
  'check',
  'reply',
  'rollcall',
  'sitelist',
  'passport',
  'wave',
  'relay',
];

/** The import table of the house: who may know whom. `allowed` are folders of src; a room always knows itself. */
function mayImport(folder, allowed) {
  const others = allowed.length === 0 ? '^\\.\\./' : `^\\.\\./(?!(${allowed.join('|')})/)`;
  return {
    files: [`src/${folder}/**/*.{ts,svelte}`],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { regex: others, message: `src/${folder} may import only ${[...allowed, 'itself'].join(', ')}.` },
          ],
        },
      ],
    },
  };
}

const onlyLib = 'Only src/lib talks to the server: use lib/api and lib/live.';

export default ts.config(
  { ignores: ['dist/', 'test-results/', 'playwright-report/', 'src/lib/api.d.ts'] },
  js.configs.recommended,
  ...ts.configs.strict,
  ...svelte.configs.recommended,
  {
    languageOptions: { globals: { ...globals.browser, ...globals.node } },
    rules: {
      'no-undef': 'off', // TypeScript knows better
      'no-console': 'error',
      eqeqeq: ['error', 'always'],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'], svelteConfig } },
    rules: {
      'svelte/no-at-html-tags': 'error',
      'no-restricted-syntax': [
        'error',
        {
          selector: 'SvelteAttribute[key.name="style"]',
          message: 'The content security policy refuses style="…"; style:name={…} goes through the CSSOM.',
        },
      ],
      'svelte/no-navigation-without-resolve': 'off', // SvelteKit's
      'max-lines': ['warn', { max: 150, skipBlankLines: true }],
    },
  },
  {
    files: ['src/**/*.{ts,svelte}'],
    ignores: ['src/lib/**'],
    rules: {
      'no-restricted-globals': [
        'error',
        ...['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest'].map((name) => ({
          name,
          message: onlyLib,
        })),
      ],
    },
  },
  mayImport('lib', []),
  // The words of each room stand in a folder of their own and take the dictionary's type.
  { files: ['src/lib/text/**/*.ts'], rules: { 'no-restricted-imports': 'off' } },
  mayImport('ui', ['lib', 'style']),
  ...rooms.map((room) => mayImport(room, ['lib', 'ui', 'style'])),
  prettier,
  ...svelte.configs.prettier,
);
