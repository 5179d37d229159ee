import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { VideoPicture } from '../src/lib/picture';
import { Conference } from '../src/relay/conference.svelte';
import { participantsOf } from '../src/relay/frame';
import { seatAt, seatsOf } from '../src/relay/seats';
import { Seen } from '../src/relay/seen';

const info = (...participants: object[]) => ({ rooms: [{ isMainRoom: true, participants }] });
const site = (id: string, more: object = {}) => ({
  id,
  displayName: `Site ${id}`,
  role: 'participant',
  jid: `r@muc.meet.jitsi/${id}`,
  audioMuted: true,
  videoMuted: false,
  ...more,
});

describe('what a page sees of the room', () => {
  it('reads the main room of getRoomsInfo, and nothing out of anything else', () => {
    const all = participantsOf({
      rooms: [
        { isMainRoom: false, participants: [site('x')] },
        {
          isMainRoom: true,
          participants: [site('a', { userContext: { id: 'e1' } }), { id: 'me', role: 'moderator' }],
        },
      ],
    });
    expect(all).toEqual([
      { id: 'a', user: 'e1', name: 'Site a', moderator: false, audioMuted: true, videoMuted: false },
      { id: 'me', name: '', moderator: true, audioMuted: true, videoMuted: true },
    ]);
    for (const odd of [undefined, null, 7, {}, { rooms: 'x' }, info({ id: 9 })])
      expect(participantsOf(odd)).toEqual([]);
  });

  it('follows the events between two snapshots', () => {
    const seen = new Seen();
    seen.told('videoConferenceJoined', { id: 'me', displayName: 'Thư ký' });
    seen.told('participantJoined', { id: 'a', displayName: 'A', userContext: { id: 'e1' } });
    seen.told('participantMuted', { id: 'a', isMuted: false, mediaType: 'audio' });
    seen.told('participantMuted', { id: 'a', isMuted: true, mediaType: 'desktop' });
    seen.told('raiseHandUpdated', { id: 'a', handRaised: 1700 });
    seen.told('knockingParticipant', { participant: { id: 'k', name: 'Cà Mau' } });
    seen.told('recordingStatusChanged', { on: true, mode: 'file' });
    expect(seen.report('p', 1)).toEqual({
      page: 'p',
      n: 1,
      lobby: false,
      recording: true,
      seats: [
        { id: 'me', name: 'Thư ký', moderator: true, audioMuted: true, videoMuted: true, hand: 0 },
        { id: 'a', user: 'e1', name: 'A', moderator: false, audioMuted: false, videoMuted: true, hand: 1700 },
      ],
      knocking: [{ id: 'k', name: 'Cà Mau' }],
    });
  });

  it('keeps hands over a snapshot, lets go of who left, and of the door who came in', () => {
    const seen = new Seen();
    seen.told('videoConferenceJoined', { id: 'me', displayName: 'x' });
    seen.told('audioMuteStatusChanged', { muted: false });
    seen.told('knockingParticipant', { participant: { id: 'b', name: 'B' } });
    seen.told('raiseHandUpdated', { id: 'a', handRaised: 5 });
    seen.took(info({ id: 'me', displayName: 'x', role: 'moderator' }, site('a'), site('b')));
    const report = seen.report('p', 2);
    expect(report.knocking).toEqual([]);
    expect(report.seats.map(({ id, hand, audioMuted }) => [id, hand, audioMuted])).toEqual([
      ['me', 0, false], // our own microphone is known by its own event alone
      ['a', 5, true],
      ['b', 0, true],
    ]);
    seen.told('participantLeft', { id: 'a' });
    seen.told('participantJoined', { id: 'a', displayName: 'again' });
    expect(seen.report('p', 3).seats.find(({ id }) => id === 'a')?.hand).toBe(0);
  });

  it('sends names that the server takes', () => {
    const seen = new Seen();
    seen.told('participantJoined', { id: 'a', displayName: `\u0000${'x'.repeat(300)}` });
    expect(seen.report('p', 1).seats[0]?.name).toBe(` ${'x'.repeat(199)}`);
  });
});

describe('seats', () => {
  const video: VideoPicture = {
    seats: {
      c: { name: 'C', audioMuted: true, videoMuted: true, endpoint: 'e3' },
      m: { name: 'Thư ký', audioMuted: false, videoMuted: true, moderator: true },
      a: { name: 'A', audioMuted: false, videoMuted: true, endpoint: 'e1' },
      b2: { name: 'B', audioMuted: true, videoMuted: true, handAt: '2026-12-01T01:00:02.000Z' },
      b1: { name: 'Z', audioMuted: true, videoMuted: true, handAt: '2026-12-01T01:00:01.000Z' },
      c2: { name: 'C', audioMuted: false, videoMuted: true, endpoint: 'e3' },
    },
  };

  it('show hands in their order, then open microphones, and those who run it last', () => {
    expect(seatsOf(video, {}).map(({ id }) => id)).toEqual(['b1', 'b2', 'a', 'c2', 'c', 'm']);
    const named = seatsOf(video, { e1: { sort: 1, name: 'Nghệ An', state: 'CONNECTED', delegates: 0 } });
    expect(named.find(({ id }) => id === 'a')?.called).toBe('Nghệ An');
  });

  it('of a site with two devices the one that is heard is pinned', () => {
    expect(seatAt(video, 'e3')).toBe('c2');
    expect(seatAt(video, 'e9')).toBeUndefined();
    expect(seatAt(undefined, 'e3')).toBeUndefined();
  });
});

