import { randomUUID } from 'node:crypto';

/** Where the server under test is; the stories need one with the sample content of a first start. */
export const origin = process.env.GIAOBAN_URL ?? 'http://127.0.0.1:4173';
export const PASSWORD = 'giaoban-demo-2026';

type Json = Record<string, unknown>;

/** What the server did not want to do, with its own words. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    what: string,
  ) {
    super(what);
  }
}

/** A program with a token of its own: prepares through the API what a story does not tell. */
export class Program {
  private constructor(
    readonly username: string,
    private readonly token: string,
  ) {}

  static async signIn(username: string, password = PASSWORD): Promise<Program> {
    const { token } = await call<{ token: string }>(
      'POST',
      '/api/tokens',
      { Origin: origin },
      { username, password },
    );
    return new Program(username, token);
  }

  get<T>(path: string): Promise<T> {
    return this.#call<T>('GET', path);
  }

  /** Every POST is an intention of its own. */
  post<T = Json>(path: string, body?: Json, etag?: string): Promise<T> {
    return this.#call<T>('POST', path, body, etag);
  }

  put(path: string, body: Json): Promise<unknown> {
    return this.#call('PUT', path, body);
  }

  delete(path: string, etag?: string): Promise<unknown> {
    return this.#call('DELETE', path, undefined, etag);
  }

  /** The ETag of what is there now. */
  async etag(path: string): Promise<string> {
    const answer = await fetch(origin + path, { headers: this.#headers() });
    return answer.headers.get('etag') ?? '';
  }

  /** Follows a stream for as long as the answer is not called: how a site holds its line. */
  async follow(stream: string): Promise<() => void> {
    const end = new AbortController();
    const answer = await fetch(`${origin}/live/${stream}`, {
      headers: { ...this.#headers(), Accept: 'text/event-stream' },
      signal: end.signal,
    });
    if (!answer.ok) throw new Refused(answer.status, `GET /live/${stream}: ${answer.status}`);
    void answer.text().catch(() => undefined); // read on, so that nobody is slow
    return () => end.abort();
  }

  #call<T>(method: string, path: string, body?: Json, etag?: string): Promise<T> {
    return call<T>(
      method,
      path,
      { ...this.#headers(), ...(etag !== undefined && { 'If-Match': etag }) },
      body,
    );
  }

  #headers(): Record<string, string> {
    return { Authorization: `Bearer ${this.token}` };
  }
}

async function call<T>(
  method: string,
  path: string,
  headers: Record<string, string>,
  body?: Json,
): Promise<T> {
  const answer = await fetch(origin + path, {
    method,
    headers: {
      ...headers,
      ...(method === 'POST' && { 'Idempotency-Key': randomUUID() }),
      ...(body && { 'Content-Type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Refused(answer.status, `${method} ${path}: ${answer.status} ${text}`);
  return (text && text.startsWith('{') ? JSON.parse(text) : undefined) as T;
}
