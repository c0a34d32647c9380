import type { WallTime } from '../wall-time-clock.js';
import { dayOf, isInSeason, localDateOf, plusUnits } from './local-days.js';
import type { EvergreenItem } from './queue.js';

/**
 * Whether a post may run around an instant by its own dates, count, seasons and gap; cooldowns are each account's.
 * Days are counted in UTC: whoever fills a gap during an incident asks for today, give or take.
 */
export const mayReturn = (item: EvergreenItem, at: Date): boolean => {
  const { recycling, past, runs, seasons } = item;
  const { startDate, expireDate, expireCount = Infinity, gap } = recycling;
  const wall: WallTime = at.getTime();
  const today = localDateOf(dayOf(wall));
  if ((startDate && today < startDate) || (expireDate && today > expireDate)) return false;
  if (past.count + runs.length >= expireCount || !isInSeason(today, seasons)) return false;
  const { count, unit } = gap ?? { count: 1, unit: 'day' as const };
  const times = [...(past.lastAt ? [past.lastAt.getTime()] : []), ...runs.map((run) => run.at.getTime())];
  return times.every((time) => {
    const [first, second] = time < wall ? [time, wall] : [wall, time];
    return plusUnits(first, count, unit) <= second;
  });
};