describe('the conference', () => {
  const commands: unknown[][] = [];
  const listeners = new Map<string, (detail: unknown) => void>();
  const frame = {
    executeCommand: (...all: unknown[]) => void commands.push(all),
    addListener: (event: string, listener: (detail: unknown) => void) => void listeners.set(event, listener),
    getRoomsInfo: () => Promise.resolve(info({ id: 'me', displayName: 'x', role: 'moderator' }, site('a'))),
    isAudioMuted: () => Promise.resolve(muted),
  };
  const sent: { page: string; n: number; lobby: boolean; seats: unknown[] }[] = [];
  let video: VideoPicture | undefined;
  let muted = true;

  beforeEach(() => {
    vi.useFakeTimers();
    muted = true;
    commands.length = sent.length = 0;
    video = undefined;
    vi.stubGlobal(
      'fetch',
      vi.fn(async (request: Request) => {
        sent.push((await request.json()) as (typeof sent)[number]);
        return Response.json({ relaying: true, by: 'x' });
      }),
    );
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  function conference() {
    const made = new Conference('b1', () => video);
    const leave = made.attend(frame);
    return { made, leave };
  }

  it('relays once a second from inside, and not while another page does', async () => {
    const { made, leave } = conference();
    made.muteAll();
    await vi.advanceTimersByTimeAsync(3000);
    expect(sent).toEqual([]);
    expect(commands).toEqual([]); // nobody would hear it
    listeners.get('videoConferenceJoined')?.({ id: 'me', displayName: 'x' });
    await vi.advanceTimersByTimeAsync(2000);
    expect(sent.map(({ n }) => n)).toEqual([1, 2]);
    expect(sent[1]?.seats).toHaveLength(2);

    video = { relay: { page: 'another', by: 'y', since: '' }, lobby: true };
    await vi.advanceTimersByTimeAsync(5000);
    expect(sent).toHaveLength(2);
    expect(made.led).toBe(true);
    video = { lobby: true };
    await vi.advanceTimersByTimeAsync(1000);
    expect(sent.at(-1)).toMatchObject({ n: 3, page: made.page, lobby: true }); // as the other had left it
    leave();
    await vi.advanceTimersByTimeAsync(5000);
    expect(sent).toHaveLength(3);
    made.mute('a');
    expect(commands).toEqual([]);
  });

  it('opens the lobby at the hour: who waits comes in, nobody waits any more', () => {
    const { made, leave } = conference();
    listeners.get('videoConferenceJoined')?.({ id: 'me', displayName: 'x' });
    made.openDoors();
    expect(commands).toEqual([]);
    made.lobby(true);
    listeners.get('knockingParticipant')?.({ participant: { id: 'k1', name: 'A' } });
    made.openDoors();
    expect(commands).toEqual([
      ['toggleLobby', true],
      ['answerKnockingParticipant', 'k1', true],
      ['toggleLobby', false],
    ]);
    leave();
  });

  it('opens a lobby that the room began with, though no page of ours switched it on and nobody knocks yet', () => {
    const made = new Conference('b1', () => video);
    const leave = made.attend(frame, { lobby: true });
    expect(made.lobbyUntouched).toBe(false); // nobody is inside yet
    listeners.get('videoConferenceJoined')?.({ id: 'me', displayName: 'x' });
    expect(made.lobbyUntouched).toBe(true);
    made.openDoors();
    expect(commands).toEqual([['toggleLobby', false]]);
    expect(made.lobbyUntouched).toBe(false);
    made.openDoors();
    expect(commands).toHaveLength(1);
    leave();
  });

  it('leaves a lobby alone of which another page has already said something', () => {
    video = { lobby: false };
    const made = new Conference('b1', () => video);
    const leave = made.attend(frame, { lobby: true });
    listeners.get('videoConferenceJoined')?.({ id: 'me', displayName: 'x' });
    expect(made.lobbyUntouched).toBe(false);
    made.openDoors();
    expect(commands).toEqual([]);
    leave();
  });

  it('knows its own microphone from the beginning, which Jitsi tells only when asked', async () => {
    muted = false;
    const { leave } = conference();
    listeners.get('videoConferenceJoined')?.({ id: 'me', displayName: 'x' });
    await vi.advanceTimersByTimeAsync(1000);
    expect(sent.at(-1)?.seats).toContainEqual(expect.objectContaining({ id: 'me', audioMuted: false }));
    leave();
  });

  it('lets the server put somebody out and send a line; where it cannot, the frame does', async () => {
    const { made, leave } = conference();
    listeners.get('videoConferenceJoined')?.({ id: 'me', displayName: 'x' });
    made.kick('a');
    made.message('a', 'Xin tăng âm lượng');
    await vi.advanceTimersByTimeAsync(10);
    expect(sent).toEqual([{ participant: 'a' }, { participant: 'a', text: 'Xin tăng âm lượng' }]);
    expect(commands).toEqual([]);
    vi.stubGlobal('fetch', () =>
      Promise.resolve(
        Response.json({ type: '/problems/no-video-commands', status: 409, title: 'x' }, { status: 409 }),
      ),
    );
    made.kick('a');
    made.message('a', 'hallo');
    made.end();
    await vi.advanceTimersByTimeAsync(10);
    expect(commands).toEqual([
      ['endConference'],
      ['kickParticipant', 'a'],
      ['sendChatMessage', 'hallo', 'a', true],
    ]);
    leave();
  });
});
