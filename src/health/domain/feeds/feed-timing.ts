import { HOUR_MS, MINUTE_MS, scaledMs, SECOND_MS, type TimeScale } from '../../../kernel/durations.js';

/** How long a page's bad news is evidence, ms: two hours (`resilience.md` A4); the time scale divides it. */
export const advisoryLifetimeMs = (scale: TimeScale): number => scaledMs(2 * HOUR_MS, scale);

/** A strangers' server is asked no faster than once a minute, whatever the time scale. */
export const LEAST_EVERY_SECONDS = 60;
export const MOST_EVERY_SECONDS = 3_600;

/** Looks are spread by this share of the interval, so that a cluster of instances asks at no common second. */
const JITTER = 0.2;
/** A page that keeps failing is asked every hour. */
const BACKOFF_CAP_MS = HOUR_MS;
/** However long a page asks us to stay away. */
const RETRY_AFTER_CAP_MS = 6 * HOUR_MS;
/** While one process looks, no other takes the same page. */
export const LOOK_LEASE_MS = MINUTE_MS;
/** How often it is asked which pages are due. */
export const LOOK_TICK_MS = 5 * SECOND_MS;

export interface NextLook {
  readonly everySeconds: number;
  /** Failures in a row, 0 after a success. */
  readonly failures: number;
  /** What the page asked for. */
  readonly retryAfterMs?: number | undefined;
  /** 0..1, drawn anew at each look. */
  readonly random: number;
}

/**
 * Until the next look, ms: the interval +-20 %, doubled per failure in a row up to an hour, and never before the page
 * wants to be asked again.
 */
export const untilNextLook = ({ everySeconds, failures, retryAfterMs = 0, random }: NextLook): number => {
  const everyMs = everySeconds * SECOND_MS;
  const backedOffMs =
    failures === 0 ? everyMs : Math.min(Math.max(everyMs, BACKOFF_CAP_MS), everyMs * 2 ** Math.min(failures, 10));
  const spreadMs = backedOffMs * (1 + JITTER * (2 * random - 1));
  return Math.round(Math.max(spreadMs, Math.min(retryAfterMs, RETRY_AFTER_CAP_MS)));
};
