import { onDestroy } from 'svelte';
import { SvelteSet } from 'svelte/reactivity';

/** One key and what it does, as the overview shows it. */
export interface Shortcut {
  /** "n", "ArrowRight", "Ctrl+Enter" */
  readonly key: string;
  readonly label: () => string;
  readonly act: () => void;
}

const KEY = 'giaoban.shortcuts';

/** The keys that work at the moment. Who dictates or uses single keys otherwise can switch them off. */
class Shortcuts {
  readonly known = new SvelteSet<Shortcut>();
  overview = $state(false);
  enabled = $state(remembered());

  enable(enabled: boolean): void {
    this.enabled = enabled;
    try {
      localStorage.setItem(KEY, enabled ? 'on' : 'off');
    } catch {
      // storage may be forbidden: then the choice lasts as long as the page
    }
  }

  press(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing || event.altKey || event.metaKey) return;
    if (!event.ctrlKey && (!this.enabled || isTyping(event.target))) return;
    if (document.querySelector('dialog[open]')) return;
    if ((event.key === ' ' || event.key === 'Enter') && isPressable(event.target)) return;
    // With caps lock on a letter is still that key.
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const pressed = `${event.ctrlKey ? 'Ctrl+' : ''}${key}`;
    if (pressed === '?') {
      this.overview = true;
      event.preventDefault();
      return;
    }
    for (const shortcut of this.known) {
      if (shortcut.key !== pressed || event.repeat) continue;
      event.preventDefault();
      shortcut.act();
      return;
    }
  }
}

export const shortcuts = new Shortcuts();

/** A key for as long as the calling component lives. The label is a function, so that it follows the language. */
export function shortcut(key: string, label: () => string, act: () => void): void {
  const one = { key, label, act };
  shortcuts.known.add(one);
  onDestroy(() => shortcuts.known.delete(one));
}

/** Space and Enter belong to what has the focus: they press it, or scroll it. */
function isPressable(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest('button, a[href], summary, input, label, [tabindex="0"]') !== null
  );
}

/** While somebody writes Vietnamese, letters are letters. */
function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.closest('input:not([type=checkbox]):not([type=radio]), textarea, select, [role=combobox]') !==
        null)
  );
}

function remembered(): boolean {
  try {
    return localStorage.getItem(KEY) !== 'off';
  } catch {
    return true;
  }
}
