import { IANAZone } from 'luxon';
import { DAY_MS, MINUTE_MS, SECOND_MS } from '../../kernel/durations.js';

/**
 * A time on the wall, without a zone: milliseconds as if it were UTC, so that wall times can be compared and added.
 * Never an instant.
 */
export type WallTime = number & { readonly __wall?: true };

/** What a zone did to a wall time. `gap`: clocks jumped over it. `overlap`: clocks showed it twice. */
export type ClockFound = 'exact' | 'gap' | 'overlap';

/** The clocks of one zone, quick enough for thousands of times. Instants are milliseconds since 1970. */
export interface ZoneClock {
  /** As `resolveWallTime`. */
  resolve(wall: WallTime): { readonly at: number; readonly found: ClockFound };
  /** What clocks show at an instant. */
  wallOf(at: number): WallTime;
}

/** Offsets are asked for so far apart, and in between where they differ. */
const STEP_MS = 7 * DAY_MS;
const TABLE_MS = 52 * STEP_MS;
/** A table is some hundred bytes; a caller may ask for any year of any zone. */
const MAX_TABLES = 4_096;

/** One stretch of `TABLE_MS`: from each start on its offset holds. */
interface OffsetTable {
  readonly starts: readonly number[];
  readonly offsets: readonly number[];
}

const clocks = new Map<string, TabledClock>();
let tableCount = 0;

/**
 * The clock of a zone, made once. Assumes that no zone changes its offset twice within seven days, which holds for all
 * since 1975 (tested).
 *
 * @param zone IANA name, known to exist
 */
export const zoneClock = (zone: string): ZoneClock => {
  const known = clocks.get(zone);
  if (known) return known;
  const clock = new TabledClock(zone);
  clocks.set(zone, clock);
  return clock;
};

class TabledClock implements ZoneClock {
  private readonly tables = new Map<number, OffsetTable>();

  constructor(private readonly zone: string) {}

  wallOf(at: number): WallTime {
    return at + this.offsetAt(at);
  }

  resolve(wall: WallTime): { at: number; found: ClockFound } {
    // No offset reaches a day, so the instant lies strictly between these two.
    const before = this.offsetAt(wall - DAY_MS);
    const after = this.offsetAt(wall + DAY_MS);
    if (before === after) return { at: wall - before, found: 'exact' };
    const first = wall - Math.max(before, after);
    const second = wall - Math.min(before, after);
    const showsFirst = this.wallOf(first) === wall;
    const showsSecond = this.wallOf(second) === wall;
    if (showsFirst) return { at: first, found: showsSecond ? 'overlap' : 'exact' };
    if (showsSecond) return { at: second, found: 'exact' };
    return { at: firstSecond(first, second, (at) => this.offsetAt(at) === after), found: 'gap' };
  }

  private offsetAt(at: number): number {
    const { starts, offsets } = this.tableAt(Math.floor(at / TABLE_MS));
    let index = starts.length - 1;
    while (index > 0 && at < (starts[index] ?? 0)) index -= 1;
    return offsets[index] ?? 0;
  }

  private tableAt(number: number): OffsetTable {
    const known = this.tables.get(number);
    if (known) return known;
    if (tableCount >= MAX_TABLES) forgetTables();
    const table = tabulate(this.zone, number * TABLE_MS);
    this.tables.set(number, table);
    tableCount += 1;
    return table;
  }

  forget(): void {
    this.tables.clear();
  }
}

const forgetTables = () => {
  for (const clock of clocks.values()) clock.forget();
  tableCount = 0;
};

const tabulate = (zone: string, start: number): OffsetTable => {
  const offsetAt = (at: number) => Math.round((IANAZone.create(zone).offset(at) * MINUTE_MS) / SECOND_MS) * SECOND_MS;
  const starts = [start];
  const offsets = [offsetAt(start)];
  for (let to = start + STEP_MS; to <= start + TABLE_MS; to += STEP_MS) {
    const before = offsets.at(-1);
    const after = offsetAt(to);
    if (before === after) continue;
    starts.push(firstSecond(to - STEP_MS, to, (at) => offsetAt(at) !== before));
    offsets.push(after);
  }
  return { starts, offsets };
};

/** The first whole second in (from, to] that is after the change. */
const firstSecond = (from: number, to: number, isAfter: (at: number) => boolean): number => {
  let before = Math.floor(from / SECOND_MS);
  let after = Math.ceil(to / SECOND_MS);
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (isAfter(middle * SECOND_MS)) after = middle;
    else before = middle;
  }
  return after * SECOND_MS;
};
