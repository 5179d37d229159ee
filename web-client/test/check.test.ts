import { beforeEach, describe, expect, it } from 'vitest';
import { browserOf, permitting } from '../src/check/browser';
import { readFigures } from '../src/check/connection';
import { trouble } from '../src/check/devices';
import { causeText } from '../src/lib/check';
import { rowsOf } from '../src/check/figures';
import { CheckSession, stepNames } from '../src/check/session.svelte';
import { decibels, isSound, share } from '../src/check/sound';
import { rhythm } from '../src/lib/measure';

describe('an even beat', () => {
  const even = Array.from({ length: 100 }, (_, n) => ({ at: 1_000 + n * 20, sent: n * 20 }));

  it('that comes as it was sent has no jitter', () => {
    expect(rhythm(even)).toEqual({ jitterMs: 0, stalls: 0, longestStallMs: 0 });
  });

  it('is not blamed for a sender that was late itself', () => {
    const late = even.map(({ at, sent }, n) => (n > 50 ? { at: at + 400, sent: sent + 400 } : { at, sent }));
    expect(rhythm(late)).toEqual({ jitterMs: 0, stalls: 0, longestStallMs: 0 });
  });

  it('that stops and comes in one burst has stalled once, for so long', () => {
    const held = even.map(({ at, sent }, n) => ({ at: n > 50 && n < 80 ? 1_000 + 80 * 20 : at, sent }));
    const found = rhythm(held);
    expect(found.stalls).toBe(1);
    expect(found.longestStallMs).toBe(580);
    expect(found.jitterMs).toBeGreaterThan(1);
  });

  it('of nothing says nothing, which is no jitter of zero', () => {
    expect(rhythm([])).toEqual({});
    expect(rhythm([{ at: 1_000, sent: 0 }])).toEqual({});
  });
});

describe('what WebRTC counts', () => {
  const far = [
    { type: 'codec', mimeType: 'audio/opus' },
    { type: 'codec', mimeType: 'video/VP8' },
    { type: 'inbound-rtp', packetsLost: 3, packetsReceived: 97, jitter: 0.012 },
    { type: 'inbound-rtp', packetsLost: -1, packetsReceived: 100, jitter: 0.004 },
  ];
  const near = [{ type: 'candidate-pair', nominated: true, currentRoundTripTime: 0.0421 }];

  it('is told of the way through a relay', () => {
    expect(readFigures(far, near, true)).toEqual({
      codecs: ['audio/opus', 'video/VP8'],
      packets: 200,
      lossPercent: 1.5,
      jitterMs: 12,
      roundTripMs: 42.1,
    });
  });

  it('is no loss of zero where nothing could be lost', () => {
    expect(readFigures(far, near, false)).toEqual({ codecs: ['audio/opus', 'video/VP8'], packets: 200 });
    expect(readFigures([], [], true)).not.toHaveProperty('lossPercent');
  });
});

describe('devices', () => {
  it('are refused, missing or taken', () => {
    expect(trouble('NotAllowedError')).toEqual({ outcome: 'DENIED' });
    expect(trouble('NotFoundError')).toEqual({ outcome: 'FAILED', reason: 'MISSING' });
    expect(trouble('NotReadableError')).toEqual({ outcome: 'FAILED', reason: 'BUSY' });
    expect(trouble('')).toEqual({ outcome: 'FAILED', reason: 'OTHER' });
  });

  it('give silence or sound', () => {
    expect(decibels(new Float32Array(2_048))).toBe(-100);
    expect(isSound(decibels(new Float32Array(2_048).fill(0.0005)))).toBe(false);
    expect(isSound(decibels(new Float32Array(2_048).fill(0.05)))).toBe(true);
    expect(decibels(new Float32Array(2_048).fill(1))).toBe(0);
    expect([share(-200), share(0), share(20)]).toEqual([0, 1, 1]);
  });
});

describe('a browser', () => {
  const chrome =
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
  const iphone =
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/140.0 Mobile/15E148 Safari/604.1';

  it('is known by its own name, not by those that it borrows', () => {
    expect(browserOf(chrome)).toMatchObject({ name: 'Chrome', version: '140.0.0.0', system: 'Windows' });
    expect(browserOf(`${chrome} Edg/140.0.1`)).toMatchObject({ name: 'Edge', version: '140.0.1' });
    expect(browserOf('curl/8')).toEqual({ agent: 'curl/8' });
  });

  it('is explained as its system gives permissions', () => {
    expect(permitting(chrome)).toBe('chrome');
    expect(permitting(iphone)).toBe('safari');
    expect(permitting('curl/8')).toBe('other');
  });
});

describe('words', () => {
  it('name the cause with what was measured and what is needed', () => {
    expect(causeText({ cause: 'UPLOAD_LOW', step: 'line', figure: 640, bound: 800 })).toBe(
      'Tốc độ lên thấp: đo được 0,64 Mbit/s, cần 0,8 Mbit/s',
    );
    expect(causeText({ cause: 'NOT_CHECKED', step: 'speaker' })).toBe('Chưa kiểm tra: Loa');
    expect(causeText({ cause: 'MICROPHONE_SILENT', step: 'microphone' })).toBe('Micro không có tiếng');
  });

  it('say that loss was not measured', () => {
    const rows = rowsOf('connection', { connection: { outcome: 'OK', connectMs: 80 } });
    expect(rows).toContainEqual({ name: 'Mất gói', text: 'không đo được' });
  });
});

describe('the way through the steps', () => {
  beforeEach(() => localStorage.clear());

  const preparation = {
    iceServers: [],
    relay: false,
    video: { configured: false },
    measure: { seconds: 60, bytes: 1, kbitPerS: 10_000 },
  };

  it('goes on after what went well and stays where something is to be done', () => {
    const check = new CheckSession('b', 'e');
    check.begin();
    expect([check.open, check.rolling]).toEqual(['camera', true]);
    check.settle('camera', { outcome: 'OK' });
    expect(check.open).toBe('microphone');
    check.settle('microphone', { outcome: 'FAILED', reason: 'SILENT' });
    expect([check.open, check.rolling]).toEqual(['microphone', false]);
    check.goOn();
    expect(check.open).toBe('speaker');
    check.skip('speaker');
    expect(check.open).toBe('connection');
    expect(check.doneCount).toBe(3);
  });

  it('is kept in the browser until it is signed', () => {
    const check = new CheckSession('b', 'e');
    check.preparation = preparation as unknown as NonNullable<CheckSession['preparation']>;
    check.settle('camera', { outcome: 'OK', width: 1_280, height: 720 });
    const reloaded = new CheckSession('b', 'e');
    expect(reloaded.steps.camera).toEqual({ outcome: 'OK', width: 1_280, height: 720 });
    expect(reloaded.next).toBe('microphone');
    expect(new CheckSession('b', 'another').doneCount).toBe(0);
    reloaded.forget();
    expect(new CheckSession('b', 'e').doneCount).toBe(0);
    expect(stepNames).toHaveLength(6);
  });
});
