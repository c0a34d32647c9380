import type { EvergreenItem } from '../queues/queue.js';

/**
 * The post with some of its wordings only, as if it had no others.
 * @param kept indexes of those, in their new order; the post's own words are 0
 */
export const withWordings = (item: EvergreenItem, kept: readonly number[]): EvergreenItem => {
  const { lastVariation, ...past } = item.past;
  const last = lastVariation === undefined ? -1 : kept.indexOf(lastVariation);
  return {
    ...item,
    recycling: { ...item.recycling, variations: kept.length },
    past: { ...past, ...(last < 0 ? {} : { lastVariation: last }) },
    runs: item.runs.map((run) => ({ ...run, variation: kept.indexOf(run.variation) })),
  };
};
