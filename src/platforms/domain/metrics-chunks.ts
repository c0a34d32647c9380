import type { MetricsOutcome } from './publish-outcome.js';

/**
 * Counters of any number of posts by calls of at most `perCall`, one after the other.
 * @param ask answers, for one call's ids, how to read the outcome of each
 */
export const inChunks = async (
  ids: readonly string[],
  perCall: number,
  ask: (ids: readonly string[]) => Promise<(id: string) => MetricsOutcome>,
): Promise<ReadonlyMap<string, MetricsOutcome>> => {
  const outcomes = new Map<string, MetricsOutcome>();
  for (let from = 0; from < ids.length; from += perCall) {
    const asked = ids.slice(from, from + perCall);
    const outcomeOf = await ask(asked);
    for (const id of asked) outcomes.set(id, outcomeOf(id));
  }
  return outcomes;
};
