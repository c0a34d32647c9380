import { DateTime } from 'luxon';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../kernel/durations.js';
import { resolveWallTime } from '../../../planning/domain/wall-time.js';

/**
 * A daily span in which a channel is left in peace. `from` and `to` are times on the wall of `zone` (HH:MM, 24 hours,
 * never equal); with `from` later than `to` it lasts across midnight.
 */
export interface QuietHours {
  readonly from: string;
  readonly to: string;
  /** IANA name, known to exist. */
  readonly zone: string;
}

/** `HH:MM`, 00:00 to 23:59. */
export const TIME_OF_DAY = /^([01]\d|2[0-3]):[0-5]\d$/;

/** Days around `now` whose span can hold it, whatever the offset of the zone. */
const DAYS_AROUND = [-2, -1, 0, 1];

/**
 * When the quiet that holds at `now` ends; undefined when it is not quiet. The first instant of a span is quiet, its
 * last is not. Wall times follow the rules of planning: one that daylight saving skips is the first minute that exists,
 * one that comes twice is the first of the two; a span that lies in a gap altogether is left out that day.
 */
export const quietUntil = (hours: QuietHours, now: Date): Date | undefined => {
  const today = wallMidnight(now, hours.zone);
  const from = msOfDay(hours.from);
  const to = msOfDay(hours.to);
  for (const day of DAYS_AROUND) {
    const midnight = today + day * DAY_MS;
    const start = resolveWallTime(midnight + from, hours.zone).at;
    const end = resolveWallTime(midnight + to + (from < to ? 0 : DAY_MS), hours.zone).at;
    if (start <= now && now < end) return end;
  }
  return undefined;
};

const msOfDay = (time: string): number => {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * HOUR_MS + minutes * MINUTE_MS;
};

/** The wall time (as if UTC) at which the day of `now` began in `zone`. */
const wallMidnight = (now: Date, zone: string): number => {
  const local = DateTime.fromJSDate(now, { zone });
  return Date.UTC(local.year, local.month - 1, local.day);
};
