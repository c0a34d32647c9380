import type { LeaveTest } from './detector-config.js';

/** How one kind of evidence does while the platform is in a bad state. */
export interface Wellness {
  /** Evidence that it is over, nats, 0 or more. */
  readonly score: number;
  /** Evidence that it is as bad as can be, nats, 0 or more. */
  readonly worse: number;
  /** Of the last outcomes, by weight. */
  readonly seen: number;
  readonly failed: number;
  readonly isLastGood: boolean;
  /** It is part of the trouble: it must be seen well before the state ends. */
  readonly isAiling: boolean;
  readonly lastAtMs: number;
}

/** The share of failures is that of about so many outcomes. */
const MEMORY = 200;
/** From so many outcomes on their share tells how bad it was. */
const KNOWN = 60;

export const NO_WELLNESS: Wellness = {
  score: 0,
  worse: 0,
  seen: 0,
  failed: 0,
  isLastGood: true,
  isAiling: false,
  lastAtMs: 0,
};

/** Part of the outcomes of this bad state that failed, 0..1; a half while nothing is known. */
export const ailingShareOf = ({ seen, failed }: Pick<Wellness, 'seen' | 'failed'>): number =>
  (failed + 0.5) / (seen + 1);

/** The failure rate that health is held against. */
const illShareOf = (of: Pick<Wellness, 'seen' | 'failed'>, { illMost, illLeast, isByShare }: LeaveTest): number => {
  // Of a short outage the good news of its end would make the most.
  if (isByShare && of.seen < KNOWN) return illMost;
  return Math.min(illMost, Math.max(illLeast, ailingShareOf(of)));
};

/** Evidence for health that is needed, nats. */
export const neededOf = (wellness: Wellness, test: LeaveTest): number =>
  test.isByShare ? (test.at * test.illMost) / illShareOf(wellness, test) : test.at;

/** One more outcome. @param failed 0 good, 1 bad, a half unknown */
export const afterOutcome = (
  before: Wellness,
  { failed, weight, atMs }: { readonly failed: number; readonly weight: number; readonly atMs: number },
  test: LeaveTest,
  worse: { readonly p0: number; readonly p1: number; readonly at: number },
): Wellness => {
  const kept = before.seen >= MEMORY ? 0.5 : 1;
  const seen = before.seen * kept + weight;
  const missed = before.failed * kept + (failed > 0 ? weight : 0);
  const ill = illShareOf({ seen, failed: missed }, test);
  const well = Math.min(test.well, ill / 2);
  const score = before.score + ratio(failed, well, ill) * (failed > 0 ? 1 : weight);
  const sick = before.worse + ratio(failed, worse.p1, worse.p0) * weight;
  return {
    ...before,
    score: Math.min(2 * test.at, Math.max(0, score)),
    worse: Math.min(worse.at, Math.max(0, sick)),
    seen,
    failed: missed,
    isLastGood: failed === 0,
    lastAtMs: atMs,
  };
};

/** Log-likelihood ratio of rate `p` against rate `q`. */
const ratio = (failed: number, p: number, q: number): number =>
  failed > 0 ? failed * Math.log(p / q) : Math.log((1 - p) / (1 - q));
