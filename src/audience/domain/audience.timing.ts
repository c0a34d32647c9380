import { DAY_MS, MINUTE_MS, scaledMs, SECOND_MS, type TimeScale } from '../../kernel/durations.js';

/** First wait after a temporary refusal, doubled per try (`platforms.md` 6.3: 5 min to 24 h). */
const FIRST_RETRY_MS = 5 * MINUTE_MS;
const LAST_RETRY_MS = DAY_MS;
const ROUTE_PAUSE_MS = 30 * SECOND_MS;

/** Tries after which a temporary refusal counts as final: about 43 hours after the first. */
export const MAX_TRIES = 10;
/** A row untouched for this long belongs to a worker that is gone. Not scaled: it is about processes, not plans. */
export const WORKER_GONE_AFTER_MS = 60 * SECOND_MS;

/** Waiting times of the sender, divided by `TIME_SCALE`. */
export interface AudienceTiming {
  /** Milliseconds until the next try after `tries` tries (>= 1). */
  retryAfterMs(tries: number): number;
  /** Pause for rows that were not tried because the mail server itself is in trouble. */
  readonly routePauseMs: number;
  readonly scale: TimeScale;
}

export const audienceTiming = (scale: TimeScale): AudienceTiming => ({
  retryAfterMs: (tries) => scaledMs(Math.min(FIRST_RETRY_MS * 2 ** (tries - 1), LAST_RETRY_MS), scale),
  routePauseMs: scaledMs(ROUTE_PAUSE_MS, scale),
  scale,
});
