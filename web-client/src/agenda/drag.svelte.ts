import { gapAt, placeInGap } from './rows';

/** This close to the edge of the list it scrolls under the carried row. */
const EDGE = 32;

/** A row being carried by its grip: which one, and over which gap between the rows. */
export class Drag {
  id = $state<string>();
  gap = $state<number>();

  constructor(
    readonly list: () => HTMLElement,
    readonly drop: (id: string, to: number) => void,
  ) {}

  start(event: PointerEvent, id: string, from: number): void {
    if (event.button !== 0 || !(event.currentTarget instanceof HTMLElement)) return;
    const grip = event.currentTarget;
    grip.setPointerCapture(event.pointerId);
    const move = ({ clientY }: PointerEvent) => {
      this.id = id;
      this.#scroll(clientY);
      this.gap = gapAt(
        [...this.list().children].map((row) => row.getBoundingClientRect()),
        clientY,
      );
    };
    const end = ({ type }: PointerEvent) => {
      grip.removeEventListener('pointermove', move);
      grip.removeEventListener('pointerup', end);
      grip.removeEventListener('pointercancel', end);
      if (type === 'pointerup' && this.gap !== undefined) this.drop(id, placeInGap(from, this.gap));
      this.id = this.gap = undefined;
    };
    grip.addEventListener('pointermove', move);
    grip.addEventListener('pointerup', end);
    grip.addEventListener('pointercancel', end);
  }

  #scroll(y: number): void {
    const frame = this.list().parentElement;
    if (!frame || frame.scrollHeight <= frame.clientHeight) return;
    const { top, bottom } = frame.getBoundingClientRect();
    if (y < top + EDGE) frame.scrollTop -= EDGE / 2;
    else if (y > bottom - EDGE) frame.scrollTop += EDGE / 2;
  }
}
