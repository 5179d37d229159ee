import { api, ask, type Schema } from '../lib/api';

export type Site = Schema<'Endpoint'>;

/** Endpoints that have not ended, by name, code or province. */
export async function findSites(words: string, signal: AbortSignal): Promise<readonly Site[]> {
  const query = { limit: 12, ...(words && { q: words }) };
  return (await ask(api.GET('/api/endpoints', { params: { query }, signal }))).items;
}
