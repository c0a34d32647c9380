import { Injectable } from '@nestjs/common';
import { DAY_MS, plusMs } from '../../../kernel/durations.js';
import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import { type LostRun, LostRuns } from '../../domain/bulk/lost-runs.port.js';
import { nextPlace } from '../../domain/bulk/next-place.js';
import { carryOver } from '../../domain/queues/carry-over.js';
import { PlanningFacts } from '../../domain/queues/planning-facts.port.js';
import type { EvergreenItem, PlannedPlace, Span, Taken } from '../../domain/queues/queue.js';
import { Queues, type StoredQueue } from '../../domain/queues/queues.port.js';
import { Reservations } from '../../domain/queues/reservations.port.js';

/** So far ahead a free slot is looked for. */
const SEARCH_MS = 366 * DAY_MS;

/** A lost run with the slot that is free for it. */
export interface PlacedRun {
  readonly run: LostRun;
  readonly place: PlannedPlace;
}

/** Finds the next free slot of its queue for what a queue had planned and an outage took. */
@Injectable()
export class PlaceLostRuns {
  constructor(
    private readonly lostRuns: LostRuns,
    private readonly queues: Queues,
    private readonly facts: PlanningFacts,
    private readonly reservations: Reservations,
  ) {}

  /**
   * The earliest lost run gets the first slot. Queues of the workspace wait until `tx` ends.
   * @returns a place for each run that has one; targets that no queue planned have none
   */
  async find(
    workspaceId: WorkspaceId,
    targetIds: readonly string[],
    from: Date,
    tx: Tx,
  ): Promise<readonly PlacedRun[]> {
    await this.queues.lockPlanning(workspaceId, tx);
    const runs = await this.lostRuns.ofTargets(workspaceId, targetIds, tx);
    const postIds = [...new Set(runs.map(({ postId }) => postId))];
    if (runs.length === 0) return [];
    let items: readonly EvergreenItem[] = await this.facts.items(
      workspaceId,
      { without: [], withViews: false, postIds },
      tx,
    );
    const placed: PlacedRun[] = [];
    const span = { from, until: plusMs(from, SEARCH_MS) };
    for (const [queueId, own] of Map.groupBy(runs, (run) => run.queueId)) {
      const queue = await this.queues.find(workspaceId, queueId, tx);
      if (!queue) continue;
      let taken = await this.takenBy(queue, span, tx);
      for (const run of own) {
        const place = placeFor(queue, run, { items, taken }, span);
        if (!place) continue;
        placed.push({ run, place });
        ({ items, taken } = carryOver(items, taken, { planned: [place] }));
      }
    }
    return placed;
  }

  /** @returns those that have their slot now; the caller moves their targets there */
  async take(workspaceId: WorkspaceId, placed: readonly PlacedRun[], tx: Tx): Promise<readonly PlacedRun[]> {
    const whole = placed.filter(({ run }) => run.isWhole);
    await this.reservations.release(
      workspaceId,
      whole.map(({ run }) => run.occurrenceId),
      tx,
    );
    const got = new Set<string>();
    for (const [queueId, own] of Map.groupBy(whole, ({ run }) => run.queueId)) {
      const wanted = own.map(({ run, place }) => ({ ...place, occurrenceId: run.occurrenceId, why: WHY }));
      for (const id of (await this.reservations.reserve(workspaceId, queueId, wanted, tx)).keys()) got.add(id);
    }
    const parts = placed.filter(({ run }) => !run.isWhole);
    const beside = parts.flatMap(({ run: { occurrenceId }, place: { at, accountIds } }) =>
      accountIds.map((accountId) => ({ accountId, at, occurrenceId })),
    );
    for (const id of await this.reservations.reserveAccounts(workspaceId, beside, tx)) got.add(id);
    return placed.filter(({ run }) => got.has(run.occurrenceId));
  }

  private async takenBy(queue: StoredQueue, span: Span, tx: Tx): Promise<Taken> {
    const { workspaceId, id: queueId, accounts } = queue;
    const places = await this.reservations.list(workspaceId, { queueId, ...span }, tx);
    const accountIds = accounts.map(({ id }) => id);
    return { places, targets: await this.facts.targets(workspaceId, { accountIds, span, without: [] }, tx) };
  }
}

const WHY = 'Sent again by a person: it takes the next free slot.';

const placeFor = (
  queue: StoredQueue,
  { postId, targets }: LostRun,
  { items, taken }: { readonly items: readonly EvergreenItem[]; readonly taken: Taken },
  span: Span,
): PlannedPlace | undefined => {
  const item = items.find((one) => one.postId === postId);
  const accountIds = targets.map(({ accountId }) => accountId);
  return item && nextPlace(queue, { item, accountIds }, taken, span);
};
