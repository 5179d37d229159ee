import type { Schema } from '../lib/api';
import { participantsOf, said, type Participant } from './frame';

/** As many as the contract takes. */
const MOST = 500;

/** What a moderator's page has seen of the room: a snapshot every few seconds, and between them the events. */
export class Seen {
  recording = false;
  /** As pages of ours have set it: Jitsi does not tell. */
  lobby = false;
  me = '';
  #people = new Map<string, Participant>();
  #hands = new Map<string, number>();
  #knocks = new Map<string, string>();

  get knocks(): ReadonlyMap<string, string> {
    return this.#knocks;
  }

  took(info: unknown): void {
    const before = this.#people;
    this.#people = new Map(
      participantsOf(info).map((one) => {
        const own = one.id === this.me ? before.get(one.id) : undefined;
        return [one.id, own ? { ...one, audioMuted: own.audioMuted, videoMuted: own.videoMuted } : one];
      }),
    );
    for (const id of this.#people.keys()) this.#knocks.delete(id);
  }

  told(event: string, detail: unknown): void {
    const { id, name, user, role, media, muted, hand, on, participant } = said(detail);
    switch (event) {
      case 'videoConferenceJoined':
        this.me = id;
        this.#put(id, { name, moderator: true });
        break;
      case 'participantJoined':
        this.#knocks.delete(id);
        this.#put(id, { name, ...(user !== '' && { user }) });
        break;
      case 'participantLeft':
      case 'participantKickedOut':
        this.#people.delete(id);
        this.#hands.delete(id);
        break;
      case 'participantRoleChanged':
        this.#put(id, { moderator: role === 'moderator' });
        break;
      case 'participantMuted':
        this.#put(
          id,
          media === 'audio' ? { audioMuted: muted } : media === 'video' ? { videoMuted: muted } : {},
        );
        break;
      case 'audioMuteStatusChanged':
        this.#put(this.me, { audioMuted: muted });
        break;
      case 'videoMuteStatusChanged':
        this.#put(this.me, { videoMuted: muted });
        break;
      case 'raiseHandUpdated':
        this.#hands.set(id, hand);
        break;
      case 'knockingParticipant':
        if (participant.id !== '') this.#knocks.set(participant.id, participant.name);
        break;
      case 'recordingStatusChanged':
        this.recording = on;
        break;
    }
  }

  /** Let in or refused: no longer at the door. */
  answered(id: string): void {
    this.#knocks.delete(id);
  }

  report(page: string, n: number): Schema<'VideoReport'> {
    return {
      page,
      n,
      lobby: this.lobby,
      recording: this.recording,
      seats: [...this.#people.values()].slice(0, MOST).map((one) => ({
        ...one,
        name: clean(one.name),
        hand: this.#hands.get(one.id) ?? 0,
      })),
      knocking: [...this.#knocks].slice(0, MOST).map(([id, name]) => ({ id, name: clean(name) })),
    };
  }

  #put(id: string, facts: Partial<Participant>): void {
    if (id === '') return;
    const known = this.#people.get(id) ?? {
      id,
      name: '',
      moderator: false,
      audioMuted: true,
      videoMuted: true,
    };
    this.#people.set(id, { ...known, ...facts });
  }
}

/** Names are whatever somebody typed into Jitsi. */
const clean = (name: string): string => name.replace(/\p{Cc}/gu, ' ').slice(0, 200);
