/** What travels on a live line, word for word as the protocol page names it. */
export type Frame =
  | { type: 'snapshot'; stream: string; epoch: string; seq: number; now: string; view: unknown }
  | { type: 'patch'; stream: string; epoch: string; seq: number; at: string; patch: unknown }
  | { type: 'head'; stream: string; epoch: string; seq: number; now: string }
  | { type: 'status'; stream: string; degraded: boolean }
  | { type: 'refused'; stream: string; status: number; title: string }
  | { type: 'bye'; stream: string; reason: ByeReason; retryAfterMs?: number };

export type ByeReason = 'drain' | 'expired' | 'revoked' | 'slow' | 'gone';

/** Who a picture is for; each sees all that the one before it sees. */
export type Audience = 'public' | 'press' | 'site' | 'staff';

/** Close codes that say what to do next. */
export const CLOSE = {
  end: 1000,
  badFrame: 4400,
  signIn: 4401,
  forbidden: 4403,
  gone: 4404,
  slow: 4408,
  tooMany: 4429,
} as const;

/** A frame, or nothing where the text is not one: a newer server may speak of things that this client does not know. */
export function readFrame(text: unknown): Frame | undefined {
  if (typeof text !== 'string') return undefined;
  try {
    const frame: unknown = JSON.parse(text);
    return typeof frame === 'object' && frame !== null && 'type' in frame ? (frame as Frame) : undefined;
  } catch {
    return undefined;
  }
}
