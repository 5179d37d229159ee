import { clock } from './clock.svelte';
import { Problem } from './problem';

/** A thing with the ETag under which it was last seen. */
export interface Tagged<T> {
  readonly body: T;
  readonly etag: string;
}

/** One change of one thing that others may be changing too. */
export interface Edit<T> {
  /** Which field of which thing: the same for every edit of it. */
  readonly field: string;
  /** How the field is called. */
  readonly label: string;
  readonly mine: string;
  theirs(body: T): string;
  /** Somebody else has made something else of the same field since the writer began. */
  collides(body: T): boolean;
  now(): Tagged<T>;
  take(now: Tagged<T>): void;
  send(etag: string): Promise<Tagged<T>>;
}

/** Two people wrote in the same field; one of them has to choose. */
export interface Collision {
  readonly label: string;
  readonly mine: string;
  readonly theirs: string;
  readonly answer: (keep: 'mine' | 'theirs') => void;
}

/** Somebody who writes as fast as we do: after this many rounds the reader is told instead of trying on. */
const ROUNDS = 5;

/**
 * Everything that is saved on one page, one thing after another, so that each goes out with the newest ETag. What others
 * did to other fields is taken over without a word; only where two wrote in the same field is somebody asked.
 */
export class Edits {
  saving = $state(0);
  /** Server time of the last thing that was saved. */
  savedAt = $state.raw<number>();
  /** What was refused last; the next thing that is saved clears it. */
  problem = $state.raw<Problem>();
  collision = $state.raw<Collision>();
  #turn: Promise<unknown> = Promise.resolve();
  /** What was saved last from here, by field: whoever writes faster than the line must not collide with themselves. */
  readonly #own: Record<string, string> = {};

  /** Saves one field. False: it was refused, and what was typed should stay where it is. */
  async edit<T>(edit: Edit<T>): Promise<boolean> {
    return (await this.run(() => this.#edit(edit))) ?? false;
  }

  /** Runs a command in its turn; undefined when it was refused. */
  async run<R>(command: () => Promise<R>): Promise<R | undefined> {
    const turn = this.#turn.then(command);
    this.#turn = turn.catch(() => undefined);
    this.saving++;
    try {
      const done = await turn;
      this.savedAt = clock.now;
      this.problem = undefined;
      return done;
    } catch (cause) {
      this.problem = Problem.of(cause);
      return undefined;
    } finally {
      this.saving--;
    }
  }

  /** Waits for its turn like everything else, but saves nothing: reading again. */
  async after(read: () => Promise<void>): Promise<void> {
    const turn = this.#turn.then(read);
    this.#turn = turn.catch(() => undefined);
    await turn;
  }

  async #edit<T>(edit: Edit<T>): Promise<true> {
    let answered: string | undefined;
    for (let round = 1; ; round++) {
      const { body, etag } = edit.now();
      const theirs = edit.theirs(body);
      if (edit.collides(body) && theirs !== answered && theirs !== this.#own[edit.field]) {
        if ((await this.#ask(edit, theirs)) === 'theirs') return true;
        answered = theirs;
      }
      try {
        edit.take(await edit.send(etag));
        this.#own[edit.field] = edit.mine;
        return true;
      } catch (cause) {
        const problem = Problem.of(cause);
        if (problem.status !== 412 || problem.current === undefined || round === ROUNDS) throw problem;
        edit.take({ body: problem.current as T, etag: problem.etag ?? '' });
      }
    }
  }

  #ask<T>(edit: Edit<T>, theirs: string): Promise<'mine' | 'theirs'> {
    return new Promise((resolve) => {
      this.collision = {
        label: edit.label,
        mine: edit.mine,
        theirs,
        answer: (keep) => {
          this.collision = undefined;
          resolve(keep);
        },
      };
    });
  }
}
