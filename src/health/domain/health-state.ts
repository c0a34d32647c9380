/** How a platform does; `recovering` lets a growing share through. */
export const HEALTH_STATES = ['healthy', 'degraded', 'down', 'recovering'] as const;
export type HealthState = (typeof HEALTH_STATES)[number];

const BADNESS: Readonly<Record<HealthState, number>> = { healthy: 0, recovering: 1, degraded: 2, down: 3 };

/** The worse of two states; `recovering` is better than `degraded`. */
export const worseOf = (a: HealthState, b: HealthState): HealthState => (BADNESS[b] > BADNESS[a] ? b : a);

/** What a publisher of one workspace sees of a platform in a region. */
export interface PlatformState {
  readonly state: HealthState;
  /** 0..1: which part of the due posts may go out; 0 also at the canary step, where single tokens are given. */
  readonly rampShare: number;
  readonly since: Date;
  /** One sentence for a person. */
  readonly reason: string;
  /** A person pinned it; nothing was measured. */
  readonly overridden: boolean;
}
