import type { Schema } from '../lib/api';

/** What we use of Jitsi's own frame: https://jitsi.github.io/handbook/docs/dev-guide/dev-guide-iframe */
export interface JitsiFrame {
  executeCommand(name: string, ...values: unknown[]): void;
  addListener(event: string, listener: (detail: unknown) => void): void;
  getRoomsInfo(): Promise<unknown>;
  isAudioMuted(): Promise<boolean>;
  dispose(): void;
}

type JitsiApi = new (domain: string, options: Record<string, unknown>) => JitsiFrame;

/** A video room that we may enter: the answer of `enterVideo` where one is configured. */
export type Room = Required<Pick<Schema<'Video'>, 'domain' | 'room' | 'token' | 'expiresAt'>> &
  Pick<Schema<'Video'>, 'displayName' | 'subject' | 'moderator' | 'startMuted' | 'lobby'>;

export function roomOf(video: Schema<'Video'>): Room | undefined {
  const { domain, room, token, expiresAt } = video;
  return video.configured && domain && room && token && expiresAt
    ? { ...video, domain, room, token, expiresAt }
    : undefined;
}

/**
 * How a conference room behaves: no lobby page of Jitsi's own, nobody invites from inside, and silent on entry unless the
 * server says otherwise.
 */
export function jitsiOptions(room: Room, parentNode: HTMLElement, lang: string): Record<string, unknown> {
  return {
    roomName: room.room,
    jwt: room.token,
    parentNode,
    lang,
    width: '100%',
    height: '100%',
    userInfo: { displayName: room.displayName ?? '' },
    configOverwrite: {
      prejoinConfig: { enabled: false },
      startWithAudioMuted: room.startMuted !== false,
      disableInviteFunctions: true,
      readOnlyName: true,
      defaultLanguage: lang,
      deeplinking: { disabled: true },
      ...(room.subject !== undefined && { subject: room.subject }),
      // Sites are known by the room and the token; only the control room may send away or promote.
      ...(!room.moderator && {
        remoteVideoMenu: { disableKick: true, disableGrantModerator: true, disableDemote: true },
        disableRemoteMute: true,
      }),
    },
  };
}

/**
 * Is this a refusal of the token, for which a fresh one may help? `errorOccurred` carries
 * `{error: {name, params, type, isFatal}}`; whoever has been away asks again with a token that has run out meanwhile.
 */
export function refusesToken(detail: unknown): boolean {
  return /passwordRequired|authenticationRequired|notAllowed|not-allowed/.test(errorName(detail));
}

export function isFatal(detail: unknown): boolean {
  const error = errorOf(detail);
  return error !== undefined && 'isFatal' in error && error.isFatal === true;
}

function errorName(detail: unknown): string {
  const error = errorOf(detail);
  return error !== undefined && 'name' in error ? String(error.name) : '';
}

function errorOf(detail: unknown): object | undefined {
  if (typeof detail !== 'object' || detail === null || !('error' in detail)) return undefined;
  return typeof detail.error === 'object' && detail.error !== null ? detail.error : undefined;
}

const loading = new Map<string, Promise<JitsiApi>>();

/** Jitsi's script, fetched once from its own domain (the content security policy names that domain). */
export function loadJitsi(domain: string): Promise<JitsiApi> {
  const known = loading.get(domain);
  if (known) return known;
  const script = document.createElement('script');
  const loaded = new Promise<JitsiApi>((resolve, reject) => {
    script.onload = () => {
      const api = (globalThis as { JitsiMeetExternalAPI?: JitsiApi }).JitsiMeetExternalAPI;
      if (api) resolve(api);
      else reject(new Error(`${script.src} brought no JitsiMeetExternalAPI`));
    };
    script.onerror = () => reject(new Error(`${script.src} cannot be loaded`));
  });
  loading.set(domain, loaded);
  loaded.catch(() => {
    loading.delete(domain); // so that the next try is one
    script.remove();
  });
  script.src = `https://${domain}/external_api.js`;
  script.async = true;
  document.head.append(script);
  return loaded;
}
