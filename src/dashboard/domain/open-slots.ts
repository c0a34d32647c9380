import { DAY_MS, plusMs } from '../../kernel/durations.js';
import { expandSlots } from '../../planning/domain/queues/expand-slots.js';
import { closedPlace } from '../../planning/domain/queues/open-places.js';
import type { Queue } from '../../planning/domain/queues/queue.js';
import { FIRST_ROWS, type OpenSlot, SLOT_DAYS } from './now.js';

/** A queue with the places that carry a run. */
export interface QueueTimes {
  readonly queue: Queue;
  readonly name: string;
  /** `slotId|localDate`. */
  readonly taken: ReadonlySet<string>;
}

/**
 * The next times of queues that no post stands on, earliest first; those where nothing may be planned (paused,
 * blackout, out of season, every account paused) are none.
 */
export const openSlotsOf = (queues: readonly QueueTimes[], now: Date): OpenSlot[] =>
  queues
    .flatMap((times) => openOf(times, now))
    .toSorted((one, other) => one.at.getTime() - other.at.getTime())
    .slice(0, FIRST_ROWS);

const openOf = ({ queue, name, taken }: QueueTimes, now: Date): OpenSlot[] =>
  expandSlots(queue, { from: now, until: plusMs(now, SLOT_DAYS * DAY_MS) })
    .filter((place) => !taken.has(`${place.slot.id}|${place.localDate}`) && !closedPlace(queue, place))
    .slice(0, FIRST_ROWS)
    .map(({ slot, at, wall }) => ({
      queueId: queue.id,
      queueName: name,
      slotId: slot.id,
      at: new Date(at),
      timezone: queue.zone,
      localTime: new Date(wall).toISOString().slice(0, 16),
    }));
