import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { plain } from '../src/lib/format';
import Combobox from '../src/ui/Combobox.svelte';

const names = ['Đà Nẵng', 'Đắk Lắk', 'Điện Biên', 'Đồng Nai'];

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

describe('combobox', () => {
  it('waits for a rest, shows what the newest question found, and picks by keyboard', async () => {
    const search = vi.fn((words: string) =>
      Promise.resolve(names.filter((name) => plain(name).includes(plain(words)))),
    );
    const onpick = vi.fn();
    render(Combobox<string>, { label: 'Điểm cầu', search, key: String, name: String, onpick });
    const input = screen.getByRole<HTMLInputElement>('combobox', { name: 'Điểm cầu' });

    await fireEvent.input(input, { target: { value: 'd' } });
    await fireEvent.input(input, { target: { value: 'da' } });
    await vi.advanceTimersByTimeAsync(200);
    expect(search.mock.calls.map(([words]) => words)).toEqual(['da']);
    expect(screen.getAllByRole('option').map((option) => option.textContent.trim())).toEqual([
      'Đà Nẵng',
      'Đắk Lắk',
    ]);

    await fireEvent.keyDown(input, { key: 'ArrowDown' });
    expect(screen.getAllByRole('option')[1]?.getAttribute('aria-selected')).toBe('true');
    await fireEvent.keyDown(input, { key: 'Enter' });
    expect(onpick).toHaveBeenCalledExactlyOnceWith('Đắk Lắk');
    expect(input.value).toBe('Đắk Lắk');
    expect(screen.queryAllByRole('option')).toEqual([]);
  });

  it('says when there is nothing, and Escape gives the old value back', async () => {
    const search = () => Promise.resolve([]);
    render(Combobox<string>, { label: 'Điểm cầu', search, key: String, name: String, value: 'Huế' });
    const input = screen.getByRole<HTMLInputElement>('combobox');
    await fireEvent.input(input, { target: { value: 'xyz' } });
    await vi.advanceTimersByTimeAsync(200);
    expect(screen.getByRole('status').textContent).toContain('Không có kết quả');
    await fireEvent.keyDown(input, { key: 'Escape' });
    expect(input.value).toBe('Huế');
  });
});
