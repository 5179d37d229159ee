import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { isFatal, jitsiOptions, loadJitsi, refusesToken, roomOf } from '../src/bridge/jitsi';
import { VideoCall } from '../src/bridge/video.svelte';

const room = {
  domain: 'meet.example.vn',
  room: 'giao-ban-7f3k',
  token: 'a.b.c',
  expiresAt: new Date(Date.now() + 300_000).toISOString(),
};

describe('what Jitsi is told', () => {
  it('knows a room only when one is configured', () => {
    expect(roomOf({ configured: false })).toBeUndefined();
    expect(roomOf({ configured: true, ...room })).toMatchObject(room);
  });

  it('lets nobody but the control room send others away', () => {
    const parent = document.createElement('div');
    const site = jitsiOptions({ ...room, moderator: false }, parent, 'vi');
    const control = jitsiOptions({ ...room, moderator: true }, parent, 'vi');
    expect(site).toMatchObject({ roomName: room.room, jwt: 'a.b.c', lang: 'vi' });
    expect(site.configOverwrite).toMatchObject({
      prejoinConfig: { enabled: false },
      startWithAudioMuted: true,
      disableInviteFunctions: true,
      disableRemoteMute: true,
    });
    expect(control.configOverwrite).not.toHaveProperty('disableRemoteMute');
  });

  it('enters with the microphone off, unless the server says otherwise', () => {
    const parent = document.createElement('div');
    const silent = (startMuted?: boolean) =>
      jitsiOptions({ ...room, ...(startMuted !== undefined && { startMuted }) }, parent, 'vi')
        .configOverwrite;
    expect(silent(true)).toMatchObject({ startWithAudioMuted: true });
    expect(silent()).toMatchObject({ startWithAudioMuted: true });
    expect(silent(false)).toMatchObject({ startWithAudioMuted: false });
  });

  it('reads errors of the shape that Jitsi sends', () => {
    const refused = { error: { name: 'connection.passwordRequired', type: 'CONNECTION', isFatal: false } };
    expect(refusesToken(refused)).toBe(true);
    expect(isFatal(refused)).toBe(false);
    expect(isFatal({ error: { name: 'connection.droppedError', isFatal: true } })).toBe(true);
    for (const odd of [undefined, null, 'text', {}, { error: null }, { error: 7 }]) {
      expect(refusesToken(odd)).toBe(false);
      expect(isFatal(odd)).toBe(false);
    }
  });
});

describe('a call', () => {
  const listeners = new Map<string, (detail: unknown) => void>();
  const made: Record<string, unknown>[] = [];
  let disposed = 0;
  let minted = 0;
  let answer: object;

  class StandIn {
    constructor(_domain: string, options: Record<string, unknown>) {
      made.push(options);
    }
    addListener(event: string, listener: (detail: unknown) => void) {
      listeners.set(event, listener);
    }
    executeCommand() {}
    dispose() {
      disposed++;
    }
  }

  beforeEach(() => {
    listeners.clear();
    made.length = disposed = minted = 0;
    answer = { configured: true, ...room };
    vi.stubGlobal('fetch', () => {
      minted++;
      return Promise.resolve(Response.json({ ...answer, token: `token-${minted}` }));
    });
    vi.stubGlobal('JitsiMeetExternalAPI', StandIn);
    vi.spyOn(document.head, 'append').mockImplementation((...nodes) => {
      setTimeout(() => (nodes[0] as HTMLScriptElement).onload?.(new Event('load')));
    });
  });
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  });

  it('says plainly that there is none', async () => {
    answer = { configured: false };
    const call = new VideoCall('b', undefined);
    await call.look();
    expect(call.stage).toBe('absent');
  });

  it('enters with one token, comes back with another, and cleans up', async () => {
    const call = new VideoCall('b', 'e');
    const node = document.createElement('div');
    await call.look();
    expect(call.stage).toBe('ready');
    await call.enter(node);
    listeners.get('videoConferenceJoined')?.({});
    expect(call.stage).toBe('in');
    expect(made.map(({ jwt }) => jwt)).toEqual(['token-1']);

    listeners.get('readyToClose')?.({});
    expect([call.stage, disposed]).toEqual(['left', 1]);
    await call.enter(node);
    expect(made.map(({ jwt }) => jwt)).toEqual(['token-1', 'token-2']);
    call.end();
    expect(disposed).toBe(2);
  });

  it('replaces a refused token once by itself, and does not go round for ever', async () => {
    const call = new VideoCall('b', undefined);
    const node = document.createElement('div');
    await call.look();
    await call.enter(node);
    const refused = { error: { name: 'connection.passwordRequired', isFatal: true } };
    listeners.get('errorOccurred')?.(refused);
    await vi.waitFor(() => expect(made).toHaveLength(2));
    expect(made[1]?.jwt).toBe('token-2');
    listeners.get('errorOccurred')?.(refused);
    expect(call.stage).toBe('failed');
    expect(made).toHaveLength(2);
  });

  it('fetches the script once', () => {
    expect(loadJitsi('other.example.vn')).toBe(loadJitsi('other.example.vn'));
  });
});
