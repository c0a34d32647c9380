import { DAY_MS, MINUTE_MS } from '../../../kernel/durations.js';
import { type WallTime, zoneClock } from '../../../planning/domain/wall-time-clock.js';

/**
 * Hours of the reader's own day in which nobody is written to: from `from` on, until before `until`, both `HH:MM`
 * (00:00 to 23:59). `from` later than `until` spans midnight. Equal times are refused where a policy is set.
 */
export interface QuietHours {
  readonly from: string;
  readonly until: string;
}

/** Minutes after midnight; undefined for what is no `HH:MM`. */
export const minuteOfDay = (text: string): number | undefined => {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text);
  return match ? Number(match[1]) * 60 + Number(match[2]) : undefined;
};

/** Whether nobody is written to at this time of the wall. */
export const isQuiet = (wall: WallTime, { from, until }: QuietHours): boolean => {
  const minute = Math.floor(timeOfDay(wall) / MINUTE_MS);
  const begins = minuteOfDay(from) ?? 0;
  const ends = minuteOfDay(until) ?? 0;
  return begins <= ends ? minute >= begins && minute < ends : minute >= begins || minute < ends;
};

/**
 * The earliest instant at which a reader in `zone` may be written to: `at` itself, or the end of the quiet hours that
 * `at` falls into. It is never quiet at the answer, whatever daylight saving does to that night.
 *
 * @param zone IANA name, known to exist
 * @param quiet left out: always
 */
export const writableAt = (at: Date, zone: string, quiet?: QuietHours): Date => {
  if (quiet === undefined) return at;
  const clock = zoneClock(zone);
  const now = at.getTime();
  const wall = clock.wallOf(now);
  if (!isQuiet(wall, quiet)) return at;
  const end = endAfter(wall, quiet);
  const straightOn = now + end - wall;
  if (clock.wallOf(straightOn) === end) return new Date(straightOn);
  // Clocks change in between; the two such nights of a year are walked minute by minute.
  let minute = Math.floor(now / MINUTE_MS) * MINUTE_MS;
  do minute += MINUTE_MS;
  while (isQuiet(clock.wallOf(minute), quiet));
  return new Date(minute);
};

/**
 * The earliest instant at which it is quiet in none of the zones, for people of whom only the country is known.
 * @returns undefined when no minute of the next two days suits all of them
 */
export const writableInAll = (at: Date, zones: readonly string[], quiet?: QuietHours): Date | undefined => {
  let candidate = at;
  // Each round moves to the end of the last zone's quiet hours; two days have at most two such ends per zone.
  for (let round = 0; round <= 2 * zones.length; round += 1) {
    const next = zones.map((zone) => writableAt(candidate, zone, quiet)).reduce(later, candidate);
    if (next.getTime() === candidate.getTime()) return candidate;
    if (next.getTime() > at.getTime() + 2 * DAY_MS) return undefined;
    candidate = next;
  }
  return undefined;
};

const later = (a: Date, b: Date): Date => (b > a ? b : a);

const timeOfDay = (wall: WallTime): number => ((wall % DAY_MS) + DAY_MS) % DAY_MS;

const endAfter = (wall: WallTime, { until }: QuietHours): WallTime => {
  const time = timeOfDay(wall);
  const end = (minuteOfDay(until) ?? 0) * MINUTE_MS;
  return wall - time + end + (end > time ? 0 : DAY_MS);
};
