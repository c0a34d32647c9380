import type { ChartLimits } from './chart.js';
import {
  type ChartName,
  type DetectorConfig,
  healthyRate,
  illRate,
  type Level,
  type Limits,
  type Stream,
} from './detector-config.js';
import type { LearntRate } from './learnt-rate.js';
import { busyMargin, type Volume } from './volume.js';

const STREAM_OF: Readonly<Record<Exclude<ChartName, 'stalls' | 'latency'>, Stream>> = {
  attempts: 'attempts',
  attemptsSoft: 'attempts',
  attemptsTotal: 'attempts',
  probes: 'probes',
  probesSoft: 'probes',
  probesTotal: 'probes',
  liveness: 'liveness',
  livenessSoft: 'liveness',
  livenessTotal: 'liveness',
  together: 'attempts',
  togetherSoft: 'attempts',
  togetherTotal: 'attempts',
};

const levelOf = (name: ChartName): Level =>
  name.endsWith('Soft') ? 'soft' : name.endsWith('Total') ? 'total' : 'hard';

/** Charts that many posts move: the more come, the more often chance makes a pattern. */
const MOVED_BY_POSTS: ReadonlySet<ChartName> = new Set([
  'attempts',
  'attemptsSoft',
  'attemptsTotal',
  'together',
  'togetherSoft',
  'togetherTotal',
  'stalls',
  'latency',
]);

/** What limits depend on. */
export interface Learnt {
  readonly rates: Readonly<Record<Stream, LearntRate>>;
  readonly volume: Volume;
}

/** Where a chart speaks up now: later where there is much traffic, so that false alarms stay as rare. */
export const alarmLevelsOf = (config: DetectorConfig, name: ChartName, { volume }: Pick<Learnt, 'volume'>): Limits => {
  const { degradedAt, downAt } = config.charts[name];
  const more = MOVED_BY_POSTS.has(name) ? busyMargin(volume) : 0;
  return { degradedAt: degradedAt + more, downAt: downAt + more };
};

/** The limits of a chart now, by what was learnt; those of `together` as it counts attempts. */
export const limitsOf = (config: DetectorConfig, name: ChartName, learnt: Learnt): ChartLimits => {
  const { rates } = learnt;
  const limits = alarmLevelsOf(config, name, learnt);
  if (name === 'stalls') return { ...limits, ...config.stall };
  if (name === 'latency') return { ...limits, ...config.latency };
  const stream = STREAM_OF[name];
  const p0 = healthyRate(rates[stream], config.rates[stream]);
  return { ...limits, p0, p1: illRate(config[levelOf(name)][stream], p0) };
};
