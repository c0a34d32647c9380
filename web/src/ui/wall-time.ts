import { Temporal } from 'temporal-polyfill';

/** A distance on a clock on the wall: whole days and minutes, both of one sign or zero. */
export interface WallShift {
  readonly days: number;
  readonly minutes: number;
}

const MINUTES_A_DAY = 1_440;
const SECONDS_A_MINUTE = 60;

const onWall = (iso: string, zone: string): Temporal.PlainDateTime =>
  Temporal.Instant.from(iso).toZonedDateTimeISO(zone).toPlainDateTime();

/** What a clock in the zone shows then: `YYYY-MM-DDTHH:mm`, as `datetime-local` fields have it. */
export const wallTime = (iso: string, zone: string): string =>
  onWall(iso, zone).toString({ smallestUnit: 'minute', roundingMode: 'floor' });

/** The day of the zone: `YYYY-MM-DD`. */
export const wallDay = (iso: string, zone: string): string => onWall(iso, zone).toPlainDate().toString();

/**
 * The instant at which a clock in the zone shows this; of two the first, of a time that clocks skip one soon after.
 * @param wall `YYYY-MM-DDTHH:mm`
 * @returns undefined for no wall time
 */
export const instantOfWall = (wall: string, zone: string): string | undefined => {
  try {
    return Temporal.PlainDateTime.from(wall).toZonedDateTime(zone).toInstant().toString();
  } catch {
    return undefined;
  }
};

/** How far a clock in the zone goes from one instant to the other; seconds do not count. */
export const wallShift = (from: string, to: string, zone: string): WallShift => {
  const seconds = onWall(from, zone).until(onWall(to, zone)).total({ unit: 'second' });
  const minutes = Math.round(seconds / SECONDS_A_MINUTE);
  const days = Math.trunc(minutes / MINUTES_A_DAY);
  return { days, minutes: minutes - days * MINUTES_A_DAY };
};

/** The first whole minute that is at least a minute ahead. */
export const nextMinute = (nowMs: number): string => {
  const minuteMs = SECONDS_A_MINUTE * 1_000;
  return new Date(Math.ceil(nowMs / minuteMs + 1) * minuteMs).toISOString();
};

const DAY_MS = 86_400_000;
const WALL_LENGTH = 'YYYY-MM-DDTHH:mm'.length;

const offsetMs = (ms: number, zone: string): number =>
  new Temporal.ZonedDateTime(BigInt(ms) * 1_000_000n, zone).offsetNanoseconds / 1_000_000;

/**
 * {@link wallTime} for thousands of instants of some weeks: a zone is asked twice a day, and for each instant only on
 * days on which clocks change.
 */
export const wallClock = (zone: string): ((iso: string) => string) => {
  const edges = new Map<number, number>();
  const edge = (day: number): number => {
    const known = edges.get(day) ?? offsetMs(day * DAY_MS, zone);
    edges.set(day, known);
    return known;
  };
  return (iso) => {
    const ms = Date.parse(iso);
    const day = Math.floor(ms / DAY_MS);
    const offset = edge(day) === edge(day + 1) ? edge(day) : offsetMs(ms, zone);
    return new Date(ms + offset).toISOString().slice(0, WALL_LENGTH);
  };
};
