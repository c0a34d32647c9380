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
export const ailingShareOf = ({ seen, failed }: Wellness): number => (failed + 0.5) / (seen + 1);

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
  const ill = Math.min(test.illMost, Math.max(test.illLeast, (missed + 0.5) / (seen + 1)));
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
