import { DAY_MS } from '../../../kernel/durations.js';
import type { PlatformName } from '../../../platforms/domain/platform-name.js';
import { platformTitle } from '../../../platforms/domain/platform-title.js';
import type { Warning } from '../finding.js';
import { DUPLICATE_RULES } from '../queues/duplicate-rules.js';
import { dayOf } from '../queues/local-days.js';
import type { Recycling } from '../queues/queue.js';
import { zoneClock } from '../wall-time-clock.js';
import { occurrencesOf } from './occurrences.js';
import type { Recurrence } from './recurrence.js';

/** Enough of a rule to know how near its runs get. */
const LOOK_AT = 60;
const LOOK_MS = 3 * 366 * DAY_MS;

/** The fewest days between two runs, on the calendar of the zone; undefined: it runs once. */
export const leastDaysApart = (recurrence: Recurrence): number | undefined => {
  const { start, rdates, zone } = recurrence;
  const from = new Date(Math.min(start, ...rdates) - DAY_MS);
  const clock = zoneClock(zone);
  const runs = occurrencesOf(recurrence, [], { from, until: new Date(from.getTime() + LOOK_MS) }, LOOK_AT);
  const days = runs.map(({ at }) => dayOf(clock.wallOf(at.getTime())));
  const apart = days.slice(1).map((day, index) => day - (days[index] ?? day));
  return apart.length === 0 ? undefined : Math.min(...apart);
};

/**
 * Platforms on which the runs of a rule are nearer than what we let a post rest there. The rule is a person's word and
 * holds; whoever asks for a rest (`cooldownDays`) has runs left out.
 * @param platforms of the recurrence's targets, at their places; undefined: no such account
 */
export const closeRunWarnings = (
  recurrence: Recurrence,
  platforms: readonly (PlatformName | undefined)[],
  { cooldownDays }: Pick<Recycling, 'cooldownDays'>,
): Warning[] => {
  const apart = leastDaysApart(recurrence);
  if (apart === undefined) return [];
  return platforms.flatMap((platform, index) => {
    if (!platform || platforms.indexOf(platform) !== index || cooldownDays[platform]) return [];
    const { leastDays, why } = DUPLICATE_RULES[platform];
    if (apart >= leastDays) return [];
    const near = apart === 0 ? 'on one day' : apart === 1 ? 'a day apart' : `${apart} days apart`;
    const message =
      `Runs of this rule are ${near}; queues let a post rest ${leastDays} days on ${platformTitle(platform)}. ${why} ` +
      'Give the post cooldownDays (recycling) and runs that come too soon are left out.';
    return [{ field: `targets.${index}`, code: 'recurrence.close_runs', message }];
  });
};
