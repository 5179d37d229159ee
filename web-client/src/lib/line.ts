import { onDestroy } from 'svelte';
import { glance } from './api';
import type { Audience } from './frames';
import { Live } from './live';
import { session } from './session.svelte';
import type { LiveStream } from './stream.svelte';

/** The one line of this tab. */
export const line = new Live({
  glance: async (path) => {
    const seen = await glance(path);
    // Nobody is told "not here" of what only the signed-in may see.
    if (seen.status === 403 || seen.status === 404) await session.check();
    return seen;
  },
  onSignedOut: () => session.end(),
});

session.onChange(() => line.restart());
session.onEnd(() => line.pause());

/**
 * Follows a stream for as long as the calling component lives: `const briefing = follow<BriefingPicture>(\`briefing/${id}\`)`,
 * then `briefing.view`, `briefing.connection` in the template.
 */
export function follow<V>(name: string, audience?: Audience): LiveStream<V> {
  const stream = line.follow<V>(name, audience);
  onDestroy(() => line.leave(stream));
  return stream;
}
