import type { Detection } from './scores/detections.js';
import type { Score } from './scores/score.js';

/** One promise, what was measured, and whether it holds. */
export interface Line {
  readonly promise: string;
  readonly measured: number;
  readonly limit: string;
  readonly ok: boolean;
}

/** One seed of one trace, played by three policies. */
export interface PlayedSeed {
  readonly perennial: Score;
  readonly oracle: Score;
  readonly postiz: Score;
  /** CPU seconds of the slowest of them: what one core needs that has nothing else to do. */
  readonly slowest: number;
  readonly days: number;
  /** Days of bad truth, over all keys. */
  readonly incidentDays: number;
  readonly platformMonths: number;
}

const MOST_DELAY_SECONDS = 60;
/** Minutes. */
const MOST_READMISSION = 35;
/** A tenth of a second is the finest the clock of a detection is told in, minutes. */
const INSTANT_MINUTES = 1 / 600;

/** The promises of the replay (issue "Health, routing, incidents and drills", Shown by). */
export const linesOfRuns = (played: readonly PlayedSeed[]): readonly Line[] => {
  const ours = played.map(({ perennial }) => perennial);
  return [...knowing(ours), ...delivering(played, ours), ...calmly(played, ours)];
};

/** Know first. */
const knowing = (ours: readonly Score[]): readonly Line[] => {
  const spans = ours.flatMap(({ detections }) => detections);
  return [
    most('seconds from the second failure to `down`', worstDelaySeconds(spans), MOST_DELAY_SECONDS),
    most('median of detection / Lorden bound, down spans', median(ratiosOf(spans)), 2),
    most('spans undetected whose bound is under half their length', spans.filter(isMissed).length, 0),
    most('minutes from the end of a down span to full admission', worstReadmission(spans), MOST_READMISSION),
  ];
};

/** Move the work. */
const delivering = (played: readonly PlayedSeed[], ours: readonly Score[]): readonly Line[] => {
  const onTime = played.map(({ perennial, oracle }) => perennial.onTimeShare / oracle.onTimeShare);
  return [
    least('least reachedShare', Math.min(...ours.map(({ reachedShare }) => reachedShare)), 0.995),
    least('least onTimeShare / oracle', Math.min(...onTime), 0.99),
    most('duplicates', total(ours, 'duplicates'), 0),
    most('lost', total(ours, 'lost'), 0),
    most('falseFailed', total(ours, 'falseFailed'), 0),
  ];
};

/** Never cry wolf. */
const calmly = (played: readonly PlayedSeed[], ours: readonly Score[]): readonly Line[] => {
  const postiz = played.map((seed) => seed.postiz);
  const calls = shareOf(total(ours, 'publishCallsToDownPlatform'), total(postiz, 'publishCallsToDownPlatform'));
  const months = played.reduce((sum, { platformMonths }) => sum + platformMonths, 0);
  const flaps = Math.max(...played.map((seed) => seed.perennial.flaps / Math.max(1, seed.incidentDays)));
  const slowest = Math.max(...played.map((seed) => (seed.slowest * 7) / Math.max(7, seed.days)));
  return [
    most('falseAlarms', total(ours, 'falseAlarms'), 0),
    most('falseDegraded per platform-month', total(ours, 'falseDegraded') / months, 1),
    most('most flaps per incident-day of a seed', flaps, 2),
    most('publishCallsToDownPlatform / postiz', calls, 0.05),
    most('CPU seconds of the slowest run, per 7 days', slowest, 15),
  ];
};

type Count = { [K in keyof Score]: Score[K] extends number ? K : never }[keyof Score];

const total = (scores: readonly Score[], field: Count): number => scores.reduce((sum, score) => sum + score[field], 0);

const most = (promise: string, measured: number, limit: number): Line => ({
  promise,
  measured: rounded(measured),
  limit: `<= ${limit}`,
  ok: measured <= limit,
});

const least = (promise: string, measured: number, limit: number): Line => ({
  promise,
  measured: rounded(measured),
  limit: `>= ${limit}`,
  ok: measured >= limit,
});

const isDown = ({ state }: Detection): boolean => state === 'down';

/** What breaks a promise in one run, for whoever looks for the reason. */
export const faultsOf = (score: Score): readonly string[] => {
  const counts = (['lost', 'duplicates', 'falseFailed', 'falseAlarms'] as const).filter((field) => score[field] > 0);
  const late = score.detections.filter(
    (span) =>
      worstDelaySeconds([span]) > MOST_DELAY_SECONDS || worstReadmission([span]) > MOST_READMISSION || isMissed(span),
  );
  return [...counts.map((field) => `${field} ${score[field]}`), ...late.map((span) => `late ${JSON.stringify(span)}`)];
};

/** A span in which fewer than two failures reached us has nothing to be detected by. */
const worstDelaySeconds = (spans: readonly Detection[]): number =>
  Math.max(
    0,
    ...spans.filter(isDown).map(({ secondFailureAtMinute, detectedAtMinute, truthToMinute }) => {
      if (secondFailureAtMinute === null) return 0;
      if (detectedAtMinute !== null) return (detectedAtMinute - secondFailureAtMinute) * 60;
      return truthToMinute - secondFailureAtMinute > 1 ? NEVER : 0;
    }),
  );

/** What never happened; JSON has no infinity. */
const NEVER = 1e9;

const ratiosOf = (spans: readonly Detection[]): readonly number[] =>
  spans.filter(isDown).flatMap(({ lordenMinutes, detectedAtMinute, truthFromMinute }) => {
    if (lordenMinutes === null) return [];
    if (detectedAtMinute === null) return [NEVER];
    return [(detectedAtMinute - truthFromMinute) / Math.max(INSTANT_MINUTES, lordenMinutes)];
  });

const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((one, two) => one - two);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? 0)) / 2;
};

const isMissed = ({ detectedAtMinute, lordenMinutes, truthFromMinute, truthToMinute }: Detection): boolean =>
  detectedAtMinute === null && lordenMinutes !== null && lordenMinutes < (truthToMinute - truthFromMinute) / 2;

const worstReadmission = (spans: readonly Detection[]): number =>
  Math.max(
    0,
    ...spans
      .filter((span) => isDown(span) && span.capability !== 'read' && span.capability !== 'counters')
      .map(({ readmittedAtMinute, truthToMinute }) =>
        readmittedAtMinute === null ? NEVER : readmittedAtMinute - truthToMinute,
      ),
  );

/** Of nothing nothing is taken. */
const shareOf = (part: number, whole: number): number => (whole === 0 ? (part === 0 ? 0 : NEVER) : part / whole);

const rounded = (value: number): number => Math.round(value * 1e4) / 1e4;
