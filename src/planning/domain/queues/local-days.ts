import { DAY_MS } from '../../../kernel/durations.js';
import type { WallTime } from '../wall-time-clock.js';
import type { DateRange, DayOfYear, GapUnit, IsoDay, LocalDate, Season } from './queue.js';

/** Days since 1970-01-01 on the calendar, without a zone. */
export type DayNumber = number;

/** 1970-01-01 was a Thursday. */
const EPOCH_ISO_DAY = 4;

export const dayOf = (wall: WallTime): DayNumber => Math.floor(wall / DAY_MS);

export const isoDayOf = (day: DayNumber): IsoDay => (((((day + EPOCH_ISO_DAY - 1) % 7) + 7) % 7) + 1) as IsoDay;

export const localDateOf = (day: DayNumber): LocalDate => new Date(day * DAY_MS).toISOString().slice(0, 10);

/** Midnight of a date as wall time. */
export const wallOfDate = (date: LocalDate): WallTime => Date.parse(`${date}T00:00:00Z`);

/** `HH:MM` in milliseconds since midnight. */
export const timeOfDayMs = (time: string): number => Date.parse(`1970-01-01T${time}:00Z`);

/** `wall` moved along the calendar: `count` months later keeps the day, or takes the month's last. May be negative. */
export const plusUnits = (wall: WallTime, count: number, unit: GapUnit): WallTime => {
  if (unit === 'day') return wall + count * DAY_MS;
  if (unit === 'week') return wall + count * 7 * DAY_MS;
  const date = new Date(wall);
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + count + 1, 0));
  const day = Math.min(date.getUTCDate(), lastDay.getUTCDate());
  return Date.UTC(lastDay.getUTCFullYear(), lastDay.getUTCMonth(), day) + (((wall % DAY_MS) + DAY_MS) % DAY_MS);
};

/** The range that a date lies in, if any. */
export const rangeOf = (date: LocalDate, ranges: readonly DateRange[]): DateRange | undefined =>
  ranges.find(({ from, until }) => from <= date && date <= until);

/** True when the date lies in one of the seasons, or there is none to keep. */
export const isInSeason = (date: LocalDate, seasons: readonly Season[]): boolean =>
  seasons.length === 0 ||
  seasons.some(({ from, until }) => {
    const day = date.slice(5);
    return from <= until ? from <= day && day <= until : day >= from || day <= until;
  });

/** A season that is 29 February only comes every four years, or after eight at a turn of the century. */
const LONGEST_WAIT_YEARS = 8;

/** `wall` if its day is in season, else the first midnight after it that is; Infinity when none comes. */
export const openInSeason = (wall: WallTime, seasons: readonly Season[]): WallTime => {
  if (seasons.length === 0 || isInSeason(localDateOf(dayOf(wall)), seasons)) return wall;
  const year = new Date(wall).getUTCFullYear();
  for (let later = year; later <= year + LONGEST_WAIT_YEARS; later += 1) {
    const starts = seasons
      .map(({ from }) => startIn(later, from))
      .filter((start) => start > wall && isInSeason(localDateOf(dayOf(start)), seasons));
    if (starts.length > 0) return Math.min(...starts);
  }
  return Infinity;
};

/** Midnight of `MM-DD` in a year; 29 February of a year without one is 1 March. */
const startIn = (year: number, day: DayOfYear): WallTime =>
  Date.UTC(year, Number(day.slice(0, 2)) - 1, Number(day.slice(3)));
