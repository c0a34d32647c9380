import type { DetectorState, Seen } from './detector-state.js';
import type { HealthTiming } from './health-timing.js';

/** From so many active workspaces (or accounts) on, one of them counts as one source of trouble. */
const CROWD = 3;
/** More sources in one window add nothing: the chart is at its cap long before. */
const MAX_COUNTED = 200;

/** Who made an attempt. */
export interface Maker {
  readonly workspaceId?: string;
  readonly accountId?: string;
  readonly targetId?: string;
}

/** Remembers who is active. */
export const remember = (state: DetectorState, maker: Maker, atMs: number): DetectorState => ({
  ...state,
  workspaces: withSeen(state.workspaces, maker.workspaceId, atMs),
  accounts: withSeen(state.accounts, maker.accountId, atMs),
});

/**
 * The state with this failure counted, or undefined when its source has counted in this window already.
 * One account's trouble is not an outage: a source is a workspace if three are active, else an account, else a target.
 */
export const countFailure = (
  state: DetectorState,
  maker: Maker,
  atMs: number,
  timing: HealthTiming,
): DetectorState | undefined => {
  const source = sourceOf(state, maker, atMs - timing.activeWithinMs);
  const inWindow = state.counted.filter(([, at]) => at > atMs - timing.failureWindowMs);
  if (source === undefined) return { ...state, counted: inWindow };
  if (inWindow.some(([id]) => id === source)) return undefined;
  return { ...state, counted: [...inWindow, [source, atMs] as const].slice(-MAX_COUNTED) };
};

const sourceOf = (state: DetectorState, maker: Maker, activeSinceMs: number): string | undefined => {
  if (isCrowd(state.workspaces, activeSinceMs)) return maker.workspaceId;
  if (isCrowd(state.accounts, activeSinceMs)) return maker.accountId;
  return maker.targetId;
};

const isCrowd = (seen: readonly Seen[], sinceMs: number): boolean =>
  seen.filter(([, at]) => at >= sinceMs).length >= CROWD;

const withSeen = (seen: readonly Seen[], id: string | undefined, atMs: number): readonly Seen[] =>
  id === undefined ? seen : [...seen.filter(([other]) => other !== id), [id, atMs] as const].slice(-CROWD);
