import { api, ask, probe } from '../lib/api';
import { LineWatch } from './lineWatch';

/** Watches this page's line while `on` holds, and tells the centre how it is. For a site's own page. */
export function watchLine(briefing: string, endpoint: string, on: () => boolean): void {
  const watch = new LineWatch({
    now: () => performance.now(),
    sample: probe,
    report: (seconds, measured) =>
      ask(
        api.POST('/api/briefings/{briefing}/endpoints/{endpoint}/quality', {
          params: { path: { briefing, endpoint } },
          body: { seconds, ...measured },
        }),
      ),
  });
  $effect(() => {
    if (!on()) return;
    watch.start();
    return () => watch.stop();
  });
}
