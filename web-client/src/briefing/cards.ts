import type { Schema } from '../lib/api';
import type { CardPicture } from '../lib/picture';

/** What a calendar shows of a briefing, and as whom the reader sees it. */
export interface Card extends CardPicture {
  readonly id: string;
  readonly audience: Schema<'BriefingCard'>['audience'];
  /** The reader's own endpoints that are invited. */
  readonly endpoints?: readonly string[];
}

/** One stream that carries cards: the public calendar, an organisation's, or a site's own. */
export interface Source {
  readonly audience: Card['audience'];
  readonly endpoint?: string;
  readonly cards: Readonly<Record<string, CardPicture>> | undefined;
}

/**
 * The cards that were read once, with what the streams have said since. A stream's card replaces all facts of the one that
 * was read; who the reader is to it stays, or becomes what the nearest stream makes of them.
 */
export function merged(read: readonly Card[], sources: readonly Source[]): Map<string, Card> {
  const all = new Map(read.map((card) => [card.id, card]));
  for (const { audience, endpoint, cards } of sources) {
    for (const [id, picture] of Object.entries(cards ?? {})) {
      const known = all.get(id);
      const endpoints = [...new Set([...(known?.endpoints ?? []), ...(endpoint ? [endpoint] : [])])];
      all.set(id, {
        ...picture,
        id,
        audience: wider(known?.audience, audience),
        ...(endpoints.length > 0 && { endpoints }),
      });
    }
  }
  return all;
}

/** The ids that a set of streams has; when one comes or goes, what was read once is no longer the whole. */
export function ids(sources: readonly Source[]): string[] {
  return [...new Set(sources.flatMap(({ cards }) => Object.keys(cards ?? {})))].sort();
}

const widths: readonly Card['audience'][] = ['public', 'press', 'site', 'staff'];

function wider(a: Card['audience'] | undefined, b: Card['audience']): Card['audience'] {
  return a !== undefined && widths.indexOf(a) > widths.indexOf(b) ? a : b;
}

/** Its doors are open: here belongs who takes part. */
export function isRunning(card: CardPicture): boolean {
  return card.status === 'OPEN' || card.status === 'LIVE';
}

/** Nothing of it lies ahead any more. */
export function isOver(card: CardPicture, now: number): boolean {
  if (card.status === 'CLOSED' || card.status === 'CANCELLED') return true;
  return !isRunning(card) && Date.parse(card.plannedEnd) <= now;
}

/** What runs now, and otherwise what comes next: never a draft, of which only its planners know. */
export function onTop(cards: Iterable<Card>, now: number): { running: Card[]; next: Card | undefined } {
  const sorted = [...cards].sort((a, b) => Date.parse(a.plannedStart) - Date.parse(b.plannedStart));
  return {
    running: sorted.filter(isRunning),
    next: sorted.find((card) => card.status === 'SCHEDULED' && Date.parse(card.plannedEnd) > now),
  };
}
