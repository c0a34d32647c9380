/** Makes the median absolute deviation comparable with a standard deviation of normal data. */
const MAD_TO_SIGMA = 1.4826;

/** The middle value; 0 of nothing. */
export const medianOf = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
};

/** Spread of values around their median that a few wild ones cannot move: 1.4826 x MAD. */
export const robustSpread = (values: readonly number[]): number => {
  const median = medianOf(values);
  return MAD_TO_SIGMA * medianOf(values.map((value) => Math.abs(value - median)));
};
