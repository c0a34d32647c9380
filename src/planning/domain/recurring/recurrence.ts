import type { Wording } from '../../../publishing/domain/targets/frozen-content.js';
import type { ClockFound, WallTime } from '../wall-time-clock.js';
import type { RecurrenceRule } from './recurrence-rule.js';

/** No run lies before it: zones are known by rules from here on, before, they changed more often than a clock assumes. */
export const FIRST_WALL: WallTime = Date.UTC(1975, 0, 1);
/** No run lies at or after it. */
export const LATEST_WALL: WallTime = Date.UTC(2200, 0, 1);

/** When a post recurs: dates and times on the clocks of one zone. */
export interface Recurrence {
  readonly rule: RecurrenceRule;
  /** DTSTART: the rule counts from here. It is a run of its own only where the rule has it. */
  readonly start: WallTime;
  /** IANA name, known to exist. */
  readonly zone: string;
  /** Left out, whatever else names them. */
  readonly exdates: readonly WallTime[];
  /** Added to those of the rule. */
  readonly rdates: readonly WallTime[];
}

/**
 * What a person said about one occurrence, named by its original local time (RECURRENCE-ID of RFC 5545). An occurrence
 * that was moved, edited or locked stays when the rule changes; one that was only skipped goes with its rule.
 */
export interface OccurrenceChange {
  readonly localTime: WallTime;
  readonly isSkipped: boolean;
  readonly movedTo?: WallTime;
  /** Said in this one run alone, on every account. */
  readonly words?: Wording;
  /** Replanning leaves it as it is. */
  readonly isLocked: boolean;
}

/** One run of a recurrence. */
export interface RecurrenceOccurrence {
  /** Its name: the local time that the rule, or RDATE, gave it. */
  readonly localTime: WallTime;
  /** When it runs on the zone's clocks: `localTime`, or where it was moved. */
  readonly wall: WallTime;
  readonly at: Date;
  /** What the zone's clocks did to `wall`. */
  readonly found: ClockFound;
  readonly change?: OccurrenceChange;
}

/** Whether the occurrence is there for its own sake, whatever the rule says now. */
export const isKept = ({ isSkipped, movedTo, words, isLocked }: OccurrenceChange): boolean =>
  !isSkipped && (movedTo !== undefined || words !== undefined || isLocked);
