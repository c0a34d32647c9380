import { BREADTH, type Chart, failingShareOf } from './chart.js';
import { alarmLevelsOf, CHART_NAMES, type ChartName, type DetectorConfig, STREAMS } from './detector-config.js';
import { FRESH } from './charting.js';
import type { DetectorState } from './detector-state.js';
import { breadthNeeded } from './effective-failure.js';
import { failingOf } from './recent-share.js';
import { isStanding } from './stalls.js';
import { enter, type Step } from './transition.js';
import { ailingShareOf } from './wellness.js';

/** What each chart looks at, as people call it. */
const WHAT: Readonly<Record<ChartName, string>> = {
  attempts: 'Posts fail',
  attemptsSoft: 'Some posts fail',
  probes: 'Upload probes fail',
  probesSoft: 'Some upload probes fail',
  liveness: 'Liveness probes fail',
  livenessSoft: 'Some liveness probes fail',
  together: 'Posts and probes fail',
  togetherSoft: 'Some posts and probes fail',
  stalls: 'Accepted posts do not become live',
  latency: 'Publish calls are slow',
};

/** With an advisory two failures are enough, never one. */
const ADVISED_BREADTH = 2;
/** After a long time most of at least so many outcomes make it `down`. */
const MOST_OF = 10;
/** Nats for health: with more of them what failed earlier tells nothing of now. */
const STILL_ILL = 1.5;
/** A fifth of the items in flight (`resilience.md` A4), a little less since they are judged late. */
const LEAST_RECENT = 0.15;
/** Most of what is in flight stands still (`resilience.md` A4). */
const STALLED_SHARE = 0.6;

/** The alarm of a platform that is well, or recovers. */
export const alarm = (state: DetectorState, config: DetectorConfig): Step | undefined => {
  const advice = state.advice && state.lastAtMs < state.advice.untilMs ? state.advice : undefined;
  const factor = advice ? config.advisoryFactor : 1;
  const loud = CHART_NAMES.filter(
    (name) =>
      state.charts[name].score >= factor * alarmLevelsOf(config, name, state).degradedAt &&
      isBroad(state, name, config, !!advice),
  );
  const [first] = loud;
  if (first === undefined) return undefined;
  const isRelapse = state.state === 'recovering';
  const down = loud.find((name) => isDown(state, name, config, { level: isRelapse ? 'degradedAt' : 'downAt', factor }));
  const name = down ?? first;
  const by = advice ? ` Limit halved: ${advice.source} says trouble.` : '';
  const reason = `${isRelapse ? 'Relapse: ' : ''}${scoreText(name, state.charts[name], factor * limitOf(state, name, config, !!down))}.${by}`;
  return enter(state, down ? 'down' : 'degraded', reason, config);
};

/** From `degraded` to `down`: the same alarm goes on, or it has become much worse than it was. */
export const worsen = (state: DetectorState, config: DetectorConfig): Step | undefined => {
  const goesOn = state.lastAtMs - state.sinceMs <= config.timing.calmMs;
  const loud = CHART_NAMES.find(
    (name) =>
      goesOn &&
      state.charts[name].weight <= FRESH &&
      isDown(state, name, config, { level: 'downAt', factor: 1 }) &&
      isBroad(state, name, config, false),
  );
  if (loud)
    return enter(state, 'down', `${scoreText(loud, state.charts[loud], limitOf(state, loud, config, true))}.`, config);
  const isLong = config.worse.at !== Infinity && state.lastAtMs - state.sinceMs >= config.timing.worseAfterMs;
  const sick = STREAMS.find((stream) => {
    const { worse, seen, score, isLastGood } = state.wellness[stream];
    const goesOnFailing = !isLastGood && score < STILL_ILL;
    const mostFail = isLong && goesOnFailing && seen >= MOST_OF && ailingShareOf(state.wellness[stream]) >= 0.5;
    return worse >= config.worse.at || mostFail;
  });
  if (!sick) return undefined;
  const share = Math.round(100 * ailingShareOf(state.wellness[sick]));
  const text = `It became worse: ${share} % of the ${sick} fail since it is degraded.`;
  return enter(state, 'down', text, config);
};

const isDown = (
  state: DetectorState,
  name: ChartName,
  config: DetectorConfig,
  { level, factor }: { readonly level: 'degradedAt' | 'downAt'; readonly factor: number },
): boolean => {
  const chart = state.charts[name];
  const limits = alarmLevelsOf(config, name, state);
  if (limits.downAt === Infinity || chart.score < factor * limits[level]) return false;
  if (name === 'stalls') return failingShareOf(chart) > STALLED_SHARE && isStanding(state.stalls, state.lastAtMs);
  return failingShareOf(chart) >= config.downShare;
};

/** One source of trouble is nobody's outage; probes are counted one by one, posts by who sent them. */
const isBroad = (state: DetectorState, name: ChartName, config: DetectorConfig, isAdvised: boolean): boolean => {
  if (recentOf(state, name) < LEAST_RECENT) return false;
  const { sources } = state.charts[name];
  const isOfPosts = name === 'attempts' || name === 'attemptsSoft' || name === 'stalls' || name === 'latency';
  const needed = isOfPosts ? breadthNeeded(state, state.lastAtMs, config.timing) : BREADTH;
  return sources.length >= (isAdvised ? Math.min(needed, ADVISED_BREADTH) : needed);
};

/** Stalls and slowness come late: they speak only while they are a part of all that was seen lately. */
const recentOf = ({ stalls, latencies }: DetectorState, name: ChartName): number => {
  if (name === 'stalls') return failingOf(stalls.recent);
  return name === 'latency' ? failingOf(latencies.recent) : 1;
};

const limitOf = (state: DetectorState, name: ChartName, config: DetectorConfig, isDownLevel: boolean): number => {
  const { degradedAt, downAt } = alarmLevelsOf(config, name, state);
  return isDownLevel && downAt !== Infinity ? downAt : degradedAt;
};

const scoreText = (name: ChartName, { score, good, bad, unknown }: Chart, limit: number): string =>
  `${WHAT[name]}: ${bad} bad, ${unknown} unknown, ${good} good (statistic ${score.toFixed(1)}, limit ${limit.toFixed(1)})`;
