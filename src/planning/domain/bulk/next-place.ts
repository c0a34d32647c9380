import { DAY_MS, plusMs } from '../../../kernel/durations.js';
import { planQueue } from '../queues/plan-queue.js';
import type { EvergreenItem, PlannedPlace, Queue, Span, Taken } from '../queues/queue.js';

/** Looked through at once: most free slots are near. */
const PIECE_MS = 28 * DAY_MS;

/**
 * The first free place of a queue at which a post may run on all of these accounts, by the queue's own rules and the
 * post's; undefined: the span has none.
 */
export const nextPlace = (
  queue: Queue,
  { item, accountIds }: { readonly item: EvergreenItem; readonly accountIds: readonly string[] },
  taken: Taken,
  span: Span,
): PlannedPlace | undefined => {
  const accounts = queue.accounts.filter(({ id }) => accountIds.includes(id));
  if (accounts.length < accountIds.length) return undefined;
  for (let { from } = span; from < span.until;) {
    const end = plusMs(from, PIECE_MS);
    const piece = { from, until: end < span.until ? end : span.until };
    const [first] = planQueue({ ...queue, accounts }, [item], taken, piece).planned;
    if (first && first.accountIds.length === accounts.length) return first;
    // A place that has only some of them is passed by.
    from = first ? plusMs(first.at, 1) : piece.until;
  }
  return undefined;
};
