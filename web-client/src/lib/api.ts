import createClient from 'openapi-fetch';
import type { components, paths } from './api.d';
import type { Frame } from './frames';
import type { Glance } from './live';
import { Problem } from './problem';
import { language } from './text.svelte';

/** The schemas of the contract by name: `Schema<'BriefingCard'>`. */
export type Schema<Name extends keyof components['schemas']> = components['schemas'][Name];

/** Nothing is waited for longer than this; a screen that spins for ever tells nobody anything. */
const DEADLINE_MS = 10_000;
/** What reads and compares thousands of lines may take longer, as long as the screen says what it does. */
const PATIENT_MS = 60_000;

const signedOut = new Set<() => void>();

/** Called whenever the server says 401 to something that we believed to be signed in for. Returns the way to stop. */
export function onSignedOut(listener: () => void): () => void {
  signedOut.add(listener);
  return () => signedOut.delete(listener);
}

/**
 * The API as the contract has it, typed path by path. Use it through `ask`, which turns failures into `Problem`s:
 * `await ask(api.GET('/api/briefings/{briefing}', { params: { path: { briefing } } }))`.
 */
export const api = createClient<paths>({
  baseUrl: location.origin,
  fetch: (request) => send(request),
});

/** For the few calls that the server works on for long: `api.POST(path, { ...patiently, body })`. */
export const patiently = { fetch: (request: Request) => send(request, PATIENT_MS) };

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The answer's body, or a thrown `Problem`. */
export async function ask<T>(answer: Promise<Answer<T>>): Promise<T> {
  return (await askTagged(answer)).body;
}

/** The answer's body with its ETag, for the `If-Match` of the next edit. */
export async function askTagged<T>(answer: Promise<Answer<T>>): Promise<{ body: T; etag: string }> {
  const { data, error, response } = await answer;
  const etag = response.headers.get('ETag') ?? '';
  if (response.ok) return { body: data as T, etag };
  // A proxy that finds no server behind it speaks no problem of ours.
  const problem = Problem.of(error, response.status, etag);
  throw problem.type === 'about:blank' && response.status >= 502
    ? Problem.unreachable(response.status)
    : problem;
}

/** `params: { header: ifMatch(etag) }` */
export function ifMatch(etag: string): { 'If-Match': string } {
  return { 'If-Match': etag };
}

/**
 * `params: { header: intention }`, one per intention: take it when the form opens and keep it while the same thing is
 * tried again, so that a second press or a retry after a lost answer creates nothing twice.
 */
export function newIntention(): { 'Idempotency-Key': string } {
  return { 'Idempotency-Key': uuid() };
}

/** The plain reading of a live stream. */
export async function glance(path: string): Promise<Glance> {
  const response = await send(
    new Request(new URL(path, location.origin), { headers: { Accept: 'application/json' } }),
  );
  const retryAfter = Number(response.headers.get('Retry-After'));
  const body: unknown = await response.json().catch(() => undefined);
  return {
    status: response.status,
    ...(response.ok ? { frame: body as Frame } : { title: Problem.of(body, response.status).title }),
    ...(retryAfter > 0 && { retryAfterMs: retryAfter * 1000 }),
  };
}

/** The server's instant in milliseconds. */
export async function askTime(): Promise<number> {
  return Date.parse((await ask(api.GET('/api/time'))).now);
}

async function send(request: Request, deadlineMs = DEADLINE_MS): Promise<Response> {
  request.headers.set('Accept-Language', language());
  let response: Response;
  try {
    response = await fetch(request, {
      signal: AbortSignal.any([request.signal, AbortSignal.timeout(deadlineMs)]),
    });
  } catch (cause) {
    if (request.signal.aborted) throw cause; // we ourselves did not want the answer any more
    throw cause instanceof DOMException && cause.name === 'TimeoutError'
      ? Problem.tooSlow()
      : Problem.unreachable();
  }
  // A wrong password is a 401 as well, but nobody was signed in.
  const aboutSession = new URL(request.url).pathname === '/api/session';
  if (response.status === 401 && !aboutSession) for (const listener of signedOut) listener();
  return response;
}

/** `randomUUID` exists only on https and localhost; a phone on the LAN may come over plain http. */
function uuid(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}

/** How long the shortest answer takes in milliseconds; nothing where it does not come within the limit. */
export async function probe(limitMs: number): Promise<number | undefined> {
  const begun = performance.now();
  try {
    // Without the session: nothing has to be looked up for it.
    const answer = await fetch('/api/time', {
      credentials: 'omit',
      cache: 'no-store',
      signal: AbortSignal.timeout(limitMs),
    });
    await answer.arrayBuffer();
    return answer.ok ? Math.round(performance.now() - begun) : undefined;
  } catch {
    return undefined;
  }
}
