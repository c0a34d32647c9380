/** How much of what was seen lately failed: counts that fade. */
export interface RecentShare {
  readonly atMs: number;
  readonly good: number;
  readonly bad: number;
}

export const NOTHING_RECENT: RecentShare = { atMs: 0, good: 0, bad: 0 };

/** One more outcome. @param halfLifeMs after it an outcome counts half */
export const recentAfter = (
  { atMs, good, bad }: RecentShare,
  isGood: boolean,
  nowMs: number,
  halfLifeMs: number,
): RecentShare => {
  const faded = 2 ** (-Math.max(0, nowMs - atMs) / halfLifeMs);
  return { atMs: nowMs, good: good * faded + (isGood ? 1 : 0), bad: bad * faded + (isGood ? 0 : 1) };
};

/** 0..1; 0 while nothing was seen. */
export const failingOf = ({ good, bad }: RecentShare): number => (bad > 0 ? bad / (good + bad) : 0);
