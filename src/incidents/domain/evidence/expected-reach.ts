/** Fewest posts of an account's own history that an expectation may stand on. */
export const LEAST_HISTORY = 5;
/** Most posts of the history that are looked at, the newest. */
export const MOST_HISTORY = 200;
/** How far back the history goes, days. */
export const HISTORY_DAYS = 60;
/** Ages at which views are compared, seconds: an hour and a day after publishing. */
export const REACH_AGES_SECONDS = [3_600, 86_400] as const;

/** What an account's posts usually reach at one age. Views. */
export type ExpectedReach =
  | {
      readonly kind: 'expected';
      readonly median: number;
      /** The middle half lies between these. */
      readonly low: number;
      readonly high: number;
      readonly sampleSize: number;
    }
  | { readonly kind: 'not_enough_history'; readonly sampleSize: number };

/** @param views of earlier posts at one age, trustworthy samples only, in any order */
export const expectedReach = (views: readonly number[]): ExpectedReach => {
  if (views.length < LEAST_HISTORY) return { kind: 'not_enough_history', sampleSize: views.length };
  const sorted = [...views].sort((a, b) => a - b);
  const [low, median, high] = [quantile(sorted, 0.25), quantile(sorted, 0.5), quantile(sorted, 0.75)];
  return { kind: 'expected', median, low, high, sampleSize: sorted.length };
};

/** Linear between neighbours, as PostgreSQL's `percentile_cont`. @param sorted ascending, not empty */
const quantile = (sorted: readonly number[], share: number): number => {
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)] ?? 0;
  const above = sorted[Math.ceil(place)] ?? below;
  return below + (above - below) * (place - Math.floor(place));
};

/** What was seen of some posts at one age. `views` counts only measured posts. */
export interface SeenReach {
  readonly live: number;
  readonly measured: number;
  readonly views: number;
  /** Measured while the platform was in trouble: its counters may stand still. */
  readonly suspect: number;
}

/** Expected beside seen, for one account at one age. */
export interface ReachRow {
  readonly accountId: string;
  readonly account: string;
  readonly platform: string;
  readonly ageSeconds: number;
  /** Posts that were due there during the incident. */
  readonly planned: number;
  readonly expected: ExpectedReach;
  readonly here: SeenReach;
  /** What stood for those posts on other accounts. */
  readonly elsewhere: SeenReach;
}

/** What all the planned posts would usually have reached; undefined without enough history. */
export const expectedTotal = ({ planned, expected }: Pick<ReachRow, 'planned' | 'expected'>): number | undefined =>
  expected.kind === 'expected' ? Math.round(planned * expected.median) : undefined;

/** The expectation in words; never a guess. */
export const expectationInWords = (expected: ExpectedReach): string =>
  expected.kind === 'expected'
    ? `${Math.round(expected.median)} (middle half ${Math.round(expected.low)} to ${Math.round(expected.high)}, ` +
      `${expected.sampleSize} posts)`
    : `not enough history (${expected.sampleSize} of ${LEAST_HISTORY} posts)`;
