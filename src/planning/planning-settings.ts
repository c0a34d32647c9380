import type { PlanningTiming } from './domain/planning-timing.js';

/** What planning takes from the configuration. */
export class PlanningSettings {
  constructor(
    /** How far ahead runs are made of queues and rules, ms; never scaled, since due times are not. */
    readonly horizonMs: number,
    readonly timing: PlanningTiming,
  ) {}
}
