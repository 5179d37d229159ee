import type { Schema } from './api';
import type { RundownAgenda, RundownItem } from './rundown';

/**
 * The pictures that the streams carry, as a reader of the widest audience gets them. Every part is optional, because
 * a lower audience does not have it: not the value, not even the key.
 */
export interface BriefingPicture {
  readonly briefing?: {
    readonly kind: Schema<'Kind'>;
    readonly title: string;
    readonly titleEn?: string;
    readonly status: Schema<'Status'>;
    readonly plannedStart: string;
    readonly plannedEnd: string;
    readonly openedAt?: string;
    readonly startedAt?: string;
    readonly closedAt?: string;
    readonly chair?: string;
    readonly hub?: string;
    readonly zone: string;
    readonly reason?: string;
  };
  readonly agenda?: AgendaPicture;
  readonly sites?: {
    readonly expected: number;
    readonly connected: number;
    readonly lost: number;
    readonly delegates: number;
  };
  readonly endpoints?: Readonly<Record<string, EndpointPicture>>;
  readonly floor?: FloorPicture;
}

export interface AgendaPicture extends RundownAgenda {
  readonly items: Readonly<Record<string, ItemPicture>>;
}

export interface ItemPicture extends RundownItem {
  readonly title: string;
  readonly titleEn?: string;
  readonly speaker?: string;
  readonly endpoint?: string;
  readonly late?: boolean;
}

export type SiteState = Schema<'Invitation'>['state'];

export interface EndpointPicture {
  readonly sort: string | number;
  readonly name: string;
  readonly province?: string;
  readonly state: SiteState;
  readonly delegates: number;
}

export interface FloorPicture {
  readonly order: readonly string[];
  readonly requests: Readonly<Record<string, FloorRequestPicture>>;
  readonly holder?: string;
}

export interface FloorRequestPicture {
  readonly endpoint: string;
  readonly name?: string;
  readonly delegate?: string;
  readonly topic?: string;
  readonly status: Schema<'FloorRequest'>['status'];
  readonly requestedAt: string;
  readonly givenAt?: string;
}
