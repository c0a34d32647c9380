import { DAY_MS } from '../../../kernel/durations.js';
import type { WallTime, ZoneClock } from '../wall-time-clock.js';
import { cooldownDaysOn } from './duplicate-rules.js';
import { wallOfDate } from './local-days.js';
import type { EvergreenItem, Queue } from './queue.js';

/** Accounts of a queue as bits, by their place in it. */
export type AccountMask = number;

/** A run to come, in wall time of the queue's zone. */
interface RunAhead {
  readonly wall: WallTime;
  readonly variation: number;
  readonly accounts: AccountMask;
}

/** The turns that a post had, or is to have. */
export interface Turns {
  /** Runs in its life, those ahead too. */
  readonly count: number;
  /** Instant of the latest, those ahead too; undefined: never. */
  readonly lastTurnAt: number | undefined;
}

/** A post while a queue is planned. Rests are counted on the clocks of the queue's zone: a week ends at the same time. */
export interface ItemState extends Turns {
  readonly item: EvergreenItem;
  /** The accounts that take it. */
  readonly fits: AccountMask;
  /** Rest on each account, ms of wall time. */
  readonly restMs: readonly number[];
  readonly startWall: WallTime;
  /** The first instant after its last day. */
  readonly endWall: WallTime;
  /** Known runs from the span's start on, in order. */
  readonly ahead: readonly RunAhead[];
  /** Per account and on any; -Infinity: never. Without those of `ahead`. */
  readonly lastOn: WallTime[];
  lastWall: WallTime;
  lastVariation: number | undefined;
  count: number;
  lastTurnAt: number | undefined;
}

/** What a post's state is made from. */
export interface StateFacts {
  readonly accounts: Queue['accounts'];
  readonly clock: ZoneClock;
  /** Instant, ms. */
  readonly from: number;
}

export const turnsOf = ({ past, runs }: EvergreenItem): Turns => {
  let lastTurnAt = past.lastAt?.getTime();
  for (const { at } of runs) if (lastTurnAt === undefined || at.getTime() > lastTurnAt) lastTurnAt = at.getTime();
  return { count: past.count + runs.length, lastTurnAt };
};

export const stateOf = (item: EvergreenItem, { accounts, clock, from }: StateFacts): ItemState => {
  const { recycling, past, runs } = item;
  const wallOf = (at: Date | undefined) => (at ? clock.wallOf(at.getTime()) : -Infinity);
  const state: ItemState = {
    item,
    fits: maskOf(accounts, item.fitsOn),
    restMs: accounts.map(({ platform }) => cooldownDaysOn(platform, recycling) * DAY_MS),
    startWall: recycling.startDate ? wallOfDate(recycling.startDate) : -Infinity,
    endWall: recycling.expireDate ? wallOfDate(recycling.expireDate) + DAY_MS : Infinity,
    ahead: runs
      .filter(({ at }) => at.getTime() >= from)
      .map(({ at, variation, accountIds }) => ({ wall: wallOf(at), variation, accounts: maskOf(accounts, accountIds) }))
      .toSorted((one, other) => one.wall - other.wall),
    lastOn: accounts.map(({ id }) => wallOf(past.lastOn.get(id))),
    lastWall: wallOf(past.lastAt),
    lastVariation: past.lastVariation,
    ...turnsOf(item),
  };
  for (const { at, variation, accountIds } of runs)
    if (at.getTime() < from) noteRun(state, wallOf(at), { variation, accounts: maskOf(accounts, accountIds) });
  return state;
};

/** @param ids absent: all */
export const maskOf = (accounts: Queue['accounts'], ids: readonly string[] | undefined): AccountMask =>
  accounts.reduce((mask, { id }, index) => (!ids || ids.includes(id) ? mask | (1 << index) : mask), 0);

/** Takes a run into what was last; turns and counts are the caller's. */
const noteRun = (state: ItemState, wall: WallTime, run: Pick<RunAhead, 'variation' | 'accounts'>): void => {
  state.lastOn.forEach((last, account) => {
    if (run.accounts & (1 << account)) state.lastOn[account] = Math.max(last, wall);
  });
  if (wall < state.lastWall) return;
  state.lastWall = wall;
  state.lastVariation = run.variation;
};

/** One more run, later than all before it but those ahead. */
export const addRun = (
  state: ItemState,
  { at, wall, ...run }: { readonly at: number; readonly wall: WallTime } & Pick<RunAhead, 'variation' | 'accounts'>,
): void => {
  noteRun(state, wall, run);
  state.count += 1;
  state.lastTurnAt = Math.max(state.lastTurnAt ?? at, at);
};

export const hasEnded = ({ count, item }: ItemState): boolean => count >= (item.recycling.expireCount ?? Infinity);

/** The last run before a wall time; -Infinity: none. */
export const lastWallBefore = ({ lastWall, ahead }: ItemState, wall: WallTime): WallTime =>
  ahead.reduce((last, run) => (run.wall <= wall ? Math.max(last, run.wall) : last), lastWall);

/**
 * The wording of a run there: the next in turn that is neither that of the run before nor that of the run after;
 * undefined when two wordings are pinched between two runs.
 */
export const variationAt = (state: ItemState, wall: WallTime): number | undefined => {
  const { variations } = state.item.recycling;
  if (variations < 2) return 0;
  const after = state.ahead.find((run) => run.wall > wall)?.variation;
  const between = state.ahead.findLast((run) => run.wall <= wall && run.wall >= state.lastWall);
  const before = between ? between.variation : state.lastVariation;
  const first = before === undefined ? 0 : before + 1;
  for (let step = 0; step < variations; step += 1) {
    const variation = (first + step) % variations;
    if (variation !== before && variation !== after) return variation;
  }
  return undefined;
};
