import { language } from '../lib/text.svelte';

/** The title in the reader's language, as far as there is one. */
export function titleOf(card: { readonly title: string; readonly titleEn?: string | undefined }): string {
  return language() === 'en' && card.titleEn ? card.titleEn : card.title;
}
