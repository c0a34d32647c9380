import type { PastRuns } from './queue.js';

/**
 * How one target of a run ended. `live`: it is out, or may be (published, unconfirmed, undecided). `refused`: the post's
 * own fault. `lost`: the platform's or ours (missed, held past its time, failed by an outage, cancelled before it went).
 */
export type TargetEnd = 'live' | 'refused' | 'lost';

/** A run that is over. */
export interface EndedRun {
  readonly at: Date;
  readonly variation: number;
  /** `at`: when it went live, for a cooldown that counts from there. A replacement counts on its own account. */
  readonly targets: readonly { readonly accountId: string; readonly end: TargetEnd; readonly at: Date }[];
}

/**
 * Sums runs up. A run that was lost everywhere uses up neither turn nor count nor wording nor cooldown; one that was
 * refused uses up the turn, or a broken post would stand in every slot, but no cooldown.
 */
export const settleRuns = (runs: readonly EndedRun[]): PastRuns => {
  const lastOn = new Map<string, Date>();
  let count = 0;
  let last: EndedRun | undefined;
  for (const run of runs) {
    if (run.targets.every(({ end }) => end === 'lost')) continue;
    count += 1;
    if (!last || run.at >= last.at) last = run;
    for (const { accountId, end, at } of run.targets) {
      const before = lastOn.get(accountId);
      if (end === 'live' && (!before || at > before)) lastOn.set(accountId, at);
    }
  }
  return { count, lastOn, ...(last ? { lastAt: last.at, lastVariation: last.variation } : {}) };
};
