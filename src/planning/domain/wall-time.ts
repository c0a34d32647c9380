import { IANAZone } from 'luxon';
import { DAY_MS, MINUTE_MS } from '../../kernel/durations.js';

/**
 * A time on the wall, without a zone: milliseconds as if it were UTC, so that wall times can be compared and added.
 * Never an instant.
 */
export type WallTime = number & { readonly __wall?: true };

/** An instant, and what the zone did to the wall time it came from. */
export interface ResolvedTime {
  readonly at: Date;
  /** `gap`: clocks jumped over it. `overlap`: clocks showed it twice. */
  readonly found: 'exact' | 'gap' | 'overlap';
}

const WALL = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2})(?::(\d{2}))?$/;
const INSTANT = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?)(?:(?<=:\d{2}:\d{2})\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/;

/** Reads `YYYY-MM-DDTHH:mm[:ss]`; undefined when it is no such text or no such day or time. */
export const parseWallTime = (text: string): WallTime | undefined => {
  const match = WALL.exec(text);
  if (!match) return undefined;
  const full = `${match[1]}:${match[2] ?? '00'}`;
  const wall = Date.parse(`${full}Z`);
  // Date.parse lets 31 February pass as 3 March; a real time prints as it was written.
  if (Number.isNaN(wall) || !new Date(wall).toISOString().startsWith(full)) return undefined;
  return wall;
};

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
 * Assumes at most one change of offset within two days, which holds for every zone since 1975 (tested).
 *
 * @param zone IANA name, known to exist
 */
export const resolveWallTime = (wall: WallTime, zone: string): ResolvedTime => {
  const offsetMs = (at: number) => IANAZone.create(zone).offset(at) * MINUTE_MS;
  // No offset reaches a day, so the instant lies strictly between these two.
  const before = offsetMs(wall - DAY_MS);
  const after = offsetMs(wall + DAY_MS);
  const first = wall - Math.max(before, after);
  const second = wall - Math.min(before, after);
  const showsIt = (at: number) => at + offsetMs(at) === wall;
  if (showsIt(first)) return { at: new Date(first), found: first !== second && showsIt(second) ? 'overlap' : 'exact' };
  if (showsIt(second)) return { at: new Date(second), found: 'exact' };
  return { at: new Date(firstAfterGap(first, second, (at) => offsetMs(at) === after)), found: 'gap' };
};

/** The first instant in (from, to] after the jump. */
const firstAfterGap = (from: number, to: number, isAfter: (at: number) => boolean): number => {
  let before = from;
  let after = to;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (isAfter(middle)) after = middle;
    else before = middle;
  }
  return after;
};
