import type { PublishingTiming } from '../publishing-timing.js';

/** When a step is made, and how long things may take. */
export interface StepTime {
  readonly now: Date;
  readonly timing: PublishingTiming;
}

/** Facts every step needs besides the outcome. */
export interface StepContext extends StepTime {
  /** Draws 0..1, for a step that waits. */
  readonly jitter: () => number;
}
