export const SECOND_MS = 1_000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/**
 * How many times faster dwell, ramp, reconcile, hold and stale intervals run (config `TIME_SCALE`).
 * 1 in production; 60 in the demo, where an hour of waiting takes a minute. Due times are never scaled.
 */
export type TimeScale = number;

/** An interval under the time scale, in milliseconds, never below 1. */
export const scaledMs = (ms: number, scale: TimeScale): number => Math.max(1, Math.round(ms / scale));

/** `at` moved by `ms` (may be negative). */
export const plusMs = (at: Date, ms: number): Date => new Date(at.getTime() + ms);
