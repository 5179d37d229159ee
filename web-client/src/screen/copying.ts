import { api, ask, newIntention } from '../lib/api';
import { dateTime } from '../lib/format';
import { Problem } from '../lib/problem';
import { href } from '../lib/router.svelte';
import { t } from '../lib/text.svelte';
import { editor, router } from '../routes';
import { toast } from '../ui/toast.svelte';

let busy = false;

/** One press: a new draft with the same plan, agenda and invitations, and over to its editor. */
export async function copyOf(briefing: string): Promise<void> {
  if (busy) return; // a second press is the same wish
  busy = true;
  try {
    const draft = await ask(
      api.POST('/api/briefings/{briefing}/copy', {
        params: { path: { briefing }, header: newIntention() },
        body: {},
      }),
    );
    toast(t().calendar.copied(dateTime(draft.plannedStart, draft.zone)), 'good');
    router.go(href(editor.pattern, { briefing: draft.id }));
  } catch (cause) {
    toast(Problem.of(cause).message, 'bad');
  } finally {
    busy = false;
  }
}
