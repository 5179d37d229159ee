import type { Schema } from '../lib/api';
import type { AgendaPicture } from '../lib/picture';
import { t, titled } from '../lib/text.svelte';
import { announce } from '../ui/announcer.svelte';
import { whenChanged } from '../ui/changes.svelte';

/** Says to screen readers when the briefing opens, begins, is put off or closed. */
export function sayStatus(status: () => Schema<'Status'> | undefined): void {
  whenChanged(status, (now) => {
    if (now) announce(t().standing.changed(t().status[now]), 'status');
  });
}

/** Says to screen readers which item has begun; `began` may say it in its own way. */
export function sayItem(agenda: () => AgendaPicture | undefined, began?: (item: string) => boolean): void {
  whenChanged(
    () => agenda()?.live,
    (id) => {
      const item = id === undefined ? undefined : agenda()?.items[id];
      if (id === undefined || !item || began?.(id)) return;
      announce(t().programme.begun(titled(item)), 'item');
    },
  );
}
