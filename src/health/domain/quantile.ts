/**
 * A quantile that follows what it sees by small steps (Robbins and Monro), on a logarithmic scale; needs no memory of
 * the values.
 * @param quantile 0..1
 * @param pace greater: follows faster and wavers more
 */
export const quantileAfter = (current: number, value: number, quantile: number, pace: number): number =>
  current * Math.exp(pace * (value > current ? quantile : quantile - 1));
