import type { RollCallPicture } from '../lib/picture';
import type { Calls } from './calls';

/** Where Enter and Space belong to what has the focus. */
const PRESSABLE = 'button, input';

/** What the keys of a roll call do, as it stands at the moment. */
export class Desk {
  /** Asked whether it is really to end. */
  sure = $state(false);

  constructor(
    readonly calls: Calls,
    readonly now: () => RollCallPicture | undefined,
    readonly may: () => boolean,
  ) {}

  get running(): boolean {
    const call = this.now();
    return call !== undefined && call.status !== 'ENDED';
  }

  /** A key of the keyboard, or the button that shows it. */
  key(key: string): boolean {
    if (!this.may() || !this.running) return false;
    const act = this.#acts[key.length === 1 ? key.toLowerCase() : key];
    if (!act) return false;
    if (this.sure && key !== 'Enter' && key !== ' ') this.sure = false;
    act();
    return true;
  }

  press(event: KeyboardEvent): void {
    const target = event.target as HTMLElement;
    if (event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
    if (target.closest('input')) return;
    if ((event.key === 'Enter' || event.key === ' ') && target.closest(PRESSABLE)) return;
    if (this.key(event.key)) event.preventDefault();
  }

  yes(): void {
    const status = this.now()?.status;
    if (this.sure) {
      this.sure = false;
      void this.calls.turn('stop');
    } else if (status === 'PAUSED' || status === 'ROUND_OVER') void this.calls.turn('resume');
    else this.#mark('PRESENT');
  }

  readonly #acts: Readonly<Record<string, () => void>> = {
    Enter: () => this.yes(),
    ' ': () => this.yes(),
    n: () => this.#mark('NO_ANSWER'),
    s: () => this.#mark('SKIPPED'),
    b: () => void this.calls.turn('back'),
    ArrowLeft: () => void this.calls.turn('back'),
    p: () => void this.calls.turn(this.now()?.status === 'PAUSED' ? 'resume' : 'pause'),
    x: () => (this.sure = true),
  };

  #mark(result: 'PRESENT' | 'NO_ANSWER' | 'SKIPPED'): void {
    const current = this.now()?.current;
    if (current) void this.calls.mark(current.endpoint, result);
  }
}
