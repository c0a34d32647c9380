import { DateTime } from 'luxon';
import { DAY_MS } from '../../../kernel/durations.js';
import { parseWallTime, resolveWallTime } from '../../../planning/domain/wall-time.js';

/** Once a week, at a time on the wall of a zone. */
export interface WeeklySchedule {
  /** ISO: 1 Monday to 7 Sunday. */
  readonly dayOfWeek: number;
  /** `HH:MM`. */
  readonly time: string;
  /** IANA name, known to exist. */
  readonly zone: string;
}

/** Days that surely hold two of any weekday. */
const LOOK_DAYS = 15;

/**
 * The first run after an instant. A time that clocks skip moves to the first minute after; one they show twice is the
 * first of the two.
 *
 * @throws RangeError when day or time are none (a bug in the caller)
 */
export const nextRunAfter = ({ dayOfWeek, time, zone }: WeeklySchedule, after: Date): Date => {
  const today = DateTime.fromJSDate(after, { zone }).startOf('day');
  for (let ahead = 0; ahead < LOOK_DAYS; ahead += 1) {
    const day = today.plus({ days: ahead });
    if (day.weekday !== dayOfWeek) continue;
    const wall = parseWallTime(`${day.toISODate() ?? ''}T${time}`);
    if (wall === undefined) break;
    const { at } = resolveWallTime(wall, zone);
    if (at > after) return at;
  }
  throw new RangeError(`No run of day ${dayOfWeek} at ${time} within ${LOOK_DAYS} days.`);
};

/** A run that is later than this is left out: the next one is not far. */
export const TOO_LATE_MS = DAY_MS;

/** Whether a planned run still makes sense, for example after our own downtime. */
export const isTooLate = (startsAt: Date, now: Date): boolean => now.getTime() - startsAt.getTime() > TOO_LATE_MS;
