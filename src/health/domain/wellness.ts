import type { LeaveTest, ToldApart } from './detector-config.js';

/** How one kind of evidence does while the platform is in a bad state. */
export interface Wellness {
  /** Evidence that it is over, nats, 0 or more. */
  readonly score: number;
  /** What the good outcomes since the last failure say against the ill rate, nats; absent in states of older versions. */
  readonly clean?: number;
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
/** No more than so many times the evidence, however little failed. */
const MOST_NEED = 1.6;

/** So many failures, and so many times the usual share, make a stream part of the trouble also when it did not begin it. */
const AILING = 3;
const AILING_TIMES = 3;

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
const illShareOf = (of: Pick<Wellness, 'seen' | 'failed'>, { illMost, illLeast, known }: ToldApart): number =>
  of.seen < known ? illMost : Math.min(illMost, Math.max(illLeast, ailingShareOf(of)));

/** Evidence for health that is needed, nats. */
export const neededOf = (wellness: Wellness, rates: ToldApart, test: LeaveTest): number =>
  rates.isByShare ? test.at * Math.min(MOST_NEED, rates.illMost / illShareOf(wellness, rates)) : test.at;

/** One more outcome. @param failed 0 good, 1 bad, a half unknown; `usual`: the stream's failure rate in healthy times */
export const afterOutcome = (
  before: Wellness,
  { failed, weight, atMs }: { readonly failed: number; readonly weight: number; readonly atMs: number },
  { rates, test, usual }: { readonly rates: ToldApart; readonly test: LeaveTest; readonly usual: number },
  worse: { readonly p0: number; readonly p1: number; readonly at: number },
): Wellness => {
  const kept = before.seen >= MEMORY ? 0.5 : 1;
  const seen = before.seen * kept + weight;
  const missed = before.failed * kept + (failed > 0 ? weight : 0);
  const ill = illShareOf({ seen, failed: missed }, rates);
  const well = Math.min(rates.well, ill / 2);
  const score = before.score + ratio(failed, well, ill) * (failed > 0 ? 1 : weight);
  const sick = before.worse + ratio(failed, worse.p1, worse.p0) * weight;
  return {
    ...before,
    score: Math.min(2 * test.at, Math.max(0, score)),
    clean: failed > 0 ? 0 : (before.clean ?? 0) - weight * Math.log(1 - ill),
    worse: Math.min(worse.at, Math.max(0, sick)),
    seen,
    failed: missed,
    isLastGood: failed === 0,
    isAiling: before.isAiling || (failed > 0 && missed >= AILING && missed >= AILING_TIMES * usual * seen),
    lastAtMs: atMs,
  };
};

/** Log-likelihood ratio of rate `p` against rate `q`. */
const ratio = (failed: number, p: number, q: number): number =>
  failed > 0 ? failed * Math.log(p / q) : Math.log((1 - p) / (1 - q));
