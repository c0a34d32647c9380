import { expandSlots, type Place } from './expand-slots.js';
import { isInSeason, rangeOf } from './local-days.js';
import type { EmptyCode, PlaceKey, Queue, Span } from './queue.js';
import { placeOf } from './reservations.port.js';
import { whyBlackout, whyNoAccount, whyOutOfSeason, whyPaused, whyYields } from './why.js';

/** A place where nothing may be planned, whatever posts there are. */
export interface ClosedPlace {
  readonly code: EmptyCode;
  readonly why: string;
}

/** Why nothing may be planned at a place; undefined where a post may stand. */
export const closedPlace = (queue: Queue, place: Place): ClosedPlace | undefined => {
  if (queue.isPaused) return { code: 'paused', why: whyPaused };
  const blackout = rangeOf(place.localDate, queue.blackouts);
  if (blackout) return { code: 'blackout', why: whyBlackout(blackout) };
  if (!isInSeason(place.localDate, queue.seasons)) return { code: 'out_of_season', why: whyOutOfSeason };
  if (place.yieldsTo) return { code: 'clock_change', why: whyYields(place, queue.zone, place.yieldsTo) };
  if (queue.accounts.every(({ isPaused }) => isPaused)) return { code: 'no_account', why: whyNoAccount(queue) };
  return undefined;
};

/** True when a plan of the span has a place to find a post for: only then must anybody read the library. */
export const hasOpenPlaces = (queue: Queue, reserved: readonly PlaceKey[], span: Span): boolean => {
  const taken = new Set(reserved.map(placeOf));
  return expandSlots(queue, span).some(
    (place) => !taken.has(placeOf({ slotId: place.slot.id, localDate: place.localDate })) && !closedPlace(queue, place),
  );
};
