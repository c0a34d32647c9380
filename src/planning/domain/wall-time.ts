import { type ClockFound, type WallTime, zoneClock } from './wall-time-clock.js';

export type { WallTime } from './wall-time-clock.js';

/** An instant, and what the zone did to the wall time it came from. */
export interface ResolvedTime {
  readonly at: Date;
  readonly found: ClockFound;
}

const WALL = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?$/;
const INSTANT = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?)(?:(?<=:\d{2}:\d{2})\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/;

/** Reads `YYYY-MM-DDTHH:mm[:ss]`; undefined when it is no such text or no such day or time. */
export const parseWallTime = (text: string): WallTime | undefined => {
  if (!WALL.test(text)) return undefined;
  const wall = Date.parse(`${text}Z`);
  if (Number.isNaN(wall)) return undefined;
  // Date.parse lets 31 February pass as 3 March, and 24:00 as the next day: a real day is the one that was written.
  return new Date(wall).getUTCDate() === Number(text.slice(8, 10)) ? wall : undefined;
};

/** `YYYY-MM-DDTHH:mm:ss`, for years 0 to 9999. */
export const formatWallTime = (wall: WallTime): string => new Date(wall).toISOString().slice(0, 19);

/** Reads an ISO-8601 instant with `Z` or an offset; undefined when it is none. */
export const parseInstant = (text: string): Date | undefined => {
  const match = INSTANT.exec(text);
  if (!match || parseWallTime(match[1] ?? '') === undefined) return undefined;
  const at = new Date(text);
  return Number.isNaN(at.getTime()) ? undefined : at;
};

/**
 * The instant at which clocks in `zone` show `wall`. A time that daylight saving skips moves forward to the first
 * minute that exists; a time that comes twice is the first of the two.
 *
 * @param zone IANA name, known to exist
 */
export const resolveWallTime = (wall: WallTime, zone: string): ResolvedTime => {
  const { at, found } = zoneClock(zone).resolve(wall);
  return { at: new Date(at), found };
};

/** What clocks did to a wall time, as a sentence; undefined when it exists once. */
export const clockChangeOf = ({ at, found }: ResolvedTime, zone: string): string | undefined => {
  switch (found) {
    case 'exact':
      return undefined;
    case 'gap':
      return `Clocks in ${zone} skip this time; it moves to the first minute after, ${at.toISOString()}.`;
    case 'overlap':
      return `Clocks in ${zone} show this time twice; the first is taken, ${at.toISOString()}.`;
  }
};
