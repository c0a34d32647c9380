import type { MetricsOutcome } from '../../../platforms/domain/publish-outcome.js';

/** What the audience did with one post so far; absent where the platform does not tell. Whole numbers >= 0. */
export interface PostCounters {
  readonly views?: number;
  readonly likes?: number;
  readonly comments?: number;
  readonly shares?: number;
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

/** The counters of an answer that can be counters at all; undefined when none is left. */
export const countersIn = (outcome: Extract<MetricsOutcome, { kind: 'metrics' }>): PostCounters | undefined => {
  const { views, likes, comments, shares } = outcome;
  const given = Object.entries({ views, likes, comments, shares }).filter(([, value]) => isCount(value));
  return given.length === 0 ? undefined : Object.fromEntries(given);
};
