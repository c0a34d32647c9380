import type { HealthState } from '../../../health/domain/health-state.js';
import { plusMs } from '../../../kernel/durations.js';
import { LEAST_USUAL_HOUR, type LoadTiming } from '../../../routing/domain/load-spread.policy.js';
import type { RoutePolicy } from '../../../routing/domain/route.js';

/**
 * Whether a moved run goes out at home: on a healthy platform as its route's failback says. One that nobody else took is
 * nowhere yet; it comes home wherever its route would publish.
 */
export const mayComeHome = (
  { failback, onDegraded }: Pick<RoutePolicy, 'failback' | 'onDegraded'>,
  state: HealthState,
  isStranded: boolean,
): boolean => {
  if (state === 'healthy') return isStranded || failback === 'catch_up';
  return isStranded && state === 'degraded' && onDegraded === 'publish';
};

/** What goes out on an account while it catches up, against its usual hour; ratio. Source: design section 6. */
export const CATCH_UP_PACE = 1.2;

/** What an account has to carry besides its catch-ups. */
export interface OwnLoad {
  /** As in `FallbackLoad`. */
  readonly usualHour: number;
  /** Posts, catch-ups aside, that went out in the last hour, and that are due in the next one. */
  readonly lastHour: number;
  readonly nextHour: number;
  /** The latest catch-up planned or sent there. */
  readonly lastCatchUpAt?: Date;
}

/**
 * From when on an account may be given one more catch-up; undefined: at once. What is left of 1.2 times the usual hour
 * beside its own posts is spread evenly, so that no backlog comes back as a flood.
 */
export const nextCatchUpAt = (load: OwnLoad, { hourMs }: Pick<LoadTiming, 'hourMs'>): Date | undefined =>
  load.lastCatchUpAt && plusMs(load.lastCatchUpAt, Math.ceil(hourMs / catchUpsPerHour(load)));

/** > 0: an account at its usual load still catches up with a fifth of it. */
export const catchUpsPerHour = ({ usualHour, lastHour, nextHour }: OwnLoad): number => {
  const own = Math.max(lastHour, nextHour);
  return CATCH_UP_PACE * Math.max(usualHour, own, LEAST_USUAL_HOUR) - own;
};
