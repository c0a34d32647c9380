import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../kernel/transaction.js';
import { planQueue } from '../../domain/queues/plan-queue.js';
import type { PlanningItem } from '../../domain/queues/planning-facts.port.js';
import type { EmptyPlace, PlannedPlace, Span } from '../../domain/queues/queue.js';
import type { StoredQueue } from '../../domain/queues/queues.port.js';
import { numbersOfWords } from '../../domain/queues/words-numbers.js';
import type { QueueFacts } from './gather-facts.js';
import { type RefusedRun, type ReviewedRun, ReviewRuns } from './review-runs.js';

/** Plans made anew because platforms refused posts; what is refused still leaves its place empty until the next round. */
const MAX_ROUNDS = 6;

/** A plan that can be carried out as it is. */
export interface SettledPlan {
  readonly runs: readonly ReviewedRun[];
  /** Planned as it is planned already. */
  readonly same: readonly PlannedPlace[];
  readonly empty: readonly EmptyPlace[];
}

/** What is to be planned. */
export interface PlanQuestion {
  readonly facts: QueueFacts;
  readonly span: Span;
  /** True for a run that exists just so already, with this number as its variation: it was judged when it was made. */
  readonly isSame: (place: PlannedPlace, variation: number) => boolean;
}

/** Plans, asks the platforms about the posts, and plans again without those that are refused. */
@Injectable()
export class SettlePlan {
  constructor(private readonly review: ReviewRuns) {}

  async execute(queue: StoredQueue, { facts, span, isSame }: PlanQuestion, tx: Tx): Promise<SettledPlan> {
    const numbers = numbersOfWords(facts.items);
    const isPlanned = (place: PlannedPlace) => isSame(place, numbers.get(place.postId)?.[place.variation] ?? 0);
    let items = facts.items;
    for (let round = 1; ; round += 1) {
      const { planned, empty } = planQueue(queue, items, facts.taken, span);
      const same = planned.filter(isPlanned);
      const fresh = planned.filter((place) => !isPlanned(place));
      const { runs, refused } = await this.review.execute(queue, fresh, tx);
      if (refused.length === 0 || round === MAX_ROUNDS) return { runs, same, empty };
      items = without(items, queue, refused);
    }
  }
}

const without = (
  items: readonly PlanningItem[],
  queue: StoredQueue,
  refused: readonly RefusedRun[],
): readonly PlanningItem[] => {
  const byPost = Map.groupBy(refused, ({ postId }) => postId);
  return items.map((item) => {
    const gone = new Set(byPost.get(item.postId)?.flatMap(({ accountIds }) => accountIds));
    if (gone.size === 0) return item;
    const before = item.fitsOn ?? queue.accounts.map(({ id }) => id);
    return { ...item, fitsOn: before.filter((id) => !gone.has(id)) };
  });
};
