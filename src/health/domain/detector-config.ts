import { createHash } from 'node:crypto';
import type { TimeScale } from '../../kernel/durations.js';
import type { ChartLimits } from './chart.js';
import { type HealthTiming, healthTiming } from './health-timing.js';

/** Kept apart and combined by OR: summed, good probes would talk real failures away (`resilience.md` A2). */
export const CHART_NAMES = ['attempts', 'probes', 'liveness'] as const;
export type ChartName = (typeof CHART_NAMES)[number];

/** All that a verdict depends on besides the signals. */
export interface DetectorConfig {
  readonly charts: Readonly<Record<ChartName, ChartLimits>>;
  /** Bounds of the healthy failure rate of attempts, and over how many of them it is learnt. */
  readonly attemptRate: { readonly least: number; readonly most: number; readonly learnOver: number };
  /** An alarm of attempts is `down` only when this part of them fails now; else `degraded`. */
  readonly downShare: number;
  /** The part is an average that forgets with this weight per outcome. */
  readonly shareWeight: number;
  /** Recovery starts when `good` of the last `of` probes are. */
  readonly recovery: { readonly good: number; readonly of: number };
  /** While recovering a chart alarms at this part of its limit: the outage is still likely. */
  readonly relapseFactor: number;
  /** Step 0 is the canary; then the part of the due posts that may go, 0..1. */
  readonly rampShares: readonly number[];
  /** Probes are switched off: only a canary can tell whether it is over. */
  readonly isBlind: boolean;
  readonly timing: HealthTiming;
}

/**
 * The values of `resilience.md` A2 and A4 ("or9": p0 3 %, p1 25 %, h 9 for attempts; p0 1 %, p1 50 %, h 8 for probes).
 * @param isBlind no probes will come
 */
export const detectorConfig = (scale: TimeScale, isBlind = false): DetectorConfig => {
  const probes = { p0: 0.01, p1: 0.5, degradedAt: 5, downAt: 8 };
  return {
    charts: { attempts: { p0: 0.03, p1: 0.25, degradedAt: 9, downAt: 9 }, probes, liveness: probes },
    attemptRate: { least: 0.02, most: 0.08, learnOver: 2_000 },
    downShare: 0.6,
    shareWeight: 0.25,
    recovery: { good: 8, of: 10 },
    relapseFactor: 0.5,
    rampShares: [0, 0.01, 0.05, 0.25, 0.5, 1],
    isBlind,
    timing: healthTiming(scale),
  };
};

/** Names a configuration in every stored verdict; two verdicts compare only under the same one. */
export const hashOf = (config: DetectorConfig): string =>
  createHash('sha256').update(JSON.stringify(config)).digest('hex').slice(0, 12);

/** The limits of a chart now; those of attempts follow the learnt healthy rate (`p1 = max(25 %, 5 p0)`). */
export const limitsOf = (config: DetectorConfig, name: ChartName, attemptRate: number): ChartLimits => {
  const limits = config.charts[name];
  return name === 'attempts' ? { ...limits, p0: attemptRate, p1: Math.max(limits.p1, 5 * attemptRate) } : limits;
};
