import { DAY_MS } from '../kernel/durations.js';
import type { DetectorConfig } from './domain/detector-config.js';
import { incidentMergeMs } from './domain/incident.js';
import type { ProbeTiming } from './domain/probe-budget.js';

/** What health takes from the configuration. */
export class HealthSettings {
  constructor(
    readonly detector: DetectorConfig,
    readonly probes: ProbeTiming,
    /** 0..1, drawn anew at each call; fixed in tests. */
    readonly random: () => number,
    /** Trouble that comes back so soon belongs to the same incident, ms. */
    readonly mergeWithinMs: number = incidentMergeMs(1),
    /** Signals are kept so long, ms. */
    readonly keepSignalsMs: number = 7 * DAY_MS,
  ) {}
}
