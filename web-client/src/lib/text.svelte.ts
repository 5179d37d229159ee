import { en } from './text.en';
import { vi } from './text.vi';

/** The shape of the Vietnamese dictionary with every text widened, so that the English one must match it key by key. */
export type Dictionary = Shape<typeof vi>;
type Shape<T> = {
  [K in keyof T]: T[K] extends string | ((...args: never) => string) ? Widen<T[K]> : Shape<T[K]>;
};
type Widen<T> = T extends string ? string : T;

export type Language = 'vi' | 'en';

const dictionaries: Record<Language, Dictionary> = { vi, en };
const KEY = 'giaoban.language';

let chosen = $state<Language>(remembered());

/** The words in the reader's language: `{t().signIn.title}`. In a template it follows the switch. */
export function t(): Dictionary {
  return dictionaries[chosen];
}

export function language(): Language {
  return chosen;
}

export function speak(next: Language): void {
  chosen = next;
  document.documentElement.lang = next;
  try {
    localStorage.setItem(KEY, next);
  } catch {
    // storage may be forbidden: then the choice lasts as long as the page
  }
}

function remembered(): Language {
  try {
    return localStorage.getItem(KEY) === 'en' ? 'en' : 'vi';
  } catch {
    return 'vi';
  }
}

/** The title in the reader's language, where it has one. */
export function titled(thing: { readonly title: string; readonly titleEn?: string | undefined }): string {
  return (chosen === 'en' && thing.titleEn) || thing.title;
}
