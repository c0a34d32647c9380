/** What a drill came to, in figures; of targets that the outage concerned. */
export interface DrillFigures {
  /** Targets that the outage concerned. */
  readonly affected: number;
  /** Would be (or were) live before they get stale. */
  readonly reached: number;
  /** The same, at most 30 minutes after they were promised (`outage-trace.md` 3.5). */
  readonly onTime: number;
  /** No account of their route could ever take them: none was named, or none fits. */
  readonly withoutFallback: number;
  /** 95 of 100 that went elsewhere did so within this after they were promised, seconds; absent: none moved. */
  readonly secondsToMove?: number;
  /** Turned away by an account that was full: its quota, its usual load, or the route's `maxExtraPerDay`. */
  readonly turnedAway: number;
  /** Accounts whose tokens may not last, of how many. */
  readonly tokensAtRisk: number;
  readonly accounts: number;
  /** Live twice; a dry run cannot know. */
  readonly duplicates?: number;
}

export const SCORE_ITEMS = [
  'reached',
  'on_time',
  'with_fallback',
  'seconds_to_move',
  'within_load',
  'tokens',
  'duplicates',
] as const;
export type ScoreItemCode = (typeof SCORE_ITEMS)[number];
export type Verdict = 'good' | 'fair' | 'poor';

/** One line of the report. */
export interface ScoreItem {
  readonly code: ScoreItemCode;
  /** A share 0..1, seconds or a count, as `unit` says. */
  readonly value: number;
  readonly unit: 'share' | 'seconds' | 'count';
  /** 0..`of`. */
  readonly points: number;
  readonly of: number;
  readonly verdict: Verdict;
  /** What to do next, in one sentence. */
  readonly next: string;
}

export interface Score {
  /** 0..100. */
  readonly points: number;
  readonly items: readonly ScoreItem[];
}

/** Points by item; the last only where copies could be counted. Together 100 without it: it only takes away. */
const WEIGHTS: Readonly<Record<ScoreItemCode, number>> = {
  reached: 35,
  on_time: 25,
  with_fallback: 15,
  seconds_to_move: 10,
  within_load: 5,
  tokens: 10,
  duplicates: 0,
};

/** Full points at once, none from here on: the default hold of a route, seconds. */
const SLOWEST_MOVE_SECONDS = 1_800;
const QUICK_MOVE_SECONDS = 60;
const GOOD_SHARE = 0.99;
const FAIR_SHARE = 0.9;

/**
 * Scores a drill. Pure: the same figures, the same score. With nothing affected there is nothing to score.
 *
 * @returns undefined when no target was affected
 */
export const scoreDrill = (figures: DrillFigures): Score | undefined => {
  if (figures.affected === 0) return undefined;
  const items = [
    share('reached', figures.reached, figures.affected),
    share('on_time', figures.onTime, figures.affected),
    share('with_fallback', figures.affected - figures.withoutFallback, figures.affected),
    moveItem(figures.secondsToMove),
    share('within_load', figures.affected - figures.turnedAway, figures.affected),
    share('tokens', figures.accounts - figures.tokensAtRisk, figures.accounts),
    ...(figures.duplicates === undefined ? [] : [duplicatesItem(figures.duplicates)]),
  ];
  const points = items.reduce((sum, item) => sum + item.points, 0);
  // A second copy is what must never happen: no other figure makes up for it.
  const isSpoilt = (figures.duplicates ?? 0) > 0;
  return { points: isSpoilt ? 0 : Math.round(points), items };
};

/** Passed: nothing is poor. */
export const hasPassed = ({ items }: Score): boolean => items.every(({ verdict }) => verdict !== 'poor');

const share = (code: ScoreItemCode, good: number, all: number): ScoreItem => {
  const value = all === 0 ? 1 : good / all;
  const verdict = value >= GOOD_SHARE ? 'good' : value >= FAIR_SHARE ? 'fair' : 'poor';
  return {
    code,
    value: round(value, 4),
    unit: 'share',
    points: round(WEIGHTS[code] * value, 2),
    of: WEIGHTS[code],
    verdict,
    next: sentence(code, verdict, all - good),
  };
};

const moveItem = (seconds = 0): ScoreItem => {
  const code = 'seconds_to_move';
  const lost = Math.max(0, seconds - QUICK_MOVE_SECONDS) / (SLOWEST_MOVE_SECONDS - QUICK_MOVE_SECONDS);
  const value = Math.max(0, 1 - lost);
  const verdict = seconds <= QUICK_MOVE_SECONDS ? 'good' : seconds < SLOWEST_MOVE_SECONDS ? 'fair' : 'poor';
  return {
    code,
    value: Math.round(seconds),
    unit: 'seconds',
    points: round(WEIGHTS[code] * value, 2),
    of: WEIGHTS[code],
    verdict,
    next: sentence(code, verdict, Math.round(seconds)),
  };
};

const duplicatesItem = (count: number): ScoreItem => ({
  code: 'duplicates',
  value: count,
  unit: 'count',
  points: 0,
  of: 0,
  verdict: count > 0 ? 'poor' : 'good',
  next: sentence('duplicates', count > 0 ? 'poor' : 'good', count),
});

/** What to do about `count` posts, accounts or seconds. */
const NEXT: Readonly<Record<ScoreItemCode, (count: number) => string>> = {
  reached: (n) => `${n} of the posts would reach nobody: give their routes a fallback, or a longer staleAfterSeconds.`,
  on_time: (n) =>
    `${n} of the posts would be more than 30 minutes late: let onDown reroute instead of hold, or shorten holdForSeconds.`,
  with_fallback: (n) =>
    `${n} of the posts find no other account: see the report's obstacles, and add or mend fallbacks.`,
  seconds_to_move: (n) =>
    `Posts move ${n} seconds after their time: shorten holdForSeconds, or spread them over more fallbacks.`,
  within_load: (n) =>
    `${n} of the posts meet a fallback that is full: name more fallbacks, or raise maxExtraPerDay where it is the limit.`,
  tokens: (n) => `${n} of the accounts have tokens that may not last: connect them again before there is an outage.`,
  duplicates: (n) => `${n} posts were live twice: stop rerouting by hand and report this as a fault of ours.`,
};

const WELL: Readonly<Record<ScoreItemCode, string>> = {
  reached: 'Nothing to do: every post reaches an audience, but for one in a hundred at most.',
  on_time: 'Nothing to do: posts are on time elsewhere.',
  with_fallback: 'Nothing to do: posts have an account to go to.',
  seconds_to_move: 'Nothing to do: posts move within a minute.',
  within_load: 'Nothing to do: the fallbacks can carry what comes.',
  tokens: 'Nothing to do: the tokens last.',
  duplicates: 'Nothing to do: nothing was live twice.',
};

const sentence = (code: ScoreItemCode, verdict: Verdict, count: number): string =>
  verdict === 'good' && (count === 0 || code === 'seconds_to_move') ? WELL[code] : NEXT[code](count);

const round = (value: number, digits: number): number => Number(value.toFixed(digits));
