import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { api, ask, askTagged, glance, ifMatch, newIntention, onSignedOut } from '../src/lib/api';
import { Problem } from '../src/lib/problem';
import { speak } from '../src/lib/text.svelte';

/** The network: takes the request, gives the answer. */
let network: (request: Request) => Response | Promise<Response>;
let asked: Request[];

const problem = (status: number, body: object, headers = {}) =>
  Response.json(
    { status, title: 'Lỗi', type: '/problems/x', ...body },
    {
      status,
      headers: { 'Content-Type': 'application/problem+json', ...headers },
    },
  );

beforeEach(() => {
  asked = [];
  vi.stubGlobal('fetch', async (request: Request, { signal }: RequestInit) => {
    asked.push(request);
    const late = new Promise<never>((_, reject) =>
      signal?.addEventListener('abort', () => reject(signal.reason as Error)),
    );
    return Promise.race([network(request), late]);
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  speak('vi');
});

const path = { briefing: '7f' };

describe('the API', () => {
  it('gives the body, and the ETag for the next edit', async () => {
    network = () => Response.json({ id: '7f' }, { headers: { ETag: '"b4"' } });
    const { body, etag } = await askTagged(api.GET('/api/briefings/{briefing}', { params: { path } }));
    expect([body.id, etag]).toEqual(['7f', '"b4"']);
    await ask(api.DELETE('/api/briefings/{briefing}', { params: { path, header: ifMatch(etag) } }));
    expect(asked[1]?.headers.get('If-Match')).toBe('"b4"');
  });

  it('speaks the language of the reader', async () => {
    network = () => Response.json({ now: '2026-11-30T01:00:00Z' });
    speak('en');
    await ask(api.GET('/api/time'));
    expect(asked[0]?.headers.get('Accept-Language')).toBe('en');
  });

  it('throws problems with fields, the present version and its ETag', async () => {
    network = () =>
      problem(
        412,
        {
          type: '/problems/stale',
          errors: [{ pointer: '/title', detail: 'Quá dài' }],
          current: { id: '7f' },
        },
        { ETag: '"b5"' },
      );
    const cause = await ask(api.GET('/api/briefings/{briefing}', { params: { path } })).catch(Problem.of);
    expect(cause).toBeInstanceOf(Problem);
    const stale = cause as Problem;
    expect([stale.status, stale.is('stale'), stale.at('/title'), stale.etag]).toEqual([
      412,
      true,
      'Quá dài',
      '"b5"',
    ]);
    expect(stale.current).toEqual({ id: '7f' });
  });

  it('makes a problem also of a proxy that answers in HTML, and of no network', async () => {
    network = () => new Response('<h1>502</h1>', { status: 502 });
    await expect(ask(api.GET('/api/time'))).rejects.toMatchObject({
      status: 502,
      type: '/problems/unreachable',
    });
    network = () => new Response('oh', { status: 500 });
    await expect(ask(api.GET('/api/time'))).rejects.toMatchObject({ status: 500, title: 'Có lỗi xảy ra' });
    network = () => Promise.reject(new TypeError('Failed to fetch'));
    await expect(ask(api.GET('/api/time'))).rejects.toMatchObject({ type: '/problems/unreachable' });
  });

  it('says when nobody is signed in any more, but not for a wrong password', async () => {
    const told = vi.fn();
    const stop = onSignedOut(told);
    network = () => problem(401, {});
    await ask(api.POST('/api/session', { body: { username: 'a', password: 'b' } })).catch(Problem.of);
    expect(told).not.toHaveBeenCalled();
    await ask(api.GET('/api/people')).catch(Problem.of);
    expect(told).toHaveBeenCalledOnce();
    stop();
  });

  it('makes a new key for each intention', () => {
    const [one, two] = [newIntention(), newIntention()];
    expect(one['Idempotency-Key']).toMatch(/^[0-9a-f-]{16,64}$/);
    expect(one).not.toEqual(two);
  });

  it('reads a stream plainly', async () => {
    network = () => problem(503, {}, { 'Retry-After': '3' });
    await expect(glance('/live/briefing/7f')).resolves.toEqual({
      status: 503,
      title: 'Lỗi',
      retryAfterMs: 3000,
    });
    network = () => Response.json({ type: 'snapshot' });
    await expect(glance('/live/briefing/7f')).resolves.toEqual({ status: 200, frame: { type: 'snapshot' } });
    expect(asked[1]?.headers.get('Accept')).toBe('application/json');
  });
});
