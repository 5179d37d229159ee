import type { Schema } from './api';
import type { RundownAgenda, RundownItem } from './rundown';

/*
 * The pictures that the streams carry, as the widest audience gets them. A lower audience does not have a part that is
 * not its own: not the value, not even the key. So nearly everything is optional, and nothing is ever null.
 */

/** `briefing/{id}` */
export interface BriefingPicture {
  readonly briefing?: BriefingFacts;
  readonly agenda?: AgendaPicture;
  readonly sites?: SiteTotals;
  /** staff */
  readonly endpoints?: Readonly<Record<string, EndpointPicture>>;
  /** How far each round of check calls is: staff */
  readonly rounds?: Readonly<Record<string, RoundPicture>>;
  /** site, staff */
  readonly floor?: FloorPicture;
  /** What a moderator's page relays of the video room; below staff only that it is recorded */
  readonly video?: VideoPicture;
  /** How the servers of the conference are, and whether they owe us something: staff */
  readonly conference?: ConferencePicture;
  /** The short line on the stage: site, staff */
  readonly stage?: { readonly text: string; readonly at: string };
  /** Until when sites are asked to answer: site, staff; how many did: staff. */
  readonly replies?: {
    readonly by?: string;
    readonly confirmed?: number;
    readonly declined?: number;
    readonly asked?: number;
  };
  /** site, staff */
  readonly rollCall?: RollCallPicture;
}

/** The conference as the server sees it: not its people, but what carries it. */
export interface ConferencePicture {
  readonly health?: {
    readonly state: 'OK' | 'UNKNOWN' | 'SICK';
    readonly since: string;
    readonly servers: readonly {
      readonly server: string;
      readonly state: 'OK' | 'UNKNOWN' | 'SICK';
      readonly why?: string;
    }[];
    /** When it was checked before the start, and what was wrong then. */
    readonly checkedAt?: string;
    readonly wrong?: readonly string[];
  };
  /** A call that is over and that the server has not ended yet. */
  readonly ending?: { readonly since: string; readonly why: string };
}

/** What a site has answered to its invitation. */
export interface ReplyPicture {
  readonly answer?: Schema<'ReplyAnswer'>;
  readonly reason?: string;
  readonly at?: string;
  readonly late?: boolean;
  /** The planned start that was answered to, where it has changed since. */
  readonly start?: string;
  readonly substitute?: Schema<'Substitute'>;
  /** staff */
  readonly registered?: number;
}

export interface CalledSite {
  readonly endpoint: string;
  readonly name: string;
}

export interface RollCallPicture {
  readonly n: number;
  readonly status: Schema<'RollCall'>['status'];
  readonly round: number;
  readonly seconds: number;
  /** When the time of the called site is up. */
  readonly until?: string;
  readonly current?: CalledSite;
  readonly next?: readonly CalledSite[];
  /** staff, from here on */
  readonly place?: number;
  readonly of?: number;
  readonly sites?: number;
  readonly present?: number;
  readonly missing?: readonly CalledSite[];
  readonly startedAt?: string;
  readonly endedAt?: string;
}

/** What a roll call says of one site. */
export interface RollMark {
  readonly result: Schema<'RollCallResult'>;
  readonly round: number;
  readonly at: string;
  readonly timedOut?: boolean;
}

/** What a list shows of a briefing. */
export interface CardPicture {
  readonly kind: Schema<'Kind'>;
  readonly title: string;
  readonly titleEn?: string;
  readonly status: Schema<'Status'>;
  readonly plannedStart: string;
  readonly plannedEnd: string;
  readonly zone: string;
  /** A name. */
  readonly chair?: string;
  readonly previousStart?: string;
  readonly reason?: string;
}

export interface BriefingFacts extends CardPicture {
  readonly opensAt?: string;
  readonly openedAt?: string;
  readonly startedAt?: string;
  readonly closedAt?: string;
  readonly hub?: string;
  readonly visibility?: Schema<'Audience'>;
  readonly secretary?: string;
  readonly operator?: string;
  readonly room?: string;
  readonly expectedDelegates?: number;
  /** Running over what comes next: the booking that it runs into. */
  readonly overrun?: NonNullable<Schema<'Problem'>['conflict']>;
}

export interface AgendaPicture extends RundownAgenda {
  readonly items: Readonly<Record<string, ItemPicture>>;
}

export interface ItemPicture extends RundownItem {
  readonly title: string;
  readonly titleEn?: string;
  readonly speaker?: string;
  readonly endpoint?: string;
  readonly endpointName?: string;
  readonly late?: boolean;
  /** staff */
  readonly visibility?: Schema<'Audience'>;
}

export interface SiteTotals {
  readonly expected: number;
  readonly connected: number;
  readonly lost: number;
  readonly delegates: number;
  /** staff */
  readonly checked?: number;
  readonly weak?: number;
  readonly onPhone?: number;
  readonly inSupport?: number;
}

/** A site's wish for help, or that a technician has taken it aside. */
export interface HelpPicture {
  readonly id: string;
  readonly reason: Schema<'HelpReason'>;
  readonly text?: string;
  readonly at: string;
  /** By the site itself. */
  readonly asked: boolean;
  readonly takenAt?: string;
  readonly takenBy?: string;
}

