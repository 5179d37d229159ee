/** What is kept in this browser under a name; a browser that keeps nothing is no fault of the page. */
export function keep(name: string, value: unknown): void {
  try {
    if (value === undefined) localStorage.removeItem(name);
    else localStorage.setItem(name, JSON.stringify(value));
  } catch {
    // Then it lasts as long as this page.
  }
}

export function kept(name: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(name) ?? 'null');
  } catch {
    return undefined;
  }
}

export function iso(ms: number): string {
  return new Date(ms).toISOString();
}
