import type { Card } from '../briefing/cards';
import { href } from '../lib/router.svelte';
import { session } from '../lib/session.svelte';
import { t } from '../lib/text.svelte';
import { control, editor, live, report, site, stage, waves } from '../routes';
import type { IconName } from '../ui/icons';
import type { Item } from '../ui/MenuItem.svelte';

/** Somewhere to go, and what the button there says. */
export interface Way {
  readonly href: string;
  readonly label: string;
  readonly icon: IconName;
}

/** Plans it: sees all of it, and is an organizer. The server has the last word. */
export function plans(card: Card): boolean {
  return card.audience === 'staff' && session.has('ORGANIZER', 'ADMINISTRATOR');
}

/** The one way that fits this reader and the state of things. */
export function mainWay(card: Card): Way {
  const briefing = card.id;
  const words = t().calendar;
  const endpoint = card.endpoints?.[0];
  if (card.audience === 'staff') {
    if (card.status === 'OPEN' || card.status === 'LIVE')
      return { href: href(control.pattern, { briefing }), label: words.toControl, icon: 'play' };
    if (card.status === 'CLOSED')
      return { href: href(report.pattern, { briefing }), label: words.toReport, icon: 'check' };
    return { href: href(editor.pattern, { briefing }), label: words.toEditor, icon: 'edit' };
  }
  if (endpoint !== undefined && card.status !== 'CLOSED' && card.status !== 'CANCELLED')
    return { href: href(site.pattern, { briefing, endpoint }), label: words.toSite, icon: 'people' };
  return { href: href(live.pattern, { briefing }), label: words.toLive, icon: 'eye' };
}

/** Everything else that can be done with it. */
export function menu(card: Card, copy: (card: Card) => void): Item[] {
  const briefing = card.id;
  const words = t().calendar;
  if (card.audience !== 'staff') return [];
  const known = card.status !== 'DRAFT';
  const runs = card.status === 'SCHEDULED' || card.status === 'OPEN' || card.status === 'LIVE';
  return [
    { label: t().action.edit, icon: 'edit', href: href(editor.pattern, { briefing }) },
    ...(plans(card) ? [{ label: t().action.copy, icon: 'copy', act: () => copy(card) } as const] : []),
    ...(runs
      ? [
          { label: t().wave.screen, icon: 'tools', href: href(waves.pattern, { briefing }) } as const,
          { label: words.control, icon: 'play', href: href(control.pattern, { briefing }) } as const,
          { label: words.stage, icon: 'display', href: href(stage.pattern, { briefing }) } as const,
        ]
      : []),
    ...(card.status === 'CLOSED' || card.status === 'LIVE'
      ? [{ label: words.report, icon: 'check', href: href(report.pattern, { briefing }) } as const]
      : []),
    ...(known ? [{ label: words.follow, icon: 'eye', href: href(live.pattern, { briefing }) } as const] : []),
  ];
}
