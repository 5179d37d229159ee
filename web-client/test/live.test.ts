import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Frame } from '../src/lib/frames';
import { Live, type Glance, type LiveOptions, type SocketLike } from '../src/lib/live';

/** The other end of the wire: what the server would see, and what it says. */
class FakeSocket implements SocketLike {
  onopen: SocketLike['onopen'] = null;
  onmessage: SocketLike['onmessage'] = null;
  onclose: SocketLike['onclose'] = null;
  readonly sent: unknown[] = [];
  closedByClient = false;

  constructor(readonly path: string) {}

  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }
  close(): void {
    this.closedByClient = true;
  }
  open(): void {
    this.onopen?.();
  }
  say(...frames: Frame[]): void {
    for (const frame of frames) this.onmessage?.({ data: JSON.stringify(frame) });
  }
  end(code: number): void {
    this.onclose?.({ code, reason: '' });
  }
}

interface View {
  n: number;
}

const now = '2026-11-30T01:00:00.000Z';
const S = 'briefing/b1';
const snapshot = (seq: number, epoch = 'k1', stream = S): Frame => {
  return { type: 'snapshot', stream, epoch, seq, now, view: { n: seq } };
};
const patch = (seq: number, epoch = 'k1', stream = S): Frame => {
  return { type: 'patch', stream, epoch, seq, at: now, patch: { n: seq } };
};
const head = (seq: number, epoch = 'k1'): Frame => ({ type: 'head', stream: S, epoch, seq, now });

let sockets: FakeSocket[];
let live: Live;

function start(options: LiveOptions = {}): Live {
  sockets = [];
  live = new Live({
    open: (path) => {
      const socket = new FakeSocket(path);
      sockets.push(socket);
      return socket;
    },
    random: () => 0.5,
    ...options,
  });
  return live;
}

/** The newest socket; there must be that many by now. */
function socket(number = sockets.length): FakeSocket {
  expect(sockets).toHaveLength(number);
  const last = sockets.at(-1);
  if (!last) throw new Error('no socket yet');
  return last;
}

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse(now) });
});
afterEach(() => {
  live.close();
  vi.useRealTimers();
});

describe('the client rule', () => {
  it('a snapshot replaces, the next patch is folded, an older one dropped', () => {
    const stream = start().follow<View>(S);
    expect(stream.connection).toBe('connecting');
    socket(1).open();
    socket(1).say(snapshot(41));
    expect([stream.view?.n, stream.seq, stream.connection]).toEqual([41, 41, 'live']);
    socket(1).say(patch(42), patch(42), patch(41));
    expect([stream.view?.n, stream.seq]).toEqual([42, 42]);
    socket(1).say(snapshot(7, 'k2'));
    expect([stream.view?.n, stream.epoch, stream.seq]).toEqual([7, 'k2', 7]);
  });

  it('a gap means: come back with after=', () => {
    const stream = start().follow<View>(S);
    socket(1).open();
    socket(1).say(snapshot(41), patch(43));
    expect([stream.view?.n, stream.connection]).toEqual([41, 'stale']);
    expect(socket(1).closedByClient).toBe(true);
    vi.advanceTimersByTime(500);
    expect(socket(2).path).toBe('/live/briefing/b1?after=k1.41');
    socket(2).open();
    socket(2).say(patch(42), patch(43));
    expect([stream.view?.n, stream.connection]).toEqual([43, 'live']);
  });

  it('another epoch, in a patch or in a head, means the same', () => {
    for (const frame of [patch(42, 'k2'), head(41, 'k2')]) {
      const stream = start().follow<View>(S);
      socket(1).open();
      socket(1).say(snapshot(41), frame);
      expect(stream.connection).toBe('stale');
      vi.advanceTimersByTime(500);
      expect(socket(2).path).toContain('after=k1.41');
      live.close();
    }
  });

  it('a head ahead for two seconds means the same, unless the patch comes in time', () => {
    const stream = start().follow<View>(S);
    socket(1).open();
    socket(1).say(snapshot(41), head(42));
    vi.advanceTimersByTime(1_900);
    socket(1).say(patch(42));
    vi.advanceTimersByTime(5_000);
    expect(sockets).toHaveLength(1);
    expect(stream.connection).toBe('live');

    socket(1).say(head(43));
    vi.advanceTimersByTime(2_000);
    expect(stream.connection).toBe('stale');
    vi.advanceTimersByTime(500);
    expect(socket(2).path).toContain('after=k1.42');
  });

  it('gives a position up that leads nowhere three times, and asks for the whole picture', () => {
    start().follow<View>(S);
    for (let i = 1; i <= 3; i++) {
      socket(i).open();
      socket(i).say(i === 1 ? snapshot(41) : head(41), patch(43));
      vi.advanceTimersByTime(2_000);
    }
    expect(socket(4).path).toBe('/live/briefing/b1');
  });

  it('keeps a picture that was there while the line is not', () => {
    const stream = start().follow<View>(S);
    socket(1).open();
    socket(1).say(snapshot(41));
    socket(1).end(1006);
    expect([stream.view?.n, stream.connection]).toEqual([41, 'stale']);
    vi.setSystemTime(Date.parse(now) + 12_000);
    expect(stream.ageMs).toBe(12_000);
  });
});

