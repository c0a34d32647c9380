import type { EvergreenItem } from './queue.js';

/** Runs that the mean of all posts counts for: with fewer of its own, a post is judged mostly as the others. */
const PRIOR_RUNS = 5;
/** Views halve or double a weight at most, so that one hit does not crowd out the rest. */
const LEAST_FACTOR = 0.5;
const MOST_FACTOR = 2;

/** What past views make of each post's weight, in order: 1 is as good as the mean of its platforms, or not known. */
export const viewsFactors = (items: readonly EvergreenItem[]): readonly number[] => {
  const means = meansByPlatform(items);
  return items.map(({ views }) => {
    let sum = 0;
    let runs = 0;
    for (const view of views) {
      const mean = means.get(view.platform) ?? 0;
      if (mean <= 0) continue;
      // Thin evidence is drawn to the mean.
      sum += view.runs * ((view.mean * view.runs + mean * PRIOR_RUNS) / (view.runs + PRIOR_RUNS) / mean);
      runs += view.runs;
    }
    return runs === 0 ? 1 : Math.min(Math.max(sum / runs, LEAST_FACTOR), MOST_FACTOR);
  });
};

/** Mean of the posts' means, so that a post that ran often does not set the measure. */
const meansByPlatform = (items: readonly EvergreenItem[]): ReadonlyMap<string, number> => {
  const sums = new Map<string, { total: number; posts: number }>();
  for (const { views } of items)
    for (const { platform, mean } of views) {
      const sum = sums.get(platform) ?? { total: 0, posts: 0 };
      sum.total += mean;
      sum.posts += 1;
      sums.set(platform, sum);
    }
  return new Map([...sums].map(([platform, { total, posts }]) => [platform, total / posts]));
};
