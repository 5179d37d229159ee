import { t } from '../../lib/text.svelte';
import { shortcut } from '../../ui/shortcuts.svelte';

/** What the keys of the control room do. */
export interface Keys {
  next(): void;
  give(): void;
  take(): void;
  toLive(): void;
  line(): void;
  search(): void;
  call(): void;
}

export function controlKeys(keys: Keys): void {
  shortcut(
    'r',
    () => t().rollCall.key,
    () => keys.call(),
  );
  const label = (name: Exclude<keyof Keys, 'call'>) => () => t().control.key[name];
  shortcut('n', label('next'), () => keys.next());
  shortcut(' ', label('next'), () => keys.next());
  shortcut('g', label('give'), () => keys.give());
  shortcut('f', label('take'), () => keys.take());
  shortcut('j', label('toLive'), () => keys.toLive());
  shortcut('l', label('line'), () => keys.line());
  shortcut('/', label('search'), () => keys.search());
}
