import { adviceOf, type AlarmLimits, limitsNow, lowererOf } from './alarm-limits.js';
import { BREADTH, type Chart, failingShareOf } from './chart.js';
import { CHART_NAMES, type ChartName, type DetectorConfig, STREAMS } from './detector-config.js';
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
  attemptsTotal: 'Nearly all posts fail',
  probes: 'Upload probes fail',
  probesSoft: 'Some upload probes fail',
  probesTotal: 'Nearly all upload probes fail',
  liveness: 'Liveness probes fail',
  livenessSoft: 'Some liveness probes fail',
  livenessTotal: 'Nearly all liveness probes fail',
  together: 'Posts and probes fail',
  togetherSoft: 'Some posts and probes fail',
  togetherTotal: 'Nearly all posts and probes fail',
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
  const limits = limitsNow(state, config);
  const loud = CHART_NAMES.filter(
    (name) =>
      // A chart at rest says nothing, whatever the limits.
      state.charts[name].score > 0 &&
      (state.charts[name].score >= limits(name, 0).degradedAt || isDown(state, name, limits, config)) &&
      isBroad(state, name, config),
  );
  const [first] = loud;
  if (first === undefined) return undefined;
  const down = loud.find((name) => isDown(state, name, limits, config));
  const name = down ?? first;
  const relapse = state.state === 'recovering' ? 'Relapse: ' : '';
  const limit = limits(name, failingShareOf(state.charts[name]))[down ? 'downAt' : 'degradedAt'];
  const reason = `${relapse}${scoreText(name, state.charts[name], limit)}.${lowererOf(state)}`;
  return enter(state, down ? 'down' : 'degraded', reason, config);
};

/**
 * The alarm of just now goes on until it says `down`; a feed's word is no part of it. Posts may be rare, so theirs is
 * soon of another time; probes come by the clock. @returns what it says
 */
const goesOn = (ill: DetectorState, config: DetectorConfig): string | undefined => {
  const { calmMs, worseAfterMs } = config.timing;
  const ageMs = ill.lastAtMs - ill.sinceMs;
  if (ageMs > worseAfterMs) return undefined;
  const state = ill.advice ? { ...ill, advice: null } : ill;
  const limits = limitsNow(state, config);
  const isLoud = (name: ChartName) =>
    state.charts[name].score > 0 &&
    (ageMs <= calmMs || isOfProbes(name)) &&
    state.charts[name].weight <= FRESH &&
    isDown(state, name, limits, config) &&
    isBroad(state, name, config);
  const loud = CHART_NAMES.find(isLoud);
  if (!loud) return undefined;
  const chart = state.charts[loud];
  return `${scoreText(loud, chart, limits(loud, failingShareOf(chart)).downAt)}.${lowererOf(state)}`;
};

/** From `degraded` to `down`: the same alarm goes on, or it has become much worse than it was. */
export const worsen = (state: DetectorState, config: DetectorConfig): Step | undefined => {
  const loud = goesOn(state, config);
  if (loud) return enter(state, 'down', loud, config);
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

const isDown = (state: DetectorState, name: ChartName, limits: AlarmLimits, config: DetectorConfig): boolean => {
  const chart = state.charts[name];
  const share = failingShareOf(chart);
  if (chart.score < limits(name, share).downAt) return false;
  if (name === 'stalls') return share > STALLED_SHARE && isStanding(state.stalls, state.lastAtMs);
  return share >= config.downShare;
};

const isOfPosts = (name: ChartName): boolean => name.startsWith('attempts') || name === 'stalls' || name === 'latency';

const isOfProbes = (name: ChartName): boolean => name.startsWith('probes') || name.startsWith('liveness');

/** One source of trouble is nobody's outage; probes are counted one by one, posts by who sent them. */
const isBroad = (state: DetectorState, name: ChartName, config: DetectorConfig): boolean => {
  if (recentOf(state, name) < LEAST_RECENT) return false;
  const { sources } = state.charts[name];
  const needed = isOfPosts(name) ? breadthNeeded(state, state.lastAtMs, config.timing) : BREADTH;
  return sources.length >= (adviceOf(state) ? Math.min(needed, ADVISED_BREADTH) : needed);
};

/** Stalls and slowness come late: they speak only while they are a part of all that was seen lately. */
const recentOf = ({ stalls, latencies }: DetectorState, name: ChartName): number => {
  if (name === 'stalls') return failingOf(stalls.recent);
  return name === 'latency' ? failingOf(latencies.recent) : 1;
};

const scoreText = (name: ChartName, { score, good, bad, unknown }: Chart, limit: number): string =>
  `${WHAT[name]}: ${bad} bad, ${unknown} unknown, ${good} good (statistic ${score.toFixed(1)}, limit ${limit.toFixed(1)})`;
