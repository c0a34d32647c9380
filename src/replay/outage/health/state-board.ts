import type { HealthState, PlatformState } from '../../../health/domain/health-state.js';
import type { Stage } from '../run/stage.js';
import { type Place, placeKey, plainState } from './health-source.js';

/** `publish` states that are simply set: for policies without a ramp. Every change is written down. */
export class StateBoard {
  private readonly states = new Map<string, PlatformState>();
  private onChange: (place: Place) => void = () => undefined;

  constructor(private readonly stage: Stage) {}

  listen(onChange: (place: Place) => void): void {
    this.onChange = onChange;
  }

  get(place: Place): PlatformState {
    return this.states.get(placeKey(place)) ?? plainState('healthy', this.stage.dateAt(0), 'No trouble seen.');
  }

  set(place: Place, state: HealthState, reason: string): void {
    if (this.get(place).state === state) return;
    const next = plainState(state, this.stage.now(), reason);
    this.states.set(placeKey(place), next);
    const { platform, region } = place;
    this.stage.record.states.push({
      platform,
      region,
      capability: 'publish',
      state,
      admission: next.rampShare,
      atMs: this.stage.nowMs,
    });
    this.onChange(place);
  }

  get isCalm(): boolean {
    return [...this.states.values()].every(({ state }) => state === 'healthy');
  }
}