describe('the line', () => {
  it('comes back later and later, with jitter, and soon again after it held', () => {
    start().follow(S);
    for (const wait of [500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000]) {
      const before = sockets.length;
      socket().end(1006);
      vi.advanceTimersByTime(wait - 1);
      expect(sockets).toHaveLength(before);
      vi.advanceTimersByTime(1);
      expect(sockets).toHaveLength(before + 1);
    }
    socket().open();
    vi.advanceTimersByTime(10_000);
    socket().end(1006);
    const before = sockets.length;
    vi.advanceTimersByTime(500);
    expect(sockets).toHaveLength(before + 1);
  });

  it('comes back when the server said so, and not before', () => {
    start().follow(S);
    socket(1).open();
    socket(1).say(snapshot(1), { type: 'bye', stream: S, reason: 'drain', retryAfterMs: 2_300 });
    socket(1).end(1001);
    dispatchEvent(new Event('online'));
    vi.advanceTimersByTime(2_299);
    expect(sockets).toHaveLength(1);
    vi.advanceTimersByTime(1);
    expect(socket(2).path).toContain('after=k1.1');
  });

  it('closes by itself when nothing follows a bye', () => {
    start().follow(S);
    socket(1).open();
    socket(1).say({ type: 'bye', stream: S, reason: 'slow' });
    vi.advanceTimersByTime(2_000);
    expect(socket(1).closedByClient).toBe(true);
    vi.advanceTimersByTime(500);
    socket(2);
  });

  it('does not sit out a long wait when the network comes back', () => {
    start().follow(S);
    for (let i = 0; i < 6; i++) {
      socket().end(1006);
      vi.advanceTimersByTime(i < 5 ? 30_000 : 0);
    }
    const before = sockets.length;
    dispatchEvent(new Event('online'));
    vi.advanceTimersByTime(500);
    expect(sockets).toHaveLength(before + 1);
  });

  it('takes silence for death, because heads come every fifteen seconds', () => {
    const stream = start().follow(S);
    socket(1).open();
    socket(1).say(snapshot(1));
    vi.advanceTimersByTime(15_000);
    socket(1).say(head(1));
    vi.advanceTimersByTime(24_999);
    expect(stream.connection).toBe('live');
    vi.advanceTimersByTime(1);
    expect(stream.connection).toBe('stale');
  });

  it.each([
    [4403, 'refused'],
    [4404, 'gone'],
    [1000, 'gone'],
  ])('close code %i is the last word', (code, connection) => {
    const stream = start().follow(S);
    socket(1).open();
    socket(1).say(snapshot(1));
    socket(1).end(code);
    vi.advanceTimersByTime(120_000);
    expect(stream.connection).toBe(connection);
    expect(sockets).toHaveLength(1);
  });

  it('4401 asks to sign in, and a restart follows everything again', () => {
    const onSignedOut = vi.fn();
    const stream = start({ onSignedOut }).follow<View>(S);
    socket(1).open();
    socket(1).say(snapshot(1), { type: 'bye', stream: S, reason: 'expired' });
    socket(1).end(4401);
    vi.advanceTimersByTime(120_000);
    expect(onSignedOut).toHaveBeenCalledOnce();
    expect(sockets).toHaveLength(1);
    live.restart();
    socket(2).open();
    socket(2).say(snapshot(2));
    expect([stream.view?.n, stream.connection]).toEqual([2, 'live']);
  });

  it('keeps its pictures and asks for nothing while it is paused, until somebody has signed in again', () => {
    const stream = start({ onSignedOut: () => live.pause() }).follow<View>(S);
    socket(1).open();
    socket(1).say(snapshot(7), { type: 'bye', stream: S, reason: 'expired' });
    socket(1).end(4401);
    const other = live.follow('endpoint/e1');
    dispatchEvent(new Event('online'));
    vi.advanceTimersByTime(120_000);
    expect(sockets).toHaveLength(1);
    expect([stream.view?.n, stream.connection, other.connection]).toEqual([7, 'stale', 'connecting']);
    live.restart();
    socket(2).open();
    socket(2).say(snapshot(8));
    expect([stream.view?.n, stream.connection]).toEqual([8, 'live']);
  });

  it('does not take "not here" for the last word when the session turns out to be over', async () => {
    const glance = (): Promise<Glance> => {
      live.pause();
      return Promise.resolve({ status: 404 });
    };
    const stream = start({ glance }).follow<View>(S);
    socket(1).end(1006);
    await vi.advanceTimersByTimeAsync(120_000);
    expect(sockets).toHaveLength(1);
    expect(stream.connection).toBe('connecting');
  });

  it('goes on as nobody, on one line, when the session ends and the page starts afresh', () => {
    const stream = start({ onSignedOut: () => live.restart() }).follow<View>(S);
    socket(1).open();
    socket(1).say(snapshot(41));
    socket(1).end(4401);
    expect(stream.connection).toBe('stale');
    socket(2).open();
    socket(2).say(snapshot(3, 'p1'));
    vi.advanceTimersByTime(20_000);
    expect(sockets).toHaveLength(2);
    expect([stream.view?.n, stream.connection]).toEqual([3, 'live']);
  });

  it('4408 comes back as usual, 4429 slows down', () => {
    start().follow(S);
    socket(1).open();
    socket(1).end(4408);
    vi.advanceTimersByTime(500);
    socket(2).open();
    socket(2).end(4429);
    vi.advanceTimersByTime(22_499);
    expect(sockets).toHaveLength(2);
    vi.advanceTimersByTime(1);
    socket(3);
  });

  it('does not mind frames that it does not know', () => {
    const stream = start().follow<View>(S);
    socket(1).open();
    socket(1).onmessage?.({ data: 'nonsense' });
    socket(1).onmessage?.({ data: '{"type":"weather","stream":"briefing/b1"}' });
    socket(1).say(snapshot(1), { type: 'status', stream: S, degraded: true });
    expect([stream.connection, stream.degraded]).toEqual(['live', true]);
  });

  it('learns from the plain reading why no socket opens', async () => {
    const answers: Glance[] = [{ status: 404, title: 'Không tìm thấy' }];
    const stream = start({ glance: () => Promise.resolve(answers.shift() ?? { status: 0 }) }).follow(S);
    socket(1).end(1006);
    await vi.advanceTimersByTimeAsync(120_000);
    expect([stream.connection, stream.refusal?.title]).toEqual(['gone', 'Không tìm thấy']);
    expect(sockets).toHaveLength(1);
  });

  it('shows the picture of the plain reading where no socket can be had', async () => {
    const stream = start({ glance: () => Promise.resolve({ status: 200, frame: snapshot(9) }) }).follow<View>(
      S,
    );
    socket(1).end(1006);
    await vi.advanceTimersByTimeAsync(0);
    expect([stream.view?.n, stream.connection]).toEqual([9, 'stale']);
  });
});

