import type { Schema } from '../lib/api';

export type Item = Schema<'Item'>;
export type ItemPatch = Schema<'ItemPatch'>;

/** What an edit would have to send to leave an item as it is. */
export function valuesOf(item: Item): Required<ItemPatch> {
  return {
    title: item.title,
    titleEn: item.titleEn ?? '',
    minutes: item.minutes,
    speaker: item.speaker ?? '',
    endpoint: item.endpoint ?? null,
    visibility: item.visibility,
  };
}

/** What would put an item back where it was: before the one that came next, as far as that is still there. */
export function backTo(item: Item, next: string | undefined): Schema<'NewItem'> {
  const { title, titleEn, minutes, speaker, endpoint, visibility } = item;
  return {
    title,
    minutes,
    visibility,
    ...(titleEn && { titleEn }),
    ...(speaker && { speaker }),
    ...(endpoint && { endpoint }),
    ...(next !== undefined && { before: next }),
  };
}
