import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../kernel/durations.js';

/** Series as they are kept; the usual hour looks back four weeks. */
export const KEEP_POINTS_MS = 90 * DAY_MS;
/** What a judgement needs of a series. */
export const JUDGE_WITHIN_MS = 29 * DAY_MS;
/** While one process looks, no other takes the same watch. */
export const LOOK_LEASE_MS = MINUTE_MS;
export const LOOK_TICK_MS = 10 * SECOND_MS;
/** How often what the firehose brought is stored and judged. */
export const FIREHOSE_TURN_MS = 15 * SECOND_MS;
/** A stream that was left longer ago is joined where it is now: catching up would take too long to be news. */
export const RESUME_WITHIN_MS = 6 * HOUR_MS;
/** Whether there is anything to listen to, or to connect to again. */
export const FIREHOSE_TICK_MS = 5 * SECOND_MS;

const RECONNECT_MS = SECOND_MS;
const RECONNECT_CAP_MS = MINUTE_MS;

/**
 * Before the next connection, ms: doubled per connection in a row that brought nothing, up to a minute, +-20 %.
 * @param random 0..1
 */
export const reconnectAfterMs = (failures: number, random: number): number =>
  Math.round(Math.min(RECONNECT_CAP_MS, RECONNECT_MS * 2 ** Math.min(failures, 10)) * (0.8 + 0.4 * random));