describe('several streams on one line', () => {
  const ME = 'person/me';

  it('the first is the address, the others are followed, each from its own place', () => {
    start();
    const briefing = live.follow<View>(S, 'staff');
    const me = live.follow<View>(ME);
    expect(socket(1).path).toBe('/live/briefing/b1?audience=staff');
    socket(1).open();
    expect(socket(1).sent).toEqual([{ type: 'follow', stream: ME }]);
    socket(1).say(snapshot(4), snapshot(7, 'm1', ME), patch(8, 'm1', ME));
    expect([briefing.seq, me.seq]).toEqual([4, 8]);

    socket(1).end(1006);
    expect([briefing.connection, me.connection]).toEqual(['stale', 'stale']);
    vi.advanceTimersByTime(500);
    expect(socket(2).path).toBe('/live/briefing/b1?audience=staff&after=k1.4');
    socket(2).open();
    expect(socket(2).sent).toEqual([{ type: 'follow', stream: ME, after: 'm1.8' }]);
  });

  it('a follower more shares, the last to leave unfollows, nobody left hangs up', () => {
    start();
    const one = live.follow(S);
    expect(live.follow(S)).toBe(one);
    const me = live.follow(ME);
    socket(1).open();
    live.leave(one);
    vi.advanceTimersByTime(1_000);
    expect(socket(1).sent).toHaveLength(1);
    live.leave(one);
    vi.advanceTimersByTime(1_000);
    expect(socket(1).sent.at(-1)).toEqual({ type: 'unfollow', stream: S });
    socket(1).say(patch(99));
    live.leave(me);
    vi.advanceTimersByTime(1_000);
    expect(socket(1).closedByClient).toBe(true);
    vi.advanceTimersByTime(120_000);
    expect(sockets).toHaveLength(1);
  });

  it('another audience is another picture, also while the last screen still follows', () => {
    const mine = start().follow<View>(S);
    const me = live.follow(ME);
    socket(1).open();
    socket(1).say(snapshot(5));
    const narrow = live.follow<View>(S, 'press');
    expect(narrow.view).toBeUndefined();
    expect(socket(1).sent.slice(-2)).toEqual([
      { type: 'unfollow', stream: S },
      { type: 'follow', stream: S, audience: 'press' },
    ]);
    live.leave(mine);
    vi.advanceTimersByTime(5_000);
    socket(1).say(snapshot(2));
    expect([narrow.view?.n, socket(1).closedByClient]).toEqual([2, false]);
    live.leave(me);
  });

  it('the next screen takes a stream over with its picture', () => {
    const one = start().follow<View>(S);
    socket(1).open();
    socket(1).say(snapshot(5));
    live.leave(one);
    expect(live.follow(S)).toBe(one);
    vi.advanceTimersByTime(5_000);
    expect([sockets.length, socket(1).closedByClient, one.view?.n]).toEqual([1, false, 5]);
  });

  it('a refusal concerns one stream, the line lives on', () => {
    start();
    const briefing = live.follow(S);
    const me = live.follow(ME);
    socket(1).open();
    socket(1).say(snapshot(1), { type: 'refused', stream: ME, status: 403, title: 'Không được xem' });
    expect([briefing.connection, me.connection, me.refusal?.title]).toEqual([
      'live',
      'refused',
      'Không được xem',
    ]);
    socket(1).end(1006);
    vi.advanceTimersByTime(500);
    socket(2).open();
    expect(socket(2).sent).toEqual([]);
  });

  it('one that is gone says so under its own name, the line lives on', () => {
    start();
    const briefing = live.follow(S);
    const me = live.follow(ME);
    socket(1).open();
    socket(1).say(snapshot(1), snapshot(1, 'm1', ME), {
      type: 'bye',
      stream: S,
      reason: 'gone',
      retryAfterMs: 0,
    });
    vi.advanceTimersByTime(10_000);
    expect([briefing.connection, me.connection]).toEqual(['gone', 'live']);
    expect(sockets).toHaveLength(1);
  });

  it('one that the server cannot open for the moment is asked for again', () => {
    start();
    const me = live.follow(ME);
    live.follow(S);
    socket(1).open();
    socket(1).say({ type: 'refused', stream: S, status: 503, title: 'Unavailable' }, snapshot(1, 'm1', ME));
    vi.advanceTimersByTime(5_000);
    expect(socket(1).sent.filter((frame) => (frame as { stream: string }).stream === S)).toHaveLength(2);
    expect(me.connection).toBe('live');
  });
});
