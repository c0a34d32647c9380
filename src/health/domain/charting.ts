import { withEntry } from '../../kernel/with-entry.js';
import { type Chart, EMPTY_CHART, evidenceOf, observe, type Outcome } from './chart.js';
import {
  type ChartName,
  type DetectorConfig,
  healthyRate,
  illRate,
  type Level,
  LEVELS,
  type Stream,
} from './detector-config.js';
import type { DetectorState } from './detector-state.js';
import { learn } from './learnt-rate.js';

type Charts = DetectorState['charts'];

type ByLevel = Readonly<Record<Level, ChartName>>;

const OWN: Readonly<Record<Stream, ByLevel>> = {
  attempts: { total: 'attemptsTotal', hard: 'attempts', soft: 'attemptsSoft' },
  probes: { total: 'probesTotal', hard: 'probes', soft: 'probesSoft' },
  liveness: { total: 'livenessTotal', hard: 'liveness', soft: 'livenessSoft' },
};
const TOGETHER: ByLevel = { total: 'togetherTotal', hard: 'together', soft: 'togetherSoft' };

/**
 * Answers come before time-outs: of one burst the good news is in long before the bad. So good posts give this much
 * credit, nats, for as long as a window of failures; the next burst begins without.
 */
const CREDIT = -4;
const CAP = 2;

/** The charts after one outcome; the very same object when none moved. */
export const chartOutcome = (
  state: DetectorState,
  stream: Stream,
  outcome: Outcome,
  config: DetectorConfig,
): Charts => {
  let charts = stream === 'attempts' ? withoutOldCredit(state, config) : state.charts;
  const isGood = outcome.verdict === 'good';
  if (isGood && areAtRest(charts, stream)) return charts;
  const p0 = healthyRate(state.rates[stream], config.rates[stream]);
  for (const level of LEVELS)
    if (!isGood || !isAtRest(charts, stream, level)) charts = moved(charts, { stream, level, p0 }, outcome, config);
  return charts;
};

const leastOf = (stream: Stream): number => (stream === 'attempts' ? CREDIT : 0);

/** Good news moves neither the stream's chart of the level nor that of all. */
const isAtRest = (charts: Charts, stream: Stream, level: Level): boolean =>
  charts[OWN[stream][level]].score <= leastOf(stream) && charts[TOGETHER[level]].score === 0;

/** The same of all its levels, by name: it is asked of every good outcome, and nearly all are. */
const areAtRest = (charts: Charts, stream: Stream): boolean =>
  charts.togetherTotal.score === 0 &&
  charts.together.score === 0 &&
  charts.togetherSoft.score === 0 &&
  OWN_AT_REST[stream](charts);

const OWN_AT_REST: Readonly<Record<Stream, (charts: Charts) => boolean>> = {
  attempts: ({ attemptsTotal, attempts, attemptsSoft }) =>
    attemptsTotal.score <= CREDIT && attempts.score <= CREDIT && attemptsSoft.score <= CREDIT,
  probes: ({ probesTotal, probes, probesSoft }) => probesTotal.score <= 0 && probes.score <= 0 && probesSoft.score <= 0,
  liveness: ({ livenessTotal, liveness, livenessSoft }) =>
    livenessTotal.score <= 0 && liveness.score <= 0 && livenessSoft.score <= 0,
};

interface Plan {
  readonly stream: Stream;
  readonly level: Level;
  readonly p0: number;
}

/** The stream's own chart of this level, and what it adds to the one of all streams. */
const moved = (charts: Charts, { stream, level, p0 }: Plan, outcome: Outcome, config: DetectorConfig): Charts => {
  const name = OWN[stream][level];
  const common = TOGETHER[level];
  const [before, all] = [charts[name], charts[common]];
  const range = { least: leastOf(stream), most: CAP * config.charts[name].degradedAt };
  const after = observe(before, outcome, evidenceOf(outcome, p0, illRate(config[level][stream], p0)), range);
  const gained = Math.max(0, after.score) - Math.max(0, before.score);
  const together = joined(all, { outcome, gained, stream, p0, level }, config);
  return withEntry(withEntry(charts, name, after), common, together);
};

/** Bad news counts as far as it counts for its own stream; what liveness says moves the score, not the share. */
const joined = (
  all: Chart,
  { outcome, gained, stream, p0, level }: Plan & { readonly outcome: Outcome; readonly gained: number },
  config: DetectorConfig,
): Chart => {
  const isGood = outcome.verdict === 'good';
  if (isGood && all.score === 0) return all;
  const range = { least: 0, most: CAP * config.charts[TOGETHER[level]].degradedAt };
  const isCompanion = stream === 'liveness';
  const hypothesis = isCompanion ? config.companion[level] : config[level][stream];
  const evidence = evidenceOf(outcome, p0, illRate(hypothesis, p0));
  const isCredited = !isGood && stream === 'attempts' && outcome.weight > 0;
  const seen = observe(all, outcome, isCredited ? gained / outcome.weight : evidence, range);
  return isCompanion && seen.score > 0 ? { ...seen, weight: all.weight, failed: all.failed } : seen;
};

const withoutOldCredit = ({ charts, lastAttemptAtMs, lastAtMs }: DetectorState, { timing }: DetectorConfig): Charts => {
  if (lastAtMs - lastAttemptAtMs <= timing.failureWindowMs) return charts;
  const credited = LEVELS.map((level) => OWN.attempts[level]).filter((name) => charts[name].score < 0);
  return credited.reduce((left, name) => withEntry(left, name, EMPTY_CHART), charts);
};

/** A third of an alarm is enough not to take it for normal; half of one to call the stream part of the trouble. */
const EASE = 0.3;
const SPEAKS = 0.5;

/** An outage must not teach the detector that failing is normal: it learns while the charts are at ease. */
export const learntFrom = (
  { charts, rates, unknownRate }: Pick<DetectorState, 'charts' | 'rates' | 'unknownRate'>,
  stream: Stream,
  verdict: Outcome['verdict'],
  config: DetectorConfig,
): Pick<DetectorState, 'rates' | 'unknownRate'> => {
  if (!areAtRest(charts, stream) && reaches(EASE, charts, stream, config)) return { rates, unknownRate };
  const bounds = config.rates[stream];
  const failed = verdict === 'good' ? 0 : verdict === 'bad' ? 1 : 0.5;
  const learnt = withEntry(rates, stream, learn(rates[stream], failed, bounds));
  if (stream !== 'attempts') return { rates: learnt, unknownRate };
  return { rates: learnt, unknownRate: learn(unknownRate, verdict === 'unknown' ? 1 : 0, bounds) };
};

/** Whether the stream takes part in what the charts see. */
export const speaks = (charts: Charts, stream: Stream, config: DetectorConfig): boolean =>
  reaches(SPEAKS, charts, stream, config);

const reaches = (part: number, charts: Charts, stream: Stream, { charts: limits }: DetectorConfig): boolean => {
  const { hard, soft } = OWN[stream];
  return charts[hard].score >= part * limits[hard].degradedAt || charts[soft].score >= part * limits[soft].degradedAt;
};

/** Of so many outcomes at most is a sample fresh: it tells what happens now, not what was before. */
export const FRESH = 30;

/** The fuller of its two samples while it is fresh: what is known of its failing share. */
export const sampleOf = (charts: Charts, stream: Stream): { readonly seen: number; readonly failed: number } => {
  const [hard, soft] = [charts[OWN[stream].hard], charts[OWN[stream].soft]];
  const { weight: seen, failed } = soft.failed > hard.failed ? soft : hard;
  return seen <= FRESH ? { seen, failed } : { seen: 0, failed: 0 };
};
