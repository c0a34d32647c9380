import { Injectable } from '@nestjs/common';
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
  /** Runs still to come that are to be planned anew. */
  readonly without: readonly string[];
}

/** Reads the posts that may return and what the accounts have already, for one queue or several. */
@Injectable()
export class GatherFacts {
  constructor(private readonly facts: PlanningFacts) {}

  async execute(
    workspaceId: WorkspaceId,
    queues: readonly Queue[],
    { span, places, without }: FactsQuestion,
    tx?: Tx,
  ): Promise<QueueFacts> {
    const accountIds = [...new Set(queues.flatMap(({ accounts }) => accounts.map(({ id }) => id)))];
    const withViews = queues.some(({ weighsViews, order }) => weighsViews && order === 'weighted');
    const items = await this.facts.items(workspaceId, { without, withViews }, tx);
    const targets = await this.facts.targets(workspaceId, { accountIds, span, without }, tx);
    return { items, taken: { places, targets } };
  }
}
