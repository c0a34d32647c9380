import type { EvergreenItem } from './queue.js';

/** Runs that the mean of all posts counts for: with fewer of its own, a post is judged mostly as the others. */
const PRIOR_RUNS = 5;
/** Views halve or double a weight at most, so that one hit does not crowd out the rest. */
const LEAST_FACTOR = 0.5;
const MOST_FACTOR = 2;

/**
 * What past views make of each post's weight, by its id: 1 is as good as the mean of its platforms; posts without views
 * are absent. Thin evidence is drawn to 1.
 */
export const viewsFactors = (items: readonly EvergreenItem[]): ReadonlyMap<string, number> => {
  const means = meansByPlatform(items);
  const factors = new Map<string, number>();
  for (const { postId, views } of items) {
    let sum = 0;
    let runs = 0;
    for (const view of views) {
      const mean = means.get(view.platform) ?? 0;
      if (mean <= 0) continue;
      sum += view.runs * ((view.mean * view.runs + mean * PRIOR_RUNS) / (view.runs + PRIOR_RUNS) / mean);
      runs += view.runs;
    }
    if (runs > 0) factors.set(postId, Math.min(Math.max(sum / runs, LEAST_FACTOR), MOST_FACTOR));
  }
  return factors;
};

/** Mean of the posts' means, so that a post that ran often does not set the measure. */
const meansByPlatform = (items: readonly EvergreenItem[]): ReadonlyMap<string, number> => {
  const sums = new Map<string, { total: number; posts: number }>();
  for (const { views } of items)
    for (const { platform, mean } of views) {
      const sum = sums.get(platform) ?? { total: 0, posts: 0 };
      sums.set(platform, { total: sum.total + mean, posts: sum.posts + 1 });
    }
  return new Map([...sums].map(([platform, { total, posts }]) => [platform, total / posts]));
};
