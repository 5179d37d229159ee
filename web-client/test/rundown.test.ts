import { describe, expect, it } from 'vitest';
import json from '../../src/test/resources/rundown-vectors.json';
import { rundown, type Rundown, type RundownAgenda } from '../src/lib/rundown';

interface Vector {
  name: string;
  now: string;
  agenda: RundownAgenda;
  expect: Omit<Rundown, 'live' | 'next'> & { live?: string; next?: string };
}

const vectors = json as unknown as Vector[];

describe('rundown, as the server computes it', () => {
  it.each(vectors.map((vector) => [vector.name, vector] as const))(
    '%s',
    (_, { agenda, now, expect: wanted }) => {
      expect(rundown(agenda, Date.parse(now))).toEqual({ live: undefined, next: undefined, ...wanted });
    },
  );
});
