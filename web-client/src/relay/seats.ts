import type { EndpointPicture, VideoPicture, VideoSeat } from '../lib/picture';

export interface Seat extends VideoSeat {
  readonly id: string;
  /** As the registry calls the site, else as Jitsi calls the connection. */
  readonly called: string;
}

/** Hands first in the order in which they went up, then open microphones, then the rest by name; who runs it last. */
export function seatsOf(
  video: VideoPicture | undefined,
  endpoints: Readonly<Record<string, EndpointPicture>> | undefined,
): Seat[] {
  const rank = (seat: VideoSeat) =>
    seat.moderator ? 3 : seat.handAt !== undefined ? 0 : seat.audioMuted ? 2 : 1;
  return Object.entries(video?.seats ?? {})
    .map(([id, seat]) => ({
      id,
      ...seat,
      called: (seat.endpoint !== undefined && endpoints?.[seat.endpoint]?.name) || seat.name || id,
    }))
    .sort(
      (a, b) =>
        rank(a) - rank(b) ||
        (a.handAt ?? '').localeCompare(b.handAt ?? '') ||
        a.called.localeCompare(b.called, 'vi') ||
        a.id.localeCompare(b.id),
    );
}

/** The connection that shows a site: of several the one that is heard. */
export function seatAt(video: VideoPicture | undefined, endpoint: string | undefined): string | undefined {
  if (endpoint === undefined) return undefined;
  const here = Object.entries(video?.seats ?? {}).filter(([, seat]) => seat.endpoint === endpoint);
  return (here.find(([, seat]) => !seat.audioMuted) ?? here[0])?.[0];
}
