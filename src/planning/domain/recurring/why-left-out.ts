import type { PlatformName } from '../../../platforms/domain/platform-name.js';
import { platformTitle } from '../../../platforms/domain/platform-title.js';
import { type DayNumber, localDateOf } from '../queues/local-days.js';
import type { LocalDate } from '../queues/queue.js';

/** The sentences that say why a recurring post does not run as its rule has it. Dates are days of its zone. */

export const hadItsRuns = (count: number): string =>
  `The post has had its ${count === 1 ? 'one run' : `${count} runs`} (expireCount). Raise it, or end the recurrence.`;

export const beginsLater = (date: LocalDate): string => `The post begins on ${date} (startDate).`;

export const isOver = (date: LocalDate): string => `The post ended on ${date} (expireDate).`;

export const outOfSeason = 'The post does not run in this part of the year (seasons).';

export const tooSoonAfter = (last: DayNumber, until: DayNumber): string =>
  `The post ran on ${localDateOf(last)} and rests until ${localDateOf(until)} (gap).`;

export const tooShortBefore = (next: DayNumber): string =>
  `The post runs on ${localDateOf(next)} already, which is nearer than its gap.`;

/** An account on which the post rests: until a day, or because it runs there soon. */
export interface Resting {
  readonly accountId: string;
  readonly platform: PlatformName;
  readonly days: number;
  readonly untilDay?: DayNumber;
  readonly beforeDay?: DayNumber;
}

/** @param isAll no account is left */
export const resting = (accounts: readonly Resting[], isAll: boolean): string => {
  const places = accounts.map(({ platform, days, untilDay, beforeDay }) =>
    untilDay === undefined
      ? `${platformTitle(platform)} (${days} days, and it runs there on ${localDateOf(beforeDay ?? 0)})`
      : `${platformTitle(platform)} until ${localDateOf(untilDay)} (${days} days)`,
  );
  const where = [...new Set(places)].join(', ');
  return isAll ? `The post rests on ${where}.` : `Left out where the post rests: ${where}.`;
};
