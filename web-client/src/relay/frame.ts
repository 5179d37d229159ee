/** What of Jitsi's frame it takes to see a room and to steer it. */
export interface ConferenceFrame {
  executeCommand(name: string, ...values: unknown[]): void;
  addListener(event: string, listener: (detail: unknown) => void): void;
  getRoomsInfo(): Promise<unknown>;
  isAudioMuted(): Promise<boolean>;
}

/** One connection in the room as Jitsi describes it. */
export interface Participant {
  readonly id: string;
  /** The id in our token; only where Prosody shows it. */
  readonly user?: string;
  readonly name: string;
  readonly moderator: boolean;
  readonly audioMuted: boolean;
  readonly videoMuted: boolean;
}

type Facts = Readonly<Record<string, unknown>>;

const object = (value: unknown): Facts =>
  typeof value === 'object' && value !== null ? (value as Facts) : {};
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** What an event says, field by field: of another shape than Jitsi's it says nothing. */
export const said = (detail: unknown) => {
  const facts = object(detail);
  return {
    id: text(facts.id),
    name: text(facts.displayName),
    user: text(object(facts.userContext).id),
    role: text(facts.role),
    media: text(facts.mediaType),
    muted: facts.isMuted === true || facts.muted === true,
    hand: typeof facts.handRaised === 'number' ? facts.handRaised : 0,
    on: facts.on === true,
    error: text(facts.error),
    participant: { id: text(object(facts.participant).id), name: text(object(facts.participant).name) },
  };
};

/** The people of the main room out of `getRoomsInfo()`; our own entry there has no word on its microphone. */
export function participantsOf(info: unknown): Participant[] {
  const rooms = object(info).rooms;
  const main = Array.isArray(rooms) ? rooms.map(object).find((room) => room.isMainRoom === true) : undefined;
  const people = Array.isArray(main?.participants) ? main.participants.map(object) : [];
  return people
    .filter((one) => text(one.id) !== '')
    .map((one) => {
      const user = text(object(one.userContext).id);
      return {
        id: text(one.id),
        ...(user !== '' && { user }),
        name: text(one.displayName),
        moderator: one.role === 'moderator',
        audioMuted: one.audioMuted !== false,
        videoMuted: one.videoMuted !== false,
      };
    });
}
