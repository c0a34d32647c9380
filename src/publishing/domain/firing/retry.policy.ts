import { MINUTE_MS, SECOND_MS } from '../../../kernel/durations.js';

const RETRY_BASE_MS = 2 * SECOND_MS;
const RETRY_CAP_MS = 5 * MINUTE_MS;

/**
 * Delay before the next try after `tries` tries that certainly sent nothing.
 * Pure: jitter is passed in so tests can fix it.
 *
 * @param tries failures so far, integer >= 1
 * @param jitterRatio 0..1, full jitter over the upper half of the delay
 * @returns milliseconds between 1 s and 5 min
 * Source: doubling per try with jitter, capped so that a recovered platform is noticed within minutes (README D9).
 */
export const retryDelayMs = (tries: number, jitterRatio: number): number => {
  const full = Math.min(RETRY_CAP_MS, RETRY_BASE_MS * 2 ** Math.max(0, tries - 1));
  return Math.round(full / 2 + (full / 2) * jitterRatio);
};
