import { expect, type Locator, type Page } from '@playwright/test';

/** Whether the element with the focus shows it. */
function focusShows(): boolean {
  const here = document.activeElement;
  if (!here || here === document.body) return true; // at the edge of the page the browser's own frame has it
  const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(here);
  const outlined = outlineStyle !== 'none' && parseFloat(outlineWidth) > 0;
  return outlined || boxShadow !== 'none';
}

/** Somebody without a mouse. Every stop on the way must be seen. */
export class Keyboard {
  static readonly #FARTHEST = 120;

  constructor(readonly page: Page) {}

  press(key: string): Promise<void> {
    return this.page.keyboard.press(key);
  }

  type(text: string): Promise<void> {
    return this.page.keyboard.type(text);
  }

  /** Tab after Tab until it is reached; backwards where that is shorter. */
  async goTo(target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
    await expect(target).toBeVisible();
    const unseen: string[] = [];
    for (let stops = 0; stops < Keyboard.#FARTHEST; stops++) {
      await this.press(key);
      if (!(await this.page.evaluate(focusShows)))
        unseen.push(await this.page.evaluate(() => document.activeElement?.outerHTML.slice(0, 160) ?? ''));
      if (await target.evaluate((element) => element === document.activeElement)) {
        expect(unseen, 'every stop shows that it has the focus').toEqual([]);
        return;
      }
    }
    throw new Error(`${target.toString()} is not reached by ${key}`);
  }

  /** There by Tab, and pressed. */
  async enter(target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
    await this.goTo(target, key);
    await this.press('Enter');
  }
}
