import { api, ask, type Schema } from '../lib/api';

export type Endpoint = Schema<'Endpoint'>;

/** Endpoints by name, code or province; a few are enough to pick from. */
export async function findEndpoints(words: string, signal: AbortSignal): Promise<readonly Endpoint[]> {
  const query = { limit: 12, ...(words && { q: words }) };
  return (await ask(api.GET('/api/endpoints', { params: { query }, signal }))).items;
}

/** A directory of thousands of communes is not read whole; the departments stand near its beginning. */
const PAGES = 5;

/** The endpoints of all provincial departments. */
export async function departments(): Promise<readonly Endpoint[]> {
  const found: Endpoint[] = [];
  let after: string | undefined;
  for (let page = 0; page < PAGES; page++) {
    const query = { limit: 200, ...(after !== undefined && { after }) };
    const { items, next } = await ask(api.GET('/api/endpoints', { params: { query } }));
    const some = items.filter(({ kind }) => kind === 'DEPARTMENT');
    found.push(...some);
    if (next === undefined || (found.length > 0 && some.length === 0)) break;
    after = next;
  }
  return found;
}

/** The number by which the registry says that a site can be reached; nothing where it has none or may not be asked. */
export async function fallbackPhone(endpoint: string): Promise<string | undefined> {
  try {
    return (await ask(api.GET('/api/endpoints/{endpoint}', { params: { path: { endpoint } } })))
      .fallbackPhone;
  } catch {
    return undefined;
  }
}
