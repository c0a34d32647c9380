import { hash } from 'node:crypto';

/** 5 % of a standard normal lies beyond it on one side: p95 of a log-normal is p50 x exp(1.6449 sigma). */
const NORMAL_P95 = 1.6449;
const MANTISSA = 2 ** 53;

/**
 * Draws that depend on nothing but the seed and their key: the same key meets the same fate in every run, whatever was
 * drawn before. u(key) = first 53 bits of SHA-256(seed + "|" + key) / 2^53.
 */
export class Draws {
  constructor(private readonly seed: number | string) {}

  /** Uniform in [0, 1). */
  uniform(key: string): number {
    // As a string of bytes: a quarter of what a Buffer costs, and runs make millions of draws.
    const digest = hash('sha256', `${this.seed}|${key}`, 'binary');
    // 53 bits: the first 32 and the first 21 of the next 32.
    return (wordAt(digest, 0) * 2 ** 21 + (wordAt(digest, 4) >>> 11)) / MANTISSA;
  }

  /** Log-normal by its median and 95th percentile, in their unit. @throws RangeError unless p95 >= p50 > 0 */
  logNormal(key: string, { p50, p95 }: { readonly p50: number; readonly p95: number }): number {
    return logNormalAt(this.uniform(key), { p50, p95 });
  }
}

/** 32 bits, big-endian. */
const wordAt = (bytes: string, at: number): number =>
  ((bytes.charCodeAt(at) << 24) |
    (bytes.charCodeAt(at + 1) << 16) |
    (bytes.charCodeAt(at + 2) << 8) |
    bytes.charCodeAt(at + 3)) >>>
  0;

/** The log-normal's quantile. @param u in [0, 1) @throws RangeError unless p95 >= p50 > 0 */
export const logNormalAt = (u: number, { p50, p95 }: { readonly p50: number; readonly p95: number }): number => {
  if (!(p50 > 0 && p95 >= p50)) throw new RangeError('A log-normal needs p95 >= p50 > 0.');
  return Math.exp(Math.log(p50) + (Math.log(p95 / p50) / NORMAL_P95) * inversePhi(u));
};

const A = [
  -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716, 2.506628277459239,
];
const B = [-54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572, 1];
const C = [
  -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968,
  2.938163982698783,
];
const D = [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416, 1];
const TAIL = 0.02425;

const polynomial = (coefficients: readonly number[], x: number): number =>
  coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0);

/**
 * Inverse of the standard normal distribution, relative error below 1.2e-9; finite at 0 too.
 * Source: P. J. Acklam, "An algorithm for computing the inverse normal cumulative distribution function".
 */
export const inversePhi = (u: number): number => {
  const p = Math.min(Math.max(u, 2 ** -54), 1 - 2 ** -53);
  if (p > 1 - TAIL) return -inversePhi(1 - p);
  if (p < TAIL) {
    const q = Math.sqrt(-2 * Math.log(p));
    return polynomial(C, q) / polynomial(D, q);
  }
  const q = p - 0.5;
  return (polynomial(A, q * q) * q) / polynomial(B, q * q);
};
