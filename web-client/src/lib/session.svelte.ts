import { api, ask, onSignedOut, type Schema } from './api';
import { Problem } from './problem';

export type Me = Schema<'Me'>;
export type Role = Schema<'Role'>;

const ASK_AGAIN_MS = 5_000;

/**
 * Who is asking. `undefined` while it is not known yet, `null` for nobody. What one may do is decided by the server;
 * here it only decides what is worth offering.
 */
export class Session {
  me = $state.raw<Me | null>();
  /**
   * The session ended by itself or from elsewhere, not by pressing "sign out". `me` stays who it was until somebody signs
   * in or goes on as nobody: a page that turned into another one would take away what was being typed.
   */
  ended = $state(false);
  #changed: (() => void)[] = [];
  #paused: (() => void)[] = [];

  constructor() {
    onSignedOut(() => this.end());
  }

  has(...roles: Role[]): boolean {
    return this.me?.roles.some(({ role }) => roles.includes(role)) ?? false;
  }

  /** The endpoints that this person operates. */
  get endpoints(): string[] {
    return (this.me?.roles ?? []).flatMap(({ role, endpoint }) =>
      role === 'SITE_OPERATOR' && endpoint !== undefined ? [endpoint] : [],
    );
  }

  /** Runs when somebody signs in or out: live lines have to start afresh. */
  onChange(listener: () => void): void {
    this.#changed.push(listener);
  }

  /** Runs when the session has ended by itself: what would only be refused has to wait. */
  onEnd(listener: () => void): void {
    this.#paused.push(listener);
  }

  async load(): Promise<void> {
    try {
      this.me = await ask(api.GET('/api/session'));
    } catch (cause) {
      // Only the server's "nobody" is a no; a line that is down says nothing about who we are: ask again.
      if (Problem.of(cause).status === 401) this.me = null;
      else setTimeout(() => void this.load(), ASK_AGAIN_MS);
    }
  }

  async signIn(username: string, password: string): Promise<void> {
    this.#become(await ask(api.POST('/api/session', { body: { username, password } })));
  }

  async signOut(): Promise<void> {
    await ask(api.DELETE('/api/session'));
    this.#become(null);
  }

  /** The server says that the session is over. */
  end(): void {
    if (!this.me || this.ended) return;
    this.ended = true;
    for (const listener of this.#paused) listener();
  }

  /** Whether "not here" was only said because the session is over. */
  async check(): Promise<void> {
    if (!this.me || this.ended) return;
    try {
      await ask(api.GET('/api/session'));
    } catch (cause) {
      if (Problem.of(cause).status === 401) this.end();
    }
  }

  /** Whoever does not want to sign in again sees what everybody sees. */
  goOnAsNobody(): void {
    this.#become(null);
  }

  #become(me: Me | null): void {
    this.me = me;
    this.ended = false;
    for (const listener of this.#changed) listener();
  }
}

export const session = new Session();
