import { DAY_MS, MINUTE_MS, SECOND_MS } from '../../../kernel/durations.js';
import type { WallTime } from '../wall-time-clock.js';
import { DUPLICATE_RULES } from './duplicate-rules.js';
import type { Place } from './expand-slots.js';
import { type ItemState, lastWallBefore } from './item-state.js';
import { dayOf, localDateOf } from './local-days.js';
import type { DateRange, Queue, QueueAccount, Slot } from './queue.js';

/** The sentences that a plan gives its reasons in. Dates are days of the queue's zone. */

const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

const dateOf = (wall: WallTime): string => localDateOf(dayOf(wall));

const lastRun = (state: ItemState, wall: WallTime): string => {
  const last = lastWallBefore(state, wall);
  if (last === -Infinity) return 'it never ran before';
  const days = Math.floor((wall - last) / DAY_MS);
  return days === 0 ? 'it last ran less than a day ago' : `it last ran ${counted(days, 'day')} ago`;
};

/** Why a post has a place, before the run is counted. @param weight its own with views taken in */
export const whyPlanned = (
  { order, weighsViews }: Pick<Queue, 'order' | 'weighsViews'>,
  { state, wall, weight }: { readonly state: ItemState; readonly wall: WallTime; readonly weight: number },
): string => {
  const { item } = state;
  const last = lastRun(state, wall);
  switch (order) {
    case 'oldest':
      return `Rested longest: ${last}.`;
    case 'priority':
      return `Highest priority (${item.priority}) of those that may return: ${last}.`;
    case 'shuffled':
      return `Next in the shuffle: ${last}.`;
    case 'weighted':
      return weighsViews && weight !== item.weight
        ? `Due by its weight (${item.weight}, with its views ${weight.toFixed(1)}): ${last}.`
        : `Due by its weight (${item.weight}): ${last}.`;
  }
};

/** Added where a post returns before all its accounts have rested. */
export const whyEarly = 'It returns on some of its accounts only, as no post has rested on all.';

const ofCategories = ({ categories }: Slot): string =>
  categories.length === 0 ? '' : ` of ${categories.map((one) => `"${one}"`).join(', ')}`;

export const whyNoneFits = (slot: Slot): string =>
  `There is no evergreen post${ofCategories(slot)} that these accounts take. Add one, or widen the slot's categories.`;

/** @param count posts that fit the slot @param nextWall when the next may run; Infinity: never */
export const whyNoneRested = (slot: Slot, count: number, nextWall: WallTime): string => {
  const next = nextWall === Infinity ? 'None will return.' : `The next may return on ${dateOf(nextWall)}.`;
  const which = count === 1 ? `The only post${ofCategories(slot)}` : `Each of the ${count} posts${ofCategories(slot)}`;
  return `${which} is resting, out of season or at its end. ${next}`;
};

export const whyPaused = 'The queue is paused.';

export const whyBlackout = ({ name }: DateRange): string =>
  name ? `Blackout: ${name}. Nothing is planned on this day.` : 'Nothing is planned on this day (blackout).';

export const whyOutOfSeason = 'The queue does not run in this part of the year.';

/** @param keeper the slot that has the instant */
export const whyYields = ({ slot, found }: Place, zone: string, keeper: Slot): string =>
  found === 'gap'
    ? `Clocks in ${zone} skip ${slot.time} on this day, which moves it onto the slot of ${keeper.time}; one of the two fires.`
    : `The slot of ${keeper.time} has the same instant; one of the two fires.`;

export const whyNoAccount = ({ accounts }: Pick<Queue, 'accounts'>): string =>
  accounts.length === 0 ? 'The queue has no account.' : 'Every account of the queue is paused.';

const gapText = (minGapSeconds: number): string => {
  if (minGapSeconds === 0) return 'in the same minute as';
  const isMinutes = (minGapSeconds * SECOND_MS) % MINUTE_MS === 0;
  const length = isMinutes
    ? counted((minGapSeconds * SECOND_MS) / MINUTE_MS, 'minute')
    : counted(minGapSeconds, 'second');
  return `within ${length} of`;
};

/** Why an account takes nothing at a place. */
export const whyBusy = (
  { dailyCap, minGapSeconds }: Pick<Queue, 'dailyCap' | 'minGapSeconds'>,
  refusal: 'cap' | 'gap',
): string =>
  refusal === 'cap'
    ? `It has its ${counted(dailyCap ?? 0, 'post')} of the day.`
    : `It would stand ${gapText(minGapSeconds)} another post.`;

export const whyAllBusy = (reasons: readonly string[]): string => `No account is free: ${reasons.join(' ')}`;

export const whyAccountPaused = 'The account is paused.';
export const whyUnfit = 'Its platform does not take this post.';

/** @param opensWall when the post may return there; Infinity: never */
export const whyResting = ({ platform }: QueueAccount, opensWall: WallTime): string =>
  opensWall === Infinity
    ? 'The post does not return there.'
    : `The post rests there until ${dateOf(opensWall)}. ${DUPLICATE_RULES[platform].why}`;

export const whyTwiceRunning = ({ platform }: QueueAccount): string =>
  `It would stand directly after itself. ${DUPLICATE_RULES[platform].why}`;
