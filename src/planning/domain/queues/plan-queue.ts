import { zoneClock } from '../wall-time-clock.js';
import { expandSlots, type Place } from './expand-slots.js';
import { type AccountMask, variationAt } from './item-state.js';
import { closedPlace } from './open-places.js';
import { type Freedom, PlanAccounts } from './plan-accounts.js';
import type { EmptyCode, EmptyPlace, EvergreenItem, PlannedPlace, Queue, QueuePlan, Span, Taken } from './queue.js';
import { placeOf } from './reservations.port.js';
import type { Picked } from './shelf.js';
import { Stock } from './stock.js';
import { whyEarly, whyNoneFits, whyNoneRested, whyPlanned } from './why.js';

/** Accounts are bits of a number, and two such masks are one key (`shelf.ts`). */
export const MAX_QUEUE_ACCOUNTS = 25;

/**
 * Fills the timetable of a queue over a span: one post, wording and reason for each place, or the reason why it stays
 * empty. Pure and seeded: the same facts give the same plan, and a plan cut in two, with the first part carried over
 * (`carryOver`), is the plan in one. Posts and targets are looked at only if there is a place for them. Planned again
 * with its own runs known it fills no place twice; an empty one gets a post only if a later one has come to stand between
 * two runs of that post on an account where it may not follow itself.
 *
 * Keeps cooldown and gap of every post on both sides of its known runs, cap and minimum gap of every account, and never
 * the same wording twice running. A post that has rested on all its accounts goes before one that has on some only.
 *
 * @throws RangeError when the queue has more than `MAX_QUEUE_ACCOUNTS` accounts (a bug in the caller)
 */
export const planQueue = (queue: Queue, items: readonly EvergreenItem[], taken: Taken, span: Span): QueuePlan => {
  if (queue.accounts.length > MAX_QUEUE_ACCOUNTS)
    throw new RangeError(`A queue has at most ${MAX_QUEUE_ACCOUNTS} accounts; this has ${queue.accounts.length}.`);
  const reserved = new Set(taken.places.map(placeOf));
  const planned: PlannedPlace[] = [];
  const empty: EmptyPlace[] = [];
  let planning: Planning | undefined;
  for (const place of expandSlots(queue, span)) {
    if (reserved.has(placeOf({ slotId: place.slot.id, localDate: place.localDate }))) continue;
    const closed = closedPlace(queue, place);
    if (closed) {
      empty.push(emptyAt(place, closed.code, closed.why));
      continue;
    }
    planning ??= new Planning(queue, items, taken, span);
    const answer = planning.fill(place);
    if ('code' in answer) empty.push(answer);
    else planned.push(answer);
  }
  return { planned, empty };
};

class Planning {
  private readonly accounts: PlanAccounts;
  private readonly stock: Stock;

  constructor(
    private readonly queue: Queue,
    items: readonly EvergreenItem[],
    taken: Taken,
    { from }: Span,
  ) {
    this.accounts = new PlanAccounts(queue, taken, zoneClock(queue.zone));
    this.stock = new Stock(queue, items, from.getTime());
  }

  /** For a place that is not closed. */
  fill(place: Place): PlannedPlace | EmptyPlace {
    const freedom = this.accounts.freedomAt(place);
    if (freedom.free === 0) return emptyAt(place, 'accounts_busy', this.accounts.whyNoneFree(freedom));
    const shelf = this.stock.shelfOf(place.slot);
    if (!shelf || shelf.size === 0) return emptyAt(place, 'none_fits', whyNoneFits(place.slot));
    const usable = (post: Picked['post']) => this.accounts.usableFor(post, place.at);
    const pick = shelf.pick({ wall: place.wall, free: freedom.free, usable });
    if (pick) return this.plan(place, pick, freedom);
    return emptyAt(place, 'none_rested', whyNoneRested(place.slot, shelf.size, shelf.nextWall()));
  }

  private plan(place: Place, { post, accounts }: Picked, freedom: Freedom): PlannedPlace {
    const { state, postId } = post;
    const { at, wall } = place;
    const variation = variationAt(state, wall) ?? 0;
    const answer = {
      slotId: place.slot.id,
      localDate: place.localDate,
      at: new Date(at),
      postId,
      variation,
      accountIds: this.accounts.idsOf(accounts),
      leftOut: this.accounts.leftOut(accounts, freedom, post, place),
      why: this.whyOf(place, { post, accounts }, freedom.free),
    };
    this.stock.run(post, { at, wall, variation, accounts });
    this.accounts.give(accounts, { at, wall }, postId);
    return answer;
  }

  private whyOf({ wall }: Place, { post: { state, weight }, accounts }: Picked, free: AccountMask): string {
    const why = whyPlanned(this.queue, { state, wall, weight });
    return (state.fits & free & ~accounts) === 0 ? why : `${why} ${whyEarly}`;
  }
}

const emptyAt = ({ slot, localDate, at }: Place, code: EmptyCode, why: string): EmptyPlace => ({
  slotId: slot.id,
  localDate,
  at: new Date(at),
  code,
  why,
});
