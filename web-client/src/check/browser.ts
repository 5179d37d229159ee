import type { Schema } from '../lib/api';

/** In the order in which they must be looked for: each of the later ones also calls itself by an earlier name. */
const NAMES: readonly (readonly [RegExp, string])[] = [
  [/EdgA?\/([\d.]+)/, 'Edge'],
  [/coc_coc_browser\/([\d.]+)/, 'Cốc Cốc'],
  [/OPR\/([\d.]+)/, 'Opera'],
  [/SamsungBrowser\/([\d.]+)/, 'Samsung Internet'],
  [/(?:Firefox|FxiOS)\/([\d.]+)/, 'Firefox'],
  [/(?:Chrome|CriOS|HeadlessChrome)\/([\d.]+)/, 'Chrome'],
  [/Version\/([\d.]+).*Safari/, 'Safari'],
];
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/Android/, 'Android'],
  [/iPhone|iPad|iPod/, 'iOS'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/CrOS/, 'ChromeOS'],
  [/Linux/, 'Linux'],
];

/** What somebody on the phone asks first: which browser, on what. */
export function browserOf(agent: string): Schema<'CheckBrowser'> {
  const found = NAMES.map(([pattern, name]) => ({ name, version: pattern.exec(agent)?.[1] })).find(
    ({ version }) => version !== undefined,
  );
  const system = SYSTEMS.find(([pattern]) => pattern.test(agent))?.[1];
  return {
    ...(found && { name: found.name, version: (found.version ?? '').slice(0, 50) }),
    ...(system !== undefined && { system }),
    agent: agent.slice(0, 500),
  };
}

/** Which browser's way of giving devices back is explained. */
export type Permitting = 'chrome' | 'firefox' | 'safari' | 'other';

export function permitting(agent: string): Permitting {
  const { name, system } = browserOf(agent);
  if (system === 'iOS' || name === 'Safari') return 'safari';
  if (name === 'Firefox') return 'firefox';
  return name === undefined ? 'other' : 'chrome';
}
