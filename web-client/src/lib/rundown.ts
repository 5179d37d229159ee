/**
 * What time alone moves in a briefing. The stream carries facts, and derived values as they were at the last change;
 * between two changes every screen computes the rest with this one function. The server has the same one; both are held
 * together by `src/test/resources/rundown-vectors.json`. Whole milliseconds throughout.
 *
 * 1. The live item is `agenda.live`, if the picture has that item, its status is LIVE and it has `startedAt`.
 *    Otherwise nothing is live for this reader (before the start, between two items, or an item hidden from them runs):
 *    phase `idle`, `remainingMs` and `overMs` 0.
 * 2. plan = plannedMinutes × 60 000. elapsed = max(0, now − startedAt): an item has never run for less than nothing.
 *    left = plan − elapsed. `remainingMs` = max(0, left), `overMs` = max(0, −left).
 * 3. The warning time is the longer of a fifth of the plan and one minute, but never more than half of the plan:
 *    min(plan / 2, max(plan / 5, 60 000)).
 *    `overtime` when left ≤ 0; else `warning` when left ≤ the warning time; else `onTime`.
 * 4. due = when the next thing was expected to happen, as of the picture: with a live item its `expectedEnd` (or, where
 *    the picture has none, startedAt + plan); with nothing live the `expectedStart` of the next item; with neither, none.
 *    `shiftMs` = max(0, now − due), or 0 without a due. It is not the same as `overMs`: a change made during overtime has
 *    already moved `expectedEnd`.
 * 5. Next is the first item in `order` whose status is PLANNED. Every PLANNED item is to be expected `shiftMs` later than
 *    its `expectedStart` and `expectedEnd` say. One number for all: gaps in the picture are not slack that could take up
 *    the delay, they are items that this reader does not see.
 * 6. `driftMs` (behind is positive, ahead negative) is measured at the first PLANNED item in `order` that has a
 *    `plannedStart` and an `expectedStart` (a late item has no planned start): expectedStart + shiftMs − plannedStart.
 *    Without such an item, at the end of the live one, if it has a `plannedStart`: due + shiftMs − (plannedStart + plan).
 *    Else 0.
 *    `behindMinutes` = driftMs in whole minutes, cut towards zero ("chậm 6 phút" is said when six minutes are full).
 */
export function rundown(agenda: RundownAgenda, now: number): Rundown {
  const next = agenda.order.find((id) => agenda.items[id]?.status === 'PLANNED');
  const nextItem = next === undefined ? undefined : agenda.items[next];
  const live = liveItem(agenda);

  const plan = live ? live.item.plannedMinutes * MINUTE : 0;
  const left = live ? plan - Math.max(0, now - live.startedAt) : 0;

  const due = live
    ? (instant(live.item.expectedEnd) ?? live.startedAt + plan)
    : instant(nextItem?.expectedStart);
  const shiftMs = due === undefined ? 0 : Math.max(0, now - due);

  const driftMs = drift();
  return {
    live: live?.id,
    next,
    phase: live ? phase(left, plan) : 'idle',
    remainingMs: Math.max(0, left),
    overMs: Math.max(0, -left),
    shiftMs,
    driftMs,
    behindMinutes: Math.trunc(driftMs / MINUTE) + 0, // + 0: minus nought is nought
  };

  function drift(): number {
    for (const id of agenda.order) {
      const item = agenda.items[id];
      const expected = instant(item?.expectedStart);
      const planned = instant(item?.plannedStart);
      if (item?.status === 'PLANNED' && expected !== undefined && planned !== undefined)
        return expected + shiftMs - planned;
    }
    const planned = instant(live?.item.plannedStart);
    return due === undefined || planned === undefined ? 0 : due + shiftMs - (planned + plan);
  }
}

const MINUTE = 60_000;

export type Phase = 'idle' | 'onTime' | 'warning' | 'overtime';

/** The part of the picture that the rundown reads; instants are ISO-8601 in UTC. */
export interface RundownAgenda {
  readonly order: readonly string[];
  readonly live?: string;
  readonly items: Readonly<Record<string, RundownItem>>;
}

export interface RundownItem {
  readonly plannedMinutes: number;
  readonly status: 'PLANNED' | 'LIVE' | 'DONE' | 'SKIPPED';
  readonly plannedStart?: string;
  readonly expectedStart?: string;
  readonly expectedEnd?: string;
  readonly startedAt?: string;
  readonly endedAt?: string;
}

export interface Rundown {
  readonly live: string | undefined;
  readonly next: string | undefined;
  readonly phase: Phase;
  readonly remainingMs: number;
  readonly overMs: number;
  readonly shiftMs: number;
  readonly driftMs: number;
  readonly behindMinutes: number;
}

function liveItem(agenda: RundownAgenda) {
  const id = agenda.live;
  const item = id === undefined ? undefined : agenda.items[id];
  const startedAt = instant(item?.startedAt);
  return id !== undefined && item?.status === 'LIVE' && startedAt !== undefined
    ? { id, item, startedAt }
    : undefined;
}

function phase(left: number, plan: number): Phase {
  if (left <= 0) return 'overtime';
  return left <= Math.min(plan / 2, Math.max(plan / 5, MINUTE)) ? 'warning' : 'onTime';
}

function instant(text: string | undefined): number | undefined {
  const at = text === undefined ? NaN : Date.parse(text);
  return Number.isNaN(at) ? undefined : at;
}
