import type { ConferencePicture } from '../lib/picture';
import { t } from '../lib/text.svelte';

type Server = NonNullable<ConferencePicture['health']>['servers'][number];

/** `jvb-2` is the second video bridge; of what there is one only it has no number. */
export function called(server: string): { kind: string; number: string | undefined } {
  const [kind = server, number] = server.split('-');
  return { kind: t().conference.kind[kind] ?? kind, number };
}

export function words(server: Server): string {
  const { kind, number } = called(server.server);
  return t().conference.server(kind, number, t().conference.state[server.state]);
}

/** Those that are not well, in words; empty where all are. */
export function troubles(servers: readonly Server[]): string {
  return servers
    .filter((server) => server.state !== 'OK')
    .map(words)
    .join(', ');
}

export function names(servers: readonly string[]): string {
  return servers
    .map((server) => {
      const { kind, number } = called(server);
      return number === undefined ? kind : `${kind} ${number}`;
    })
    .join(', ');
}
