import { describe, expect, it } from 'vitest';
import { paperDate } from '../src/sitelist/paper';

describe('the date of a paper', () => {
  it('has a nought before days below ten and before January and February alone', () => {
    expect(paperDate('2026-02-09')).toEqual(['2026', '02', '09']);
    expect(paperDate('2026-03-09')).toEqual(['2026', '3', '09']);
    expect(paperDate('2026-11-22')).toEqual(['2026', '11', '22']);
  });
});
