import { DateTime } from 'luxon';

/** The next midnight in Los Angeles, when YouTube's daily quota comes back (`platforms.md` 3.2). */
export const nextPacificMidnight = (now: Date): Date =>
  DateTime.fromJSDate(now, { zone: 'America/Los_Angeles' }).plus({ days: 1 }).startOf('day').toJSDate();
