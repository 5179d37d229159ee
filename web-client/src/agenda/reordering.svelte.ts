import { landing } from './plan';

/** Near the edge of the window the page goes along with the finger. */
const EDGE_PX = 72;
const STEP_PX = 9;

/** A row that is being dragged by its handle, with finger or mouse, and how the others make room for it. */
export class Reordering {
  #id = $state.raw<string>();
  #from = $state.raw(0);
  #by = $state.raw(0);
  #rows = $state.raw<readonly { top: number; height: number }[]>([]);
  readonly #to = $derived(landing(this.#rows, this.#from, this.#by));

  constructor(readonly drop: (id: string, to: number) => void) {}

  get id(): string | undefined {
    return this.#id;
  }

  /** How far the row at a place stands from where it lay. */
  shift(place: number): number {
    if (this.#id === undefined) return 0;
    if (place === this.#from) return this.#by;
    const room = this.#rows[this.#from]?.height ?? 0;
    if (place > this.#from && place <= this.#to) return -room;
    if (place < this.#from && place >= this.#to) return room;
    return 0;
  }

  start(event: PointerEvent, id: string, list: HTMLElement): void {
    if (event.button !== 0) return;
    const handle = event.currentTarget as HTMLElement;
    const rows = [...list.children].map((row) => {
      const { top, height } = row.getBoundingClientRect();
      return { top: top + scrollY, height };
    });
    const row = handle.closest('li');
    const from = row ? [...list.children].indexOf(row) : -1;
    if (from < 0) return;
    event.preventDefault();
    handle.setPointerCapture(event.pointerId);
    handle.focus();
    this.#rows = rows;
    this.#from = from;
    this.#by = 0;
    this.#id = id;

    const begin = event.clientY + scrollY;
    let y = event.clientY;
    const follow = () => (this.#by = y + scrollY - begin);
    let frame = requestAnimationFrame(function along() {
      if (y < EDGE_PX) scrollBy(0, -STEP_PX);
      else if (y > innerHeight - EDGE_PX) scrollBy(0, STEP_PX);
      follow();
      frame = requestAnimationFrame(along);
    });
    const moving = new AbortController();
    const end = (kept: boolean) => {
      moving.abort();
      cancelAnimationFrame(frame);
      const to = this.#to;
      this.#id = undefined;
      if (kept && to !== from) this.drop(id, to);
    };
    const { signal } = moving;
    handle.addEventListener('pointermove', (move) => (y = move.clientY), { signal });
    handle.addEventListener('pointerup', () => (follow(), end(true)), { signal });
    handle.addEventListener('pointercancel', () => end(false), { signal });
    addEventListener('keydown', (key) => key.key === 'Escape' && end(false), { signal });
  }
}
