/** One published post with its views a day after publishing, no suspect sample among them. */
export interface TimedViews {
  readonly publishedAt: Date;
  /** Wall time of publishing in the workspace's zone: ISO weekday 1-7 and hour 0-23. */
  readonly isoDay: number;
  readonly hour: number;
  readonly views: number;
}

/** What posts of one kind of time had, against what was usual for the account around each. */
export interface TimeBucket {
  /** 1-7 for a weekday; absent for hours. */
  readonly isoDay?: number;
  /** Hours `[fromHour, toHour)` of the day; absent for a weekday. */
  readonly fromHour?: number;
  readonly toHour?: number;
  /** Posts behind the figures. */
  readonly sampleSize: number;
  /** Median of views after a day; absent without posts. */
  readonly medianViews?: number;
  /** Median of views over what was usual then; 1: as always. Absent while posts are missing. */
  readonly ratio?: number;
  /** The median of that ratio lies in here, by the confidence of the whole answer. */
  readonly interval?: { readonly low: number; readonly high: number };
  /** Measured posts still needed before anything can be said; 0: none. */
  readonly missingPosts: number;
  readonly verdict: 'better' | 'worse' | 'no_difference' | 'too_few_posts';
}

/** A hint when to publish, and how far it can be trusted. */
export interface BestTimes {
  /**
   * `found`: at least one time is better than usual. `no_difference`: times were compared, none stood out.
   * `too_few_posts`: fewer than two times of day can be compared.
   */
  readonly state: 'found' | 'no_difference' | 'too_few_posts';
  /** Posts behind the whole. */
  readonly sampleSize: number;
  /** Measured posts at two times of day that are still needed before these can be compared. */
  readonly missingPosts: number;
  /** Better than usual, the surest first. */
  readonly best: readonly TimeBucket[];
  /** Eight stretches of three hours. */
  readonly hours: readonly TimeBucket[];
  readonly weekdays: readonly TimeBucket[];
}

/** Hours of one bucket: shorter ones would never fill. */
const BUCKET_HOURS = 3;
const HOUR_BUCKETS = 24 / BUCKET_HOURS;
const WEEKDAYS = 7;

/** Chance that the whole answer calls any time better or worse that is not. */
export const ERROR_RATIO = 0.05;
/** Its share for one bucket, since fifteen are looked at (Bonferroni). */
const BUCKET_ERROR = ERROR_RATIO / (HOUR_BUCKETS + WEEKDAYS);

/** Posts on either side that say what was usual at the time, so that a growing account is compared with itself. */
const NEIGHBOURS = 10;
/** Fewer neighbours than this say nothing. */
const MIN_NEIGHBOURS = 5;

/**
 * Compares times by the median of (views after a day / views that were usual then). The interval is the one of order
 * statistics: it holds whatever the distribution of views, and exists only from `MIN_BUCKET` posts on. Pure.
 */
export const bestTimes = (samples: readonly TimedViews[]): BestTimes => {
  const measured = relativeOf(samples);
  const hours = Array.from({ length: HOUR_BUCKETS }, (_, index) => ({
    fromHour: index * BUCKET_HOURS,
    toHour: (index + 1) * BUCKET_HOURS,
    ...judged(measured.filter(({ hour }) => Math.floor(hour / BUCKET_HOURS) === index)),
  }));
  const weekdays = Array.from({ length: WEEKDAYS }, (_, index) => ({
    isoDay: index + 1,
    ...judged(measured.filter(({ isoDay }) => isoDay === index + 1)),
  }));
  const missing = hours.map(({ missingPosts }) => missingPosts).sort(ascending);
  const missingPosts = (missing[0] ?? 0) + (missing[1] ?? 0);
  // Where only one time of day was ever used, there is nothing to compare it with.
  const best = missingPosts > 0 ? [] : [...hours, ...weekdays].filter(({ verdict }) => verdict === 'better');
  return {
    state: missingPosts > 0 ? 'too_few_posts' : best.length > 0 ? 'found' : 'no_difference',
    sampleSize: measured.length,
    missingPosts,
    best: best.sort((one, other) => (other.interval?.low ?? 0) - (one.interval?.low ?? 0)),
    hours,
    weekdays,
  };
};

type Relative = TimedViews & { readonly ratio: number };

/** Each post against the median of its neighbours in time; left out where nothing was usual yet. */
const relativeOf = (samples: readonly TimedViews[]): Relative[] => {
  const inTime = [...samples].sort((one, other) => one.publishedAt.getTime() - other.publishedAt.getTime());
  return inTime.flatMap((sample, index) => {
    const before = inTime.slice(Math.max(0, index - NEIGHBOURS), index);
    const around = [...before, ...inTime.slice(index + 1, index + 1 + NEIGHBOURS)].map(({ views }) => views);
    const usual = median(around);
    return around.length < MIN_NEIGHBOURS || usual === 0 ? [] : [{ ...sample, ratio: sample.views / usual }];
  });
};

const judged = (found: readonly Relative[]): Omit<TimeBucket, 'isoDay' | 'fromHour' | 'toHour'> => {
  const sampleSize = found.length;
  const shown = sampleSize === 0 ? {} : { medianViews: median(found.map(({ views }) => views)) };
  const ratios = found.map(({ ratio }) => ratio).sort(ascending);
  const interval = medianInterval(ratios);
  const missingPosts = Math.max(0, MIN_BUCKET - sampleSize);
  if (!interval) return { sampleSize, ...shown, missingPosts, verdict: 'too_few_posts' };
  const verdict = interval.low > 1 ? 'better' : interval.high < 1 ? 'worse' : 'no_difference';
  return { sampleSize, ...shown, ratio: median(ratios), interval, missingPosts, verdict };
};

/** Distribution-free interval of the median by order statistics. @param sorted ascending */
const medianInterval = (sorted: readonly number[]): { low: number; high: number } | undefined => {
  const rank = intervalRank(sorted.length);
  const [low, high] = [sorted[rank - 1], sorted[sorted.length - rank]];
  return rank === 0 || low === undefined || high === undefined ? undefined : { low, high };
};

/** The greatest k for which the k-th value from either end encloses the median surely enough; 0: none does. */
const intervalRank = (count: number): number => {
  let rank = 0;
  let chance = 0.5 ** count;
  // P(fewer than k of `count` values lie below the median), of the binomial with 1/2.
  for (let below = chance; 2 * below <= BUCKET_ERROR && rank < count / 2; below += chance) {
    rank += 1;
    chance = (chance * (count - rank + 1)) / rank;
  }
  return rank;
};

/** Fewest posts of a bucket about which anything can be said. */
export const MIN_BUCKET =
  Array.from({ length: 60 }, (_, count) => count).find((count) => intervalRank(count) > 0) ?? 60;

const ascending = (one: number, other: number): number => one - other;

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort(ascending);
  const middle = Math.floor(sorted.length / 2);
  const [low = 0, high = 0] = [sorted[middle - 1], sorted[middle]];
  return sorted.length % 2 === 1 ? high : (low + high) / 2;
};
