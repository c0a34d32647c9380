import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock.port.js';
import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import { PlanningFacts, type PlanningItem } from '../../domain/queues/planning-facts.port.js';
import type { PlaceKey, Queue, Span, Taken } from '../../domain/queues/queue.js';

/** What a plan is made of. */
export interface QueueFacts {
  readonly items: readonly PlanningItem[];
  readonly taken: Taken;
}

/** What to leave out, and what is taken. */
export interface FactsQuestion {
  readonly span: Span;
  /** Places that are not to be planned. */
  readonly places: readonly PlaceKey[];
  /** Runs that are to be planned anew. */
  readonly without: readonly string[];
}

/** Reads the posts that may return and what the accounts have already, for one queue or several. */
@Injectable()
export class GatherFacts {
  constructor(
    private readonly facts: PlanningFacts,
    private readonly clock: Clock,
  ) {}

  async execute(
    workspaceId: WorkspaceId,
    queues: readonly Queue[],
    { span, places, without }: FactsQuestion,
    tx?: Tx,
  ): Promise<QueueFacts> {
    const accountIds = [...new Set(queues.flatMap(({ accounts }) => accounts.map(({ id }) => id)))];
    const categories = categoriesOf(queues);
    const question = {
      now: this.clock.now(),
      without,
      withViews: queues.some(({ weighsViews, order }) => weighsViews && order === 'weighted'),
      ...(categories ? { categories } : {}),
    };
    const items = await this.facts.items(workspaceId, question, tx);
    const targets = await this.facts.targets(workspaceId, { accountIds, span, without }, tx);
    return { items, taken: { places, targets } };
  }
}

/** Undefined when a slot takes every post. */
const categoriesOf = (queues: readonly Queue[]): readonly string[] | undefined => {
  const slots = queues.flatMap((queue) => queue.slots);
  if (slots.some(({ categories }) => categories.length === 0)) return undefined;
  return [...new Set(slots.flatMap(({ categories }) => categories))];
};
