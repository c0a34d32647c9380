import { assess, type KeyedState, type StoredSignal } from '../../health/domain/assessment.js';
import { detectorConfig } from '../../health/domain/detector-config.js';
import { rampShareOf } from '../../health/domain/detector.js';
import type { HealthState, PlatformState } from '../../health/domain/health-state.js';
import type { Signal } from '../../health/domain/signal.js';

const EPOCH = new Date(0);
const WELL: PlatformState = {
  state: 'healthy',
  rampShare: 1,
  since: EPOCH,
  reason: 'No trouble seen.',
  overridden: false,
};

/** The health room's own detector over the signals of this run, with the one canary token of each ramp step. */
export class HealthModel {
  private readonly config = detectorConfig(1);
  private readonly states = new Map<string, KeyedState>();
  private readonly canaries = new Map<string, string>();
  private waiting: StoredSignal[] = [];

  get hasWaiting(): boolean {
    return this.waiting.length > 0;
  }

  /** Whether every platform is well, so that nothing has to be watched. */
  get isWell(): boolean {
    return [...this.states.values()].every(({ detector }) => detector.state === 'healthy');
  }

  isWellOf(platform: string, region: string): boolean {
    return this.stateOf(platform, region).state === 'healthy' && this.readState(platform, region) === 'healthy';
  }

  record(signals: readonly Signal[], at: Date): void {
    this.waiting.push(...signals.map((signal) => ({ ...signal, at })));
  }

  /** @returns the changes, as lines for the trace */
  assess(now: Date): readonly string[] {
    const signals = this.waiting;
    this.waiting = [];
    const { changed, transitions } = assess([...this.states.values()], signals, now, this.config);
    for (const state of changed) this.states.set(nameOf(state), state);
    return transitions.map(
      ({ platform, region, capability, transition }) =>
        `${platform}|${region}|${capability} ${transition.from}->${transition.to}`,
    );
  }

  stateOf(platform: string, region: string): PlatformState {
    const found = this.states.get(`${platform}|${region}|publish`);
    if (!found) return WELL;
    const { state, reason, sinceMs } = found.detector;
    const rampShare = rampShareOf(found.detector, this.config);
    return { state, reason, since: new Date(sinceMs), rampShare, overridden: false };
  }

  readState(platform: string, region: string): HealthState {
    return this.states.get(`${platform}|${region}|read`)?.detector.state ?? 'healthy';
  }

  /** The one token of the current ramp step; false when it is gone, or the platform is not recovering. */
  takeCanary(platform: string, region: string): boolean {
    const found = this.states.get(`${platform}|${region}|publish`)?.detector;
    if (found?.state !== 'recovering') return false;
    const step = `${found.sinceMs}|${found.ramp.step}`;
    if (this.canaries.get(`${platform}|${region}`) === step) return false;
    this.canaries.set(`${platform}|${region}`, step);
    return true;
  }
}

const nameOf = ({ platform, region, capability }: KeyedState): string => `${platform}|${region}|${capability}`;
