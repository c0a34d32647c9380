import { type WallTime, zoneClock } from '../wall-time-clock.js';
import { type AccountMask, hasEnded, type ItemState, stateOf, variationAt } from './item-state.js';
import { openInSeason, plusUnits } from './local-days.js';
import type { EvergreenItem, QueueAccount } from './queue.js';

/** When a post may return, seen from a wall time. */
export interface Readiness {
  /** Where it may run now. */
  readonly accounts: AccountMask;
  /** When it may run on one more; Infinity: never. */
  readonly nextWall: WallTime;
}

const NEVER: Readiness = { accounts: 0, nextWall: Infinity };

export const readinessAt = (state: ItemState, wall: WallTime): Readiness => {
  if (hasEnded(state)) return NEVER;
  const earliest = Math.max(wall, state.startWall, afterGap(state, state.lastWall));
  const open = state.item.seasons.length > 0 ? openInSeason(earliest, state.item.seasons) : earliest;
  let accounts = 0;
  let nextWall = Infinity;
  for (let account = 0; account < state.restMs.length; account += 1) {
    if (!(state.fits & (1 << account))) continue;
    const opens = opensOn(state, account, open);
    if (opens <= wall) accounts |= 1 << account;
    else if (opens < nextWall) nextWall = opens;
  }
  return { accounts, nextWall };
};

/** When a post may next run on one account; Infinity: never. */
export const opensOn = (state: ItemState, account: number, from: WallTime): WallTime => {
  let open = Math.max(from, (state.lastOn[account] ?? -Infinity) + (state.restMs[account] ?? 0));
  const { seasons } = state.item;
  if (seasons.length > 0 || state.ahead.length > 0)
    for (let last = NaN; open !== last && open < state.endWall;) {
      last = open;
      // What `from` has answered already is not asked again.
      if (seasons.length > 0 && open !== from) open = openInSeason(open, seasons);
      open = afterAhead(state, account, open);
    }
  return open < state.endWall ? open : Infinity;
};

const afterGap = ({ item }: ItemState, wall: WallTime): WallTime => {
  const { gap } = item.recycling;
  return gap && wall > -Infinity ? plusUnits(wall, gap.count, gap.unit) : -Infinity;
};

/** Keeps the distance on both sides of the runs to come. */
const afterAhead = (state: ItemState, account: number, wall: WallTime): WallTime => {
  const { gap } = state.item.recycling;
  let open = wall;
  for (const run of state.ahead) {
    const rest = run.accounts & (1 << account) ? (state.restMs[account] ?? 0) : 0;
    if (Math.abs(open - run.wall) < rest) open = run.wall + rest;
    if (gap && afterGap(state, open) > run.wall) open = Math.max(open, afterGap(state, run.wall));
  }
  if (open === Infinity || variationAt(state, open) !== undefined) return open;
  return (state.ahead.find((run) => run.wall > open)?.wall ?? open) + 1;
};

/** Whether a post may run on one account at an instant. */
export const mayReturn = (
  item: EvergreenItem,
  { account, at, zone }: { readonly account: QueueAccount; readonly at: Date; readonly zone: string },
): boolean => {
  const clock = zoneClock(zone);
  const state = stateOf(item, { accounts: [account], clock, from: at.getTime() });
  return readinessAt(state, clock.wallOf(at.getTime())).accounts !== 0;
};
