import type { Wording } from '../../../publishing/domain/targets/frozen-content.js';
import type { WallTime } from '../wall-time-clock.js';
import { occurrenceNamed, occurrencesOf } from './occurrences.js';
import type { OccurrenceChange, Recurrence, RecurrenceOccurrence } from './recurrence.js';
import { movedToPast, timeTaken } from './recurring.errors.js';
import { formatWallTime } from '../wall-time.js';

/** Most occurrences of one recurrence that are changed one by one. */
export const MAX_CHANGES = 1_000;

/** What a person wants of one occurrence; left-out fields stay, null takes back. */
export interface OccurrenceWish {
  readonly isSkipped?: boolean;
  readonly isLocked?: boolean;
  readonly movedTo?: WallTime | null;
  readonly caption?: string | null;
  readonly title?: string | null;
  readonly options?: Readonly<Record<string, unknown>> | null;
}

/** Takes everything back that was said about an occurrence. */
export const RESTORED: Required<OccurrenceWish> = {
  isSkipped: false,
  isLocked: false,
  movedTo: null,
  caption: null,
  title: null,
  options: null,
};

/** What is said about an occurrence after a wish; undefined: nothing any more. */
export const mergeChange = (
  localTime: WallTime,
  known: OccurrenceChange | undefined,
  wish: OccurrenceWish,
): OccurrenceChange | undefined => {
  const isSkipped = wish.isSkipped ?? known?.isSkipped ?? false;
  const isLocked = wish.isLocked ?? known?.isLocked ?? false;
  const asked = wish.movedTo === undefined ? known?.movedTo : (wish.movedTo ?? undefined);
  const movedTo = asked === localTime ? undefined : asked;
  const words = mergeWords(known?.words, wish);
  if (!isSkipped && !isLocked && movedTo === undefined && words === undefined) return undefined;
  return {
    localTime,
    isSkipped,
    isLocked,
    ...(movedTo === undefined ? {} : { movedTo }),
    ...(words === undefined ? {} : { words }),
  };
};

const mergeWords = (known: Wording = {}, { caption, title, options }: OccurrenceWish): Wording | undefined => {
  const asked = { ...known, ...given({ caption, title, options }) };
  const words = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== null));
  return Object.keys(words).length === 0 ? undefined : words;
};

const given = (fields: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

/**
 * The occurrence as changed; undefined when nothing is left of it, since the rule has it no more.
 * @throws DomainError `schedule.in_past` when its time has passed, `recurrence.time_taken` when another run is there
 */
export const changedOccurrence = (
  recurrence: Recurrence,
  changes: readonly OccurrenceChange[],
  localTime: WallTime,
  now: Date,
): RecurrenceOccurrence | undefined => {
  const occurrence = occurrenceNamed(recurrence, changes, localTime);
  if (!occurrence || occurrence.change?.isSkipped) return occurrence;
  const { at, wall } = occurrence;
  if (at <= now) throw movedToPast(formatWallTime(wall));
  const others = changes.filter((change) => change.localTime !== localTime);
  const there = occurrencesOf(recurrence, others, { from: at, until: new Date(at.getTime() + 1) });
  if (there.some((other) => other.localTime !== localTime)) throw timeTaken(formatWallTime(wall));
  return occurrence;
};
