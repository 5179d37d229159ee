import { expect, it } from 'vitest';
import { sayMissing } from '../src/lib/missing';
import { t } from '../src/lib/text.svelte';

sayMissing(document);

it('complains of an empty field in the words of the page, and of a filled one no more', () => {
  document.body.innerHTML =
    '<form><input required><select required><option value=""></option><option>SYT-40</option></select><button></button></form>';
  const [input, select, button] = ['input', 'select', 'button'].map((name) => document.querySelector(name));
  if (!(input instanceof HTMLInputElement) || !(select instanceof HTMLSelectElement))
    throw new Error('no form');
  input.dispatchEvent(new Event('invalid'));
  select.dispatchEvent(new Event('invalid'));
  expect(input.validationMessage).toBe(t().field.missing);
  expect(select.validationMessage).toBe(t().field.unchosen);

  input.value = 'Nghệ An';
  input.dispatchEvent(new Event('input', { bubbles: true }));
  expect(input.validity.customError).toBe(false);
  select.value = 'SYT-40'; // by the page, without an event
  button?.dispatchEvent(new MouseEvent('click', { bubbles: true }));
  expect(select.validity.customError).toBe(false);
});
