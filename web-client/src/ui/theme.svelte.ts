export type Theme = 'system' | 'light' | 'dark';

/** Also read before the first paint, by `public/first.js`. */
const KEY = 'giaoban.theme';

let chosen = $state<Theme>(remembered());

export function theme(): Theme {
  return chosen;
}

export function setTheme(next: Theme): void {
  chosen = next;
  if (next === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = next;
  try {
    localStorage.setItem(KEY, next);
  } catch {
    // storage may be forbidden: then the choice lasts as long as the page
  }
}

function remembered(): Theme {
  const { theme } = document.documentElement.dataset;
  return theme === 'light' || theme === 'dark' ? theme : 'system';
}
