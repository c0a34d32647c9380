import type { DetectorConfig } from './detector-config.js';
import type { DetectorState } from './detector-state.js';
import type { HealthState } from './health-state.js';

/** What publishing sees of a platform. */
export interface Admission {
  readonly state: HealthState;
  /** 0..1: which part of the due posts may go; 0 also while single canaries go. */
  readonly rampShare: number;
}

/** How far it has come back: 0 not at all; while down the canary that is out, while recovering the step of the ramp. */
export const admissionStepOf = ({ state, trial, ramp }: DetectorState): number =>
  state === 'down' ? (trial?.token ?? 0) : ramp.step;

/** A platform that is down and is tried by a canary looks as if it recovered with a share of nothing. */
export const admissionFor = (state: HealthState, step: number, config: DetectorConfig): Admission => {
  if (state === 'down') return { state: step > 0 ? 'recovering' : 'down', rampShare: 0 };
  return { state, rampShare: state === 'recovering' ? (config.rampShares[step] ?? 0) : 1 };
};

export const admissionOf = (detector: DetectorState, config: DetectorConfig): Admission =>
  admissionFor(detector.state, admissionStepOf(detector), config);

/** Names the one token that lets a single post through now; undefined: there is none. */
export const canaryOf = (detector: DetectorState): string | undefined => {
  const { state, trial, ramp, sinceMs } = detector;
  if (state === 'down') return trial ? `${trial.openedAtMs}|${trial.token}` : undefined;
  return state === 'recovering' ? `${sinceMs}|${ramp.step}` : undefined;
};
