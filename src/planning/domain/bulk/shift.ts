import { DAY_MS, MINUTE_MS } from '../../../kernel/durations.js';
import { parseWallTime, type ResolvedTime, resolveWallTime } from '../wall-time.js';

/** How far a time moves on the wall: whole days and minutes, forward or back. */
export interface Shift {
  readonly days: number;
  readonly minutes: number;
}

/**
 * A time moved on the wall of its zone: "a day later" is the same time of day whatever the clocks do in between; a time
 * that they skip is the first minute after, one that they show twice is the first.
 * @param localTime `YYYY-MM-DDTHH:mm:ss`
 * @throws RangeError for no wall time
 */
export const shifted = (localTime: string, zone: string, { days, minutes }: Shift): ResolvedTime => {
  const wall = parseWallTime(localTime);
  if (wall === undefined) throw new RangeError(`No wall time: ${localTime}`);
  return resolveWallTime(wall + days * DAY_MS + minutes * MINUTE_MS, zone);
};

/** Times for things of one place each, in their order: the first of every place at `start`, the others after it. */
export const paced = <T>(
  things: readonly T[],
  { placeOf, start, everyMs }: { placeOf: (thing: T) => string; start: Date; everyMs: number },
): { readonly thing: T; readonly at: Date }[] => {
  const counts = new Map<string, number>();
  return things.map((thing) => {
    const place = placeOf(thing);
    const before = counts.get(place) ?? 0;
    counts.set(place, before + 1);
    return { thing, at: new Date(start.getTime() + before * everyMs) };
  });
};
