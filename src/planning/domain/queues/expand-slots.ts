import { DAY_MS } from '../../../kernel/durations.js';
import { type ClockFound, type WallTime, zoneClock } from '../wall-time-clock.js';
import { dayOf, isoDayOf, localDateOf, timeOfDayMs } from './local-days.js';
import type { IsoDay, LocalDate, Queue, Slot, Span } from './queue.js';

/** One slot on one day, as an instant. */
export interface Place {
  readonly slot: Slot;
  readonly localDate: LocalDate;
  /** Instant, ms. */
  readonly at: number;
  /** What clocks show at `at`; later than the slot's time where clocks skip it. */
  readonly wall: WallTime;
  readonly found: ClockFound;
  /** Another slot has the same instant and keeps it. */
  readonly yieldsTo?: Slot;
}

/** A skipped day moves a slot by up to a day, and no offset reaches a day. */
const MARGIN_DAYS = 2;

/**
 * Every place of a timetable in a span, in order of time, by plain day arithmetic. A time that clocks skip fires at the
 * first instant after, a time they show twice at the first. Slots that fall on one instant are one place: the slot whose
 * own time it is keeps it, else the earliest.
 */
export const expandSlots = ({ zone, slots }: Pick<Queue, 'zone' | 'slots'>, { from, until }: Span): Place[] => {
  const clock = zoneClock(zone);
  const byDay = slotsByDay(slots);
  const places: Place[] = [];
  const lastDay = dayOf(until.getTime()) + MARGIN_DAYS;
  for (let day = dayOf(from.getTime()) - MARGIN_DAYS; day <= lastDay; day += 1) {
    const timed = byDay[isoDayOf(day)] ?? [];
    const localDate = localDateOf(day);
    for (const { slot, timeMs } of timed) {
      const { at, found } = clock.resolve(day * DAY_MS + timeMs);
      if (at < from.getTime() || at >= until.getTime()) continue;
      places.push({ slot, localDate, at, wall: found === 'gap' ? clock.wallOf(at) : day * DAY_MS + timeMs, found });
    }
  }
  return withOneKeeper(places);
};

interface TimedSlot {
  readonly slot: Slot;
  readonly timeMs: number;
}

const slotsByDay = (slots: readonly Slot[]): Readonly<Partial<Record<IsoDay, readonly TimedSlot[]>>> =>
  Object.groupBy(
    slots
      .map((slot) => ({ slot, timeMs: timeOfDayMs(slot.time) }))
      .toSorted((one, other) => one.timeMs - other.timeMs || (one.slot.id < other.slot.id ? -1 : 1)),
    ({ slot }) => slot.isoDay,
  );

/** Later wall times never come to earlier instants, so that equal instants stand side by side. */
const withOneKeeper = (places: readonly Place[]): Place[] => {
  const answer: Place[] = [];
  for (let start = 0, end = 0; start < places.length; start = end) {
    while (places[end]?.at === places[start]?.at && end < places.length) end += 1;
    const together = places.slice(start, end);
    const keeper = together.find(({ found }) => found !== 'gap') ?? together[0];
    for (const place of together)
      answer.push(place === keeper || !keeper ? place : { ...place, yieldsTo: keeper.slot });
  }
  return answer;
};
