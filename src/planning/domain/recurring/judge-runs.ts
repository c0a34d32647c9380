import { DAY_MS } from '../../../kernel/durations.js';
import { cooldownDaysOn } from '../queues/duplicate-rules.js';
import { type DayNumber, dayOf, isInSeason, localDateOf, plusUnits } from '../queues/local-days.js';
import type { EvergreenItem, QueueAccount, Recycling } from '../queues/queue.js';
import { type WallTime, zoneClock } from '../wall-time-clock.js';
import { KnownRuns } from './known-runs.js';
import type { RecurrenceOccurrence } from './recurrence.js';
import * as why from './why-left-out.js';

/** What holds the runs of a recurring post back, and where they go. */
export interface RunLimits {
  readonly item: EvergreenItem;
  /** In the order of the recurrence's targets. */
  readonly accounts: readonly QueueAccount[];
  readonly zone: string;
}

/** What an occurrence comes to. */
export interface JudgedRun {
  readonly occurrence: RecurrenceOccurrence;
  /** Where it runs; none: nowhere. */
  readonly accountIds: readonly string[];
  /** The index of its wording. */
  readonly variation: number;
  /** Why it runs nowhere, or not everywhere, as a sentence; absent: it runs as the rule says. */
  readonly why?: string;
}

/** Whether anything about the post's recycling matters for its recurrence. */
export const isHeldBack = ({ recycling, seasons }: EvergreenItem): boolean => {
  const { gap, cooldownDays, startDate, expireDate, expireCount, variations } = recycling;
  const limits = [gap, startDate, expireDate, expireCount];
  return (
    variations > 1 ||
    seasons.length > 0 ||
    limits.some((limit) => limit !== undefined) ||
    Object.values(cooldownDays).some((days) => days > 0)
  );
};

/**
 * Which of the occurrences run, where, and in which words, in order of time. Days are counted on the calendar of the
 * zone, so that neither a change of clocks nor a spread of minutes breaks a rest of whole weeks. A rule is a person's
 * word: only rests that somebody asked for hold it back, each at least as long as its platform's least.
 *
 * @param occurrences none of them planned already: what is planned is among the runs of the item
 */
export const judgeRuns = (occurrences: readonly RecurrenceOccurrence[], limits: RunLimits): JudgedRun[] => {
  const { item, accounts, zone } = limits;
  const clock = zoneClock(zone);
  const known = new KnownRuns(item, clock);
  return occurrences.map((occurrence) => {
    const wall = clock.wallOf(occurrence.at.getTime());
    known.walkTo(wall);
    const closed = whyNowhere(item, known, dayOf(wall));
    if (closed !== undefined) return { occurrence, accountIds: [], variation: 0, why: closed };
    const resting = accounts.flatMap((account) => restOf(account, item.recycling, known, dayOf(wall)));
    const accountIds = accounts.map(({ id }) => id).filter((id) => !resting.some(({ accountId }) => accountId === id));
    const variation = nextVariation(item.recycling.variations, known, wall);
    if (accountIds.length > 0) known.add({ wall, variation, accountIds });
    const said = resting.length === 0 ? {} : { why: why.resting(resting, accountIds.length === 0) };
    return { occurrence, accountIds, variation, ...said };
  });
};

/** Why a post runs on no account on a day. */
const whyNowhere = ({ recycling, seasons }: EvergreenItem, known: KnownRuns, day: DayNumber): string | undefined => {
  const { startDate, expireDate, expireCount } = recycling;
  const date = localDateOf(day);
  if (expireCount !== undefined && known.count >= expireCount) return why.hadItsRuns(expireCount);
  if (startDate !== undefined && date < startDate) return why.beginsLater(startDate);
  if (expireDate !== undefined && date > expireDate) return why.isOver(expireDate);
  if (!isInSeason(date, seasons)) return why.outOfSeason;
  return whyTooClose(recycling, known, day);
};

/** The gap holds on both sides, whatever planned the other run. */
const whyTooClose = ({ gap }: Recycling, { lastDay, next }: KnownRuns, day: DayNumber): string | undefined => {
  if (!gap) return undefined;
  const after = (from: DayNumber): DayNumber => dayOf(plusUnits(from * DAY_MS, gap.count, gap.unit));
  if (lastDay !== undefined && after(lastDay) > day) return why.tooSoonAfter(lastDay, after(lastDay));
  const nextDay = next && dayOf(next.wall);
  return nextDay !== undefined && after(day) > nextDay ? why.tooShortBefore(nextDay) : undefined;
};

/** What keeps a post from one account on a day; empty: nothing. */
const restOf = (
  { id: accountId, platform }: QueueAccount,
  recycling: Recycling,
  known: KnownRuns,
  day: DayNumber,
): why.Resting[] => {
  if (!recycling.cooldownDays[platform]) return [];
  const days = cooldownDaysOn(platform, recycling);
  const [last, next] = [known.lastDayOf(accountId), known.nextDayOf(accountId)];
  if (last !== undefined && last + days > day) return [{ accountId, platform, days, untilDay: last + days }];
  return next !== undefined && day + days > next ? [{ accountId, platform, days, beforeDay: next }] : [];
};

/**
 * The next wording in turn that is neither that of the run before nor that of the run after. With two of them between two
 * runs it is the one before that differs: what follows is planned anew.
 */
const nextVariation = (variations: number, { lastVariation, next }: KnownRuns, wall: WallTime): number => {
  if (variations < 2) return 0;
  const after = next && next.wall > wall ? next.variation : undefined;
  const turns = Array.from({ length: variations }, (_, step) => ((lastVariation ?? -1) + 1 + step) % variations);
  return turns.find((turn) => turn !== lastVariation && turn !== after) ?? turns[0] ?? 0;
};
