import { type History, type StaleRow, TERMINAL, type Violation } from './rows.ts';

/** Ticks, restarts and cut connections take this long at most until the state follows the clock: the figure of I6. */
const GRACE_MS = 60_000;

/** I2: past `staleAt` a target is terminal, in doubt with a look ahead, a person's, or in a call that may still run. */
export const pastStale = ({ snapshots, targets, readAt }: History): readonly Violation[] => {
  const final = {
    at: readAt,
    aliveSince: snapshots.at(-1)?.aliveSince ?? 0,
    stale: targets
      .filter(({ staleAt, status }) => staleAt < readAt && !TERMINAL.includes(status))
      .map(({ id, status, staleAt, nextCheckAt }) => ({
        targetId: id,
        status,
        staleAt,
        nextCheckAt,
        callDeadlineAt: null,
      })),
  };
  const broken = new Map<string, Violation>();
  for (const { at, stale, aliveSince } of [...snapshots, final])
    for (const row of stale) {
      // Where no worker lived nothing could move.
      const since = Math.max(row.staleAt, aliveSince ?? Infinity);
      if (!broken.has(row.targetId) && !isAllowed(row, at, since)) broken.set(row.targetId, tell(row, at));
    }
  return [...broken.values()];
};

const isAllowed = ({ status, nextCheckAt, callDeadlineAt }: StaleRow, at: number, since: number): boolean => {
  if (TERMINAL.includes(status) || status === 'needs_decision' || at < since + GRACE_MS) return true;
  const isLookedAt = nextCheckAt !== null && nextCheckAt > at - GRACE_MS;
  if (status === 'unconfirmed') return isLookedAt;
  return status === 'publishing' && (isLookedAt || (callDeadlineAt !== null && callDeadlineAt > at - GRACE_MS));
};

const tell = ({ targetId, status, staleAt }: StaleRow, at: number): Violation => ({
  invariant: 'I2',
  ids: [targetId],
  sentence: `It is ${status} ${Math.round((at - staleAt) / 1_000)} s after it became stale, and nothing will look at it.`,
});
