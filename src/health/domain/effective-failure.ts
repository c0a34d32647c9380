import { BREADTH } from './chart.js';
import type { HealthTiming } from './health-timing.js';
import type { Counted, Seen } from './seen.js';

/** From so many active workspaces (or accounts) on, one of them counts as one source of trouble. */
const CROWD = 3;
/** More sources in one window add nothing: the chart is at its cap long before. */
const MAX_COUNTED = 200;
/** Two sources at least, where others are known. */
const LEAST_BREADTH = 2;

/** Who made an attempt. */
export interface Maker {
  readonly workspaceId?: string | undefined;
  readonly accountId?: string | undefined;
  readonly targetId?: string | undefined;
}

/** Who is active and who has failed lately. */
export interface Witnesses {
  readonly workspaces: readonly Seen[];
  readonly accounts: readonly Seen[];
  readonly counted: readonly Counted[];
}

/** What one outcome is worth. */
export interface Effective {
  readonly counted: readonly Counted[];
  readonly source: string;
  /** 0: it says nothing new. */
  readonly weight: number;
}

/** Remembers who is active. */
export const remember = (seen: readonly Seen[], id: string | undefined, atMs: number): readonly Seen[] =>
  id === undefined ? seen : [...seen.filter(([other]) => other !== id), [id, atMs] as const].slice(-CROWD);

/**
 * A failure counts once per source and window, and half as much each further time within an hour: one account's
 * trouble is not an outage. A source is a workspace if three are active, else an account, else a target.
 */
export const weighFailure = (who: Witnesses, maker: Maker, atMs: number, timing: HealthTiming): Effective => {
  const source = sourceOf(who, maker, atMs - timing.activeWithinMs);
  const counted = who.counted.filter(([, at]) => at > atMs - timing.sourceMemoryMs);
  if (source === undefined) return { counted, source: `${atMs}`, weight: 1 };
  const before = counted.find(([id]) => id === source);
  const others = counted.filter(([id]) => id !== source);
  if (before && before[1] > atMs - timing.failureWindowMs) {
    const [, at, missed, times] = before;
    return { counted: [...others, [source, at, missed + 1, times]], source, weight: 0 };
  }
  const times = (before?.[3] ?? 0) + 1;
  const next = [...others, [source, atMs, 1, times] as const].slice(-MAX_COUNTED);
  return { counted: next, source, weight: 2 ** (1 - times) };
};

/** Good news of a source whose failures of this window counted once weighs as little as each of them did. */
export const weighGood = (who: Witnesses, maker: Maker, atMs: number, timing: HealthTiming): number => {
  if (who.counted.length === 0) return 1;
  const source = sourceOf(who, maker, atMs - timing.activeWithinMs);
  const before = who.counted.find(([id]) => id === source);
  return before && before[1] > atMs - timing.failureWindowMs ? 1 / before[2] : 1;
};

/** How many sources must fail before posts alone may raise an alarm: three, or those present if they are fewer. */
export const breadthNeeded = (who: Witnesses, atMs: number, timing: HealthTiming): number => {
  const crowd = [who.workspaces, who.accounts].find((seen) => isCrowd(seen, atMs - timing.activeWithinMs));
  if (!crowd) return BREADTH;
  const present = crowd.filter(([, at]) => at >= atMs - timing.presentWithinMs).length;
  return Math.min(BREADTH, Math.max(LEAST_BREADTH, present));
};

export const isCrowd = (seen: readonly Seen[], sinceMs: number): boolean =>
  seen.length >= CROWD && seen.every(([, at]) => at >= sinceMs);

const sourceOf = ({ workspaces, accounts }: Witnesses, maker: Maker, activeSinceMs: number): string | undefined => {
  if (isCrowd(workspaces, activeSinceMs)) return maker.workspaceId;
  if (isCrowd(accounts, activeSinceMs)) return maker.accountId;
  return maker.targetId;
};