/** Who has seen an alarm: the one that began at `since`. */
export interface SeenPicture {
  readonly since: string;
  readonly at: string;
  readonly by: string;
}

export interface RoundPicture {
  readonly calls: number;
  readonly done: number;
  readonly noAnswer: number;
  readonly from?: string;
  readonly to?: string;
  readonly version: number;
}

/** What a board shows of a site's technical check; the figures are read by request. */
export interface CheckPicture {
  readonly verdict: Schema<'CheckVerdict'>;
  readonly at: string;
  readonly by: string;
  /** It had waited for the network until then. */
  readonly receivedAt?: string;
  readonly cause?: Schema<'CheckCause'>;
  readonly step?: Schema<'CheckStep'>;
  readonly figure?: number;
  readonly bound?: number;
}

export type SiteState = Schema<'Invitation'>['state'];

export interface EndpointPicture {
  readonly sort: number;
  readonly name: string;
  readonly code?: string;
  readonly kind?: Schema<'Endpoint'>['kind'];
  /** Code of today's province. */
  readonly province?: string;
  readonly state: SiteState;
  readonly delegates: number;
  readonly joinedAt?: string;
  readonly leftAt?: string;
  readonly losses?: number;
  /** The short line that was sent to this site alone. */
  readonly line?: string;
  readonly lostAt?: string;
  readonly weakAt?: string;
  /** The number by which it is reached; the state says that it is. */
  readonly phone?: string;
  readonly phoneAt?: string;
  readonly help?: HelpPicture;
  readonly seen?: Readonly<Partial<Record<Schema<'Alarm'>, SeenPicture>>>;
  readonly check?: CheckPicture;
  readonly reply?: ReplyPicture;
  readonly roll?: RollMark;
}

export interface VideoPicture {
  readonly recording?: { readonly since: string };
  readonly lobby?: boolean;
  /** Which page relays now; without it what follows may be old. */
  readonly relay?: { readonly page: string; readonly by: string; readonly since: string };
  readonly seats?: Readonly<Record<string, VideoSeat>>;
  readonly knocking?: Readonly<Record<string, { readonly name?: string; readonly endpoint?: string }>>;
}

/** One connection in the video room, by Jitsi's name for it. */
export interface VideoSeat {
  readonly name?: string;
  /** Which site it is; without it nobody knows. */
  readonly endpoint?: string;
  readonly moderator?: boolean;
  readonly audioMuted: boolean;
  readonly videoMuted: boolean;
  readonly handAt?: string;
}

export interface FloorPicture {
  /** Who waits, in the server's order. */
  readonly order: readonly string[];
  readonly requests: Readonly<Record<string, FloorRequestPicture>>;
  /** The request that has the floor. */
  readonly holder?: string;
}

export interface FloorRequestPicture {
  readonly endpoint: string;
  /** The site's name, and the delegate's where one person asked. */
  readonly name?: string;
  readonly delegate?: string;
  readonly topic?: string;
  readonly status: Schema<'FloorRequest'>['status'];
  readonly requestedAt: string;
  readonly givenAt?: string;
  readonly endedAt?: string;
  readonly spokenMs?: number;
}

/** `calendar` and `calendar/{organisation}` */
export interface CalendarPicture {
  readonly briefings?: Readonly<Record<string, CardPicture>>;
}

/** `endpoint/{id}`: one site, for those who run it. */
export interface SitePicture {
  readonly briefings?: Readonly<Record<string, SiteBriefing>>;
  /** By briefing: who sits at this site. */
  readonly delegates?: Readonly<Record<string, Readonly<Record<string, DelegatePicture>>>>;
  /** By briefing: how we stand in the video room. */
  readonly video?: Readonly<Record<string, OwnVideo>>;
  /** By briefing: our place among those who wish to speak. 1 is next. */
  readonly floor?: Readonly<
    Record<
      string,
      { readonly request: string; readonly status: Schema<'FloorRequest'>['status']; readonly place?: number }
    >
  >;
}

/** How a site stands in the video room. */
export interface OwnVideo {
  readonly audioMuted: boolean;
  readonly videoMuted: boolean;
  readonly handAt?: string;
}

export interface DelegatePicture {
  readonly name: string;
  readonly title?: string;
  /** Named before the doors opened. */
  readonly registeredAt?: string;
  /** Left out until he has come. */
  readonly from?: string;
}

export interface SiteBriefing extends CardPicture {
  readonly opensAt?: string;
  readonly openedAt?: string;
  readonly startedAt?: string;
  readonly closedAt?: string;
  /** The name of this site. */
  readonly site: string;
  readonly state: SiteState;
  readonly joinedAt?: string;
  readonly leftAt?: string;
  readonly line?: string;
  readonly lineAt?: string;
  readonly reply?: ReplyPicture;
  readonly roll?: RollMark;
  readonly help?: HelpPicture;
  readonly check?: CheckPicture;
  /** When the hub calls for the check. */
  readonly calls?: Readonly<Record<string, Omit<Schema<'CheckCall'>, 'id' | 'endpoint'>>>;
}
