import { t } from './text.svelte';

/** One thing to correct: a JSON pointer into what was sent, and a sentence. */
export interface FieldProblem {
  readonly pointer: string;
  readonly detail: string;
}

/** What is booked already and by what, as far as the asker may see it. */
export interface Conflict {
  readonly resource?: string;
  readonly name?: string;
  readonly briefing?: string;
  readonly title?: string;
  readonly plannedStart?: string;
  readonly plannedEnd?: string;
}

interface ProblemBody {
  type: string;
  title: string;
  status: number;
  detail?: string;
  errors?: readonly FieldProblem[];
  current?: unknown;
  conflict?: Conflict;
}

/** An RFC 9457 problem as the server told it, or one of our own when the server could not be asked (`status` 0). */
export class Problem extends Error {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string | undefined;
  readonly errors: readonly FieldProblem[];
  /** With 412: the present version of what was to be changed. */
  readonly current: unknown;
  /** With 412: the present version's ETag, for trying again. */
  readonly etag: string | undefined;
  readonly conflict: Conflict | undefined;

  constructor(body: ProblemBody, etag?: string) {
    super(body.detail ?? body.title);
    this.name = 'Problem';
    this.type = body.type;
    this.title = body.title;
    this.status = body.status;
    this.detail = body.detail;
    this.errors = body.errors ?? [];
    this.current = body.current;
    this.etag = etag;
    this.conflict = body.conflict;
  }

  /** The sentence for one field, "/plannedStart" or "/items/0/title". */
  at(pointer: string): string | undefined {
    return this.errors.find((error) => error.pointer === pointer)?.detail;
  }

  /** Is it this kind of problem? Compares the stable `type`: `problem.is('conflict')`. */
  is(kind: string): boolean {
    return this.type === `/problems/${kind}`;
  }

  /** Whatever was thrown or answered, as a problem that can be shown. */
  static of(cause: unknown, status = 0, etag?: string): Problem {
    if (cause instanceof Problem) return cause;
    if (isBody(cause)) return new Problem(cause, etag);
    return new Problem({ type: 'about:blank', title: t().problem.unknown, status });
  }

  static unreachable(status = 0): Problem {
    const { unreachable: title, unreachableDetail: detail } = t().problem;
    return new Problem({ type: '/problems/unreachable', title, detail, status });
  }

  static tooSlow(): Problem {
    const { tooSlow: title, tooSlowDetail: detail } = t().problem;
    return new Problem({ type: '/problems/too-slow', title, detail, status: 0 });
  }
}

function isBody(value: unknown): value is ProblemBody {
  return (
    typeof value === 'object' &&
    value !== null &&
    'type' in value &&
    typeof value.type === 'string' &&
    'title' in value &&
    typeof value.title === 'string' &&
    'status' in value
  );
}
