import { describe, expect, it } from 'vitest';
import { href, match } from '../src/lib/router.svelte';

describe('addresses', () => {
  it('fit their pattern', () => {
    expect(match('/', '/')).toEqual({});
    expect(match('/briefings/:briefing', '/briefings/7f')).toEqual({ briefing: '7f' });
    expect(match('/briefings/:briefing', '/briefings/7f/')).toEqual({ briefing: '7f' });
    expect(match('/briefings/:briefing/sites/:endpoint', '/briefings/7f/sites/e1')).toEqual({
      briefing: '7f',
      endpoint: 'e1',
    });
  });

  it('do not fit another, and broken ones fit none', () => {
    expect(match('/briefings/:briefing', '/briefings')).toBeUndefined();
    expect(match('/briefings/:briefing', '/briefings/')).toBeUndefined();
    expect(match('/briefings/:briefing', '/briefings/7f/edit')).toBeUndefined();
    expect(match('/briefings/:briefing', '/briefings/%E0%A4%A')).toBeUndefined();
  });

  it('are made from parameters, safely', () => {
    expect(href('/briefings/:briefing/edit', { briefing: 'a/b' })).toBe('/briefings/a%2Fb/edit');
    // @ts-expect-error the parameter is missing
    href('/briefings/:briefing/edit', {});
  });
});
