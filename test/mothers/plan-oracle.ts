import { Temporal } from 'temporal-polyfill';
import { DUPLICATE_RULES } from '../../src/planning/domain/queues/duplicate-rules.js';
import type {
  EvergreenItem,
  PlaceKey,
  Queue,
  QueueAccount,
  Season,
  Span,
  Taken,
} from '../../src/planning/domain/queues/queue.js';

/** The rules of a queue said once more, slowly and by Temporal, which the code under test does not use. */

export interface OraclePlace extends PlaceKey {
  readonly at: number;
}

/** A run of a post, or a target of an account, as Temporal sees it. */
export interface OracleRun {
  readonly at: number;
  readonly plain: Temporal.PlainDateTime;
  readonly variation: number;
  readonly accountIds: readonly string[];
  readonly isPlanned: boolean;
}

export const plainAt = (at: number, zone: string): Temporal.PlainDateTime =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDateTime();

/** The instant of a wall time: the end of a gap, the first of an overlap. */
export const instantOf = (plain: Temporal.PlainDateTime, zone: string): number => {
  const earlier = plain.toZonedDateTime(zone, { disambiguation: 'earlier' });
  if (earlier.toPlainDateTime().equals(plain)) return earlier.epochMilliseconds;
  return earlier.getTimeZoneTransition('next')?.epochMilliseconds ?? NaN;
};

/** Every place whose instant lies in the span. */
export const placesOf = ({ zone, slots }: Queue, { from, until }: Span): OraclePlace[] => {
  const start = plainAt(from.getTime(), zone).toPlainDate().subtract({ days: 2 });
  const end = plainAt(until.getTime(), zone).toPlainDate().add({ days: 2 });
  const places: OraclePlace[] = [];
  for (let date = start; Temporal.PlainDate.compare(date, end) <= 0; date = date.add({ days: 1 }))
    for (const { id, time } of slots.filter(({ isoDay }) => isoDay === date.dayOfWeek)) {
      const at = instantOf(date.toPlainDateTime(Temporal.PlainTime.from(time)), zone);
      if (at >= from.getTime() && at < until.getTime()) places.push({ slotId: id, localDate: date.toString(), at });
    }
  return places;
};

/** Whether two runs of a post keep its gap, and on a shared account its cooldown. */
export const keepApart = (
  item: EvergreenItem,
  accounts: readonly QueueAccount[],
  pair: readonly OracleRun[],
): boolean => {
  const [one, other] = pair.toSorted((a, b) => a.at - b.at);
  if (!one || !other) return true;
  const isAfter = (least: Temporal.PlainDateTime) => Temporal.PlainDateTime.compare(other.plain, least) >= 0;
  const { gap, cooldownDays } = item.recycling;
  if (gap && !isAfter(one.plain.add({ [`${gap.unit}s`]: gap.count }))) return false;
  return accounts
    .filter(({ id }) => one.accountIds.includes(id) && other.accountIds.includes(id))
    .every(({ platform }) => {
      const { defaultDays, leastDays } = DUPLICATE_RULES[platform];
      return isAfter(one.plain.add({ days: Math.max(cooldownDays[platform] ?? defaultDays, leastDays) }));
    });
};

const isIn = (day: string, { from, until }: Season): boolean =>
  from <= until ? from <= day && day <= until : day >= from || day <= until;

/** First and last day, season and category of a post. */
export const mayRunOn = (
  item: EvergreenItem,
  plain: Temporal.PlainDateTime,
  categories: readonly string[],
): boolean => {
  const date = plain.toPlainDate().toString();
  const { startDate = '0000', expireDate = '9999' } = item.recycling;
  const isOpen = item.seasons.length === 0 || item.seasons.some((season) => isIn(date.slice(5), season));
  const fits = categories.length === 0 || categories.some((one) => item.categories.includes(one));
  return startDate <= date && date <= expireDate && isOpen && fits;
};

/** What an account has, in order of time. */
export interface AccountBook {
  readonly at: number;
  readonly date: string;
  readonly postId: string | undefined;
}

export const booksOf = ({ accounts, zone }: Queue, { targets }: Taken): Map<string, AccountBook[]> =>
  new Map(
    accounts.map(({ id }) => [
      id,
      targets
        .filter(({ accountId }) => accountId === id)
        .map(({ at, postId }) => ({
          at: at.getTime(),
          date: plainAt(at.getTime(), zone).toPlainDate().toString(),
          postId,
        })),
    ]),
  );

/** Whether an account is neither paused, nor full for the day, nor too near to another target. */
export const isFree = (queue: Queue, { isPaused }: QueueAccount, book: readonly AccountBook[], at: number): boolean => {
  const date = plainAt(at, queue.zone).toPlainDate().toString();
  const least = Math.max(queue.minGapSeconds * 1_000, 1);
  return (
    !isPaused &&
    book.filter((entry) => entry.date === date).length < (queue.dailyCap ?? Infinity) &&
    book.every((entry) => Math.abs(entry.at - at) >= least)
  );
};

/** Whether the platform would refuse the post for standing directly before or after itself. */
export const isRepeat = (item: EvergreenItem, { platform }: QueueAccount, book: readonly AccountBook[], at: number) => {
  const { twiceRunning } = DUPLICATE_RULES[platform];
  if (twiceRunning === 'allowed' || (twiceRunning === 'in_other_words' && item.recycling.variations > 1)) return false;
  const sorted = book.toSorted((one, other) => one.at - other.at);
  const before = sorted.findLast((entry) => entry.at <= at);
  const after = sorted.find((entry) => entry.at > at);
  return before?.postId === item.postId || after?.postId === item.postId;
};
