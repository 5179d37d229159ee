import { api, ask, type Schema } from '../lib/api';

export type PersonRef = Schema<'PersonRef'>;

/** Persons by name, any spelling of the tones; a few are enough to pick from. */
export async function findPeople(words: string, signal: AbortSignal): Promise<readonly PersonRef[]> {
  const query = { limit: 12, ...(words && { q: words }) };
  return (await ask(api.GET('/api/people', { params: { query }, signal }))).items;
}
