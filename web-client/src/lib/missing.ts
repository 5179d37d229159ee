import { t } from './text.svelte';

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

const isControl = (target: unknown): target is Control =>
  target instanceof HTMLInputElement ||
  target instanceof HTMLSelectElement ||
  target instanceof HTMLTextAreaElement;

/**
 * What is left empty is complained of by the browser, in the browser's language: here it is said in the page's.
 * Taken back before every new try, so that a field filled by the page itself does not stay wrong.
 */
export function sayMissing(root: Document): void {
  root.addEventListener(
    'invalid',
    ({ target }) => {
      if (!isControl(target) || !target.validity.valueMissing) return;
      const words = t().field;
      target.setCustomValidity(target instanceof HTMLSelectElement ? words.unchosen : words.missing);
    },
    true,
  );
  root.addEventListener('input', ({ target }) => isControl(target) && target.setCustomValidity(''), true);
  root.addEventListener(
    'click',
    ({ target }) => {
      const button = target instanceof Element ? target.closest('button') : null;
      if (button?.type !== 'submit') return;
      for (const control of button.form?.elements ?? [])
        if (isControl(control)) control.setCustomValidity('');
    },
    true,
  );
}
