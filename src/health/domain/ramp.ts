import { type DetectorConfig, healthyRate, illRate } from './detector-config.js';
import { type DetectorState, rampAt } from './detector-state.js';
import { enter, type Step } from './transition.js';

export const rampText = (step: number, { rampShares }: DetectorConfig): string =>
  `Recovering: ${(rampShares[step] ?? 1) * 100} % of the due posts may go.`;

/** Goes on to the next step of the ramp when this one is over; at its end to `healthy`, or what it has become. */
export const climb = (state: DetectorState, config: DetectorConfig): Step => {
  if (!isStepOver(state, config)) return { state, effects: [] };
  const next = state.ramp.step + 1;
  if (next < config.rampShares.length)
    return { state: { ...state, reason: rampText(next, config), ramp: rampAt(next, state.lastAtMs) }, effects: [] };
  return isStillUneasy(state, config)
    ? enter(state, 'degraded', 'It takes posts again, but more of them fail than usual.', config)
    : enter(state, 'healthy', 'Recovered: every step of the ramp went well.', config);
};

/** After its time with enough outcomes and few failures, or on enough good probes without any bad outcome since. */
const isStepOver = (state: DetectorState, config: DetectorConfig): boolean => {
  const { ramp, lastAtMs, wellness, rates } = state;
  const { timing } = config;
  const tolerated = Math.max(2 * rates.attempts.rate, 0.05) * ramp.outcomes;
  const byOutcomes =
    lastAtMs - ramp.enteredAtMs >= timing.rampStepMs && ramp.outcomes >= timing.enough && ramp.badOutcomes < tolerated;
  const isLastGood = wellness.probes.isLastGood && wellness.liveness.isLastGood;
  return byOutcomes || (ramp.goodProbes >= timing.enough && isLastGood);
};

/** Evidence of the ramp that more fails than usual, nats. */
const UNEASY = 2.5;

const isStillUneasy = ({ wellness, rates }: DetectorState, config: DetectorConfig): boolean => {
  const sum = (['attempts', 'probes'] as const).reduce((total, stream) => {
    const { seen, failed } = wellness[stream];
    const p0 = healthyRate(rates[stream], config.rates[stream]);
    const p1 = illRate(config.soft[stream], p0);
    return total + failed * Math.log(p1 / p0) + (seen - failed) * Math.log((1 - p1) / (1 - p0));
  }, 0);
  return sum > UNEASY;
};
