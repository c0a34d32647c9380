import type { ShiftTargetsDto } from '../api/generated/types.gen.ts';
import type { PlatformName } from '../ui/platforms.ts';
import { wholeOf } from '../ui/numbers.ts';
import { instantOfWall, wallTime } from '../ui/wall-time.ts';
import { type CalendarPlace, shownDays } from './place.ts';

/** What is moved, and how far, as it is typed. */
export interface ShiftWish {
  /** Wall times, `YYYY-MM-DDTHH:mm`. */
  readonly from: string;
  readonly to: string;
  readonly accountId: string | null;
  readonly platform: PlatformName | null;
  /** A text while it is no number yet, such as a minus alone. */
  readonly days: number | string;
  readonly minutes: number | string;
}

const dayOf = (date: Date): string => date.toISOString().slice(0, 'YYYY-MM-DD'.length);

/** What the calendar shows, from now on, by a day. */
export const firstWish = (place: CalendarPlace, zone: string, nowMs: number): ShiftWish => {
  const [first, last] = shownDays(place);
  return {
    from: wallTime(new Date(Math.max(nowMs, first.getTime())).toISOString(), zone),
    to: `${dayOf(last)}T23:59`,
    accountId: place.account[0] ?? null,
    platform: (place.platform[0] ?? null) as PlatformName | null,
    days: 1,
    minutes: 0,
  };
};

/** The call; undefined while an end of the span is no time. */
export const shiftOf = (wish: ShiftWish, zone: string): ShiftTargetsDto | undefined => {
  const { accountId, platform, days, minutes } = wish;
  const from = instantOfWall(wish.from, zone);
  const to = instantOfWall(wish.to, zone);
  if (from === undefined || to === undefined) return undefined;
  return {
    filter: { from, to, ...(accountId ? { accountId } : {}), ...(platform ? { platform } : {}) },
    by: { days: wholeOf(days), minutes: wholeOf(minutes) },
  };
};

/** The way back. */
export const opposite = ({ days = 0, minutes = 0 }: ShiftTargetsDto['by']): ShiftTargetsDto['by'] => ({
  days: 0 - days,
  minutes: 0 - minutes,
});
