import type { ViewsRead as JudgedRead } from '../../../health/domain/counters.policy.js';
import type { HealthState, PlatformState } from '../../../health/domain/health-state.js';
import type { Signal } from '../../../health/domain/signal.js';
import type { TraceAccount } from '../world/roster.js';

export interface Place {
  readonly platform: string;
  readonly region: string;
}

/** A counter as it was read, and whose it is. */
export interface ViewsRead extends JudgedRead {
  readonly account: TraceAccount;
  readonly targetId: string;
}

/** How platforms do, as a policy believes; what our router and engine ask. */
export interface HealthSource {
  /** Before the first event. @param onChange told of a place whose state or share changed */
  start(onChange: (place: Place) => void): void;
  stateOf(place: Place): PlatformState;
  readStateOf(place: Place): HealthState;
  /** The one token of the current step of a recovering place's ramp. */
  takeCanary(place: Place): boolean;
  /** What a publish try showed. */
  signal(signal: Signal): void;
  counted(read: ViewsRead): void;
  /** Our own line seems cut: nothing is begun. */
  isSelfSuspect(): boolean;
  /** Every place is healthy. */
  isCalm(): boolean;
}

export const placeKey = ({ platform, region }: Place): string => `${platform}|${region}`;

/** A state without a ramp. */
export const plainState = (state: HealthState, since: Date, reason: string): PlatformState => ({
  state,
  since,
  reason,
  rampShare: state === 'down' ? 0 : 1,
  overridden: false,
});
