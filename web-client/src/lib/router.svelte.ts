import type { Component } from 'svelte';

/** "/briefings/:briefing/edit" → { briefing: string } */
export type Params<Pattern extends string> = Pattern extends `${string}:${infer Name}/${infer Rest}`
  ? { [K in Name]: string } & Params<`/${Rest}`>
  : Pattern extends `${string}:${infer Name}`
    ? { [K in Name]: string }
    : unknown;

/** One whole page: where it lives and how it is fetched. Screens are fetched when they are first needed. */
export interface Route {
  readonly pattern: string;
  readonly title: () => string;
  /** Screens for the wall or the stage come without header and menu. */
  readonly bare?: boolean;
  // A screen's props are its parameters; `screen()` holds the two together.
  readonly load: () => Promise<{ default: Component<never> }>;
}

/** Declares a route; the screen must take exactly the parameters of the pattern. */
export function screen<Pattern extends string>(
  pattern: Pattern,
  title: () => string,
  load: () => Promise<{ default: Component<Params<Pattern> & Record<never, never>> }>,
  options: { bare?: boolean } = {},
): Route & { readonly pattern: Pattern } {
  return { pattern, title, load: load as Route['load'], ...options };
}

/** Where we are. */
export interface Place {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
  readonly path: string;
}

/** Fills a pattern: `href('/briefings/:briefing', { briefing: id })`. */
export function href<Pattern extends string>(pattern: Pattern, params: Params<Pattern>): string {
  const values = params as Record<string, string>;
  return pattern.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(values[name] ?? ''));
}

/** The parameters of a path in a pattern, or nothing where it does not fit. */
export function match(pattern: string, path: string): Record<string, string> | undefined {
  const want = pattern.split('/');
  const have = path.replace(/(.)\/$/, '$1').split('/');
  if (want.length !== have.length) return undefined;
  const params: Record<string, string> = {};
  for (const [i, part] of want.entries()) {
    const value = have[i] ?? '';
    if (!part.startsWith(':')) {
      if (part !== value) return undefined;
    } else {
      try {
        if (value === '') return undefined;
        params[part.slice(1)] = decodeURIComponent(value);
      } catch {
        return undefined; // a broken % escape is no address of ours
      }
    }
  }
  return params;
}

/** Turns addresses into screens, over the browser's own history: links are plain links. */
export class Router {
  place = $state.raw<Place>() as Place;
  /** Counts navigations, so that the shell can move the focus once the new screen stands. */
  moves = $state.raw(0);

  constructor(
    readonly routes: readonly Route[],
    readonly fallback: Route,
  ) {
    this.place = this.#find(location.pathname);
  }

  /** Listens to links and to the back button; returns the way to stop. */
  start(): () => void {
    const click = (event: MouseEvent) => this.#click(event);
    const back = () => this.#arrive(false);
    document.addEventListener('click', click);
    addEventListener('popstate', back);
    return () => {
      document.removeEventListener('click', click);
      removeEventListener('popstate', back);
    };
  }

  go(to: string, options: { replace?: boolean } = {}): void {
    if (options.replace) history.replaceState(null, '', to);
    else history.pushState(null, '', to);
    this.#arrive(true);
  }

  #arrive(toTop: boolean): void {
    const { pathname } = location;
    if (pathname === this.place.path) return; // only the query or the fragment moved
    this.place = this.#find(pathname);
    this.moves++;
    if (toTop) scrollTo(0, 0);
  }

  #find(path: string): Place {
    for (const route of this.routes) {
      const params = match(route.pattern, path);
      if (params) return { route, params, path };
    }
    return { route: this.fallback, params: {}, path };
  }

  /** A plain press on a link of ours stays in the page; everything else is the browser's. */
  #click(event: MouseEvent): void {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (!link || link.target || link.hasAttribute('download') || link.origin !== location.origin) return;
    if (/^\/(api|live|health|openapi|asyncapi|api-docs)\b/.test(link.pathname)) return;
    if (link.pathname === location.pathname && link.hash) return;
    event.preventDefault();
    if (link.href !== location.href) this.go(link.pathname + link.search + link.hash);
  }
}
