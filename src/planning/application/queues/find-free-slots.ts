import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock.port.js';
import { MINUTE_MS, plusMs } from '../../../kernel/durations.js';
import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { FreeSlot } from '../../domain/fill.policy.js';
import { planQueue } from '../../domain/queues/plan-queue.js';
import type { PlanningItem } from '../../domain/queues/planning-facts.port.js';
import { Queues, type StoredQueue } from '../../domain/queues/queues.port.js';
import { Reservations } from '../../domain/queues/reservations.port.js';
import { PlanningSettings } from '../../planning-settings.js';
import { GatherFacts, type QueueFacts } from './gather-facts.js';
import type { Trouble } from './read-trouble.js';

const LEAD_MS = 2 * MINUTE_MS;

/** The pace: so far a fill stays from every other target of its account, whatever the queue allows. */
const LEAST_GAP_SECONDS = 1_800;

export interface FreePlaces {
  readonly slots: readonly FreeSlot[];
  readonly items: readonly PlanningItem[];
}

/** Finds the times of queues in the next hours that nothing was planned for, account by account. */
@Injectable()
export class FindFreeSlots {
  constructor(
    private readonly queues: Queues,
    private readonly reservations: Reservations,
    private readonly gather: GatherFacts,
    private readonly clock: Clock,
    private readonly settings: PlanningSettings,
  ) {}

  async execute(workspaceId: WorkspaceId, { accounts }: Trouble, tx: Tx): Promise<FreePlaces> {
    const queues = await this.queues.all(workspaceId, tx);
    const from = plusMs(this.clock.now(), LEAD_MS);
    const span = { from, until: plusMs(from, this.settings.timing.fillAheadMs) };
    const facts = await this.gather.execute(workspaceId, queues, { span, places: [], without: [] }, tx);
    const slots: FreeSlot[] = [];
    for (const queue of queues) {
      const places = await this.reservations.list(workspaceId, { queueId: queue.id, ...span }, tx);
      const own = accounts.filter(({ account }) => queue.accountIds.includes(account.id));
      for (const one of own) slots.push(...freeOf(queue, one, { facts, places, span }));
    }
    return { slots, items: facts.items };
  }
}

/** Places that wait for nothing but a post, by the queue's own cap, gap, blackouts and seasons. */
const freeOf = (
  queue: StoredQueue,
  { account, state }: Trouble['accounts'][number],
  {
    facts,
    places,
    span,
  }: { facts: QueueFacts; places: readonly { slotId: string; localDate: string }[]; span: { from: Date; until: Date } },
): FreeSlot[] => {
  const minGapSeconds = Math.max(queue.minGapSeconds, LEAST_GAP_SECONDS);
  const alone = { ...queue, minGapSeconds, accounts: queue.accounts.filter(({ id }) => id === account.id) };
  const { empty } = planQueue(alone, [], { ...facts.taken, places }, span);
  return empty.filter(({ code }) => code === 'none_fits').map(({ at }) => ({ account, at, state, zone: queue.zone }));
};
