/** A failure rate learnt from healthy times. */
export interface LearntRate {
  /** 0..1 */
  readonly rate: number;
  /** How many observations it stands on, the first guess included; grows up to `learnOver`. */
  readonly seen: number;
}

/** What is known of a rate before anything was seen, and how far it may go. */
export interface RateBounds {
  readonly least: number;
  readonly most: number;
  /** First guess, and how many observations it is worth. */
  readonly first: number;
  readonly firstWeight: number;
  /** Forgets what is older than about so many observations. */
  readonly learnOver: number;
  /** The rate that charts assume is so many times the learnt one: what drifts slowly must not alarm. */
  readonly margin: number;
}

export const firstRate = ({ first, firstWeight }: RateBounds): LearntRate => ({ rate: first, seen: firstWeight });

/** @param failed 0 good, 1 bad, between for an unknown outcome */
export const learn = ({ rate, seen }: LearntRate, failed: number, { learnOver }: RateBounds): LearntRate => {
  const next = Math.min(learnOver, seen + 1);
  return { rate: rate + (failed - rate) / next, seen: next };
};
