import { Injectable } from '@nestjs/common';
import { AccountDirectory } from '../../../accounts/index.js';
import { notFound } from '../../../kernel/domain-error.js';
import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import { AuditLog, Workspaces } from '../../../workspaces/index.js';
import { assertNoFindings, type Finding, finding } from '../../domain/finding.js';
import { tooManyQueues } from '../../domain/queues/queue.errors.js';
import { MAX_QUEUES, queueFindings, type QueueRequest, requestOf, wishOf } from '../../domain/queues/queue-request.js';
import { type QueuePlanWish, Queues, type StoredQueue } from '../../domain/queues/queues.port.js';
import { PlanQueues } from './plan-queues.js';

/** Names a queue, and who acts on it. */
export interface QueueRef {
  readonly workspaceId: WorkspaceId;
  readonly id: string;
  readonly actor: string;
  /** Throws when the caller has seen another version. */
  readonly assertFresh?: (version: number) => void;
}

/** Creates, changes and ends queues, and brings their runs in line at once. */
@Injectable()
export class QueueDesk {
  constructor(
    private readonly queues: Queues,
    private readonly accounts: AccountDirectory,
    private readonly workspaces: Workspaces,
    private readonly audit: AuditLog,
    private readonly planner: PlanQueues,
  ) {}

  /** @throws DomainError `queue.too_many`, `queue.name_taken`, and the first finding; nothing is stored then */
  async create({ workspaceId, actor }: Omit<QueueRef, 'id'>, request: QueueRequest, tx: Tx): Promise<StoredQueue> {
    await this.queues.lockPlanning(workspaceId, tx);
    if ((await this.queues.count(workspaceId, tx)) >= MAX_QUEUES) throw tooManyQueues(MAX_QUEUES);
    const wish = wishOf(request, (await this.workspaces.get(workspaceId, tx)).timeZone);
    await this.check(workspaceId, wish, tx);
    const queue = await this.queues.insert(workspaceId, wish, tx);
    await this.tell('queue.created', { workspaceId, id: queue.id, actor }, tx);
    await this.planner.toHorizon(queue, true, tx);
    return queue;
  }

  /**
   * Changes what is sent; runs ahead that nobody touched follow.
   * @throws DomainError `queue.not_found`, `queue.changed`, `queue.name_taken`, and the first finding
   */
  async change(ref: QueueRef, change: Partial<QueueRequest>, tx: Tx): Promise<StoredQueue> {
    const queue = await this.lock(ref, tx);
    const wish = wishOf({ ...requestOf(queue), ...change }, queue.zone);
    await this.check(ref.workspaceId, wish, tx);
    await this.queues.update(ref.workspaceId, ref.id, wish, tx);
    return this.follow(ref, 'queue.changed', tx);
  }

  /**
   * A paused queue plans nothing, and its untouched runs ahead are taken back.
   * @throws DomainError `queue.not_found`
   */
  async setPaused(
    ref: QueueRef,
    pause: { readonly paused: boolean; readonly reason?: string },
    tx: Tx,
  ): Promise<StoredQueue> {
    await this.lock(ref, tx);
    await this.queues.setPaused(ref.workspaceId, ref.id, pause, tx);
    return this.follow(ref, pause.paused ? 'queue.paused' : 'queue.resumed', tx);
  }

  /**
   * Takes the queue away with its untouched runs ahead; what is locked or on its way stays.
   * @throws DomainError `queue.not_found`, `queue.changed`
   */
  async remove(ref: QueueRef, tx: Tx): Promise<void> {
    const queue = await this.lock(ref, tx);
    await this.planner.toHorizon({ ...queue, isPaused: true }, true, tx);
    await this.queues.markDeleted(ref.workspaceId, ref.id, tx);
    await this.tell('queue.deleted', ref, tx);
  }

  /** A queue as it would be, not stored. @throws DomainError `queue.not_found` and the first finding */
  async imagine(ref: Omit<QueueRef, 'actor'>, change: Partial<QueueRequest>): Promise<StoredQueue> {
    const queue = await this.queues.find(ref.workspaceId, ref.id);
    if (!queue) throw notFound('queue', ref.id);
    const wish = wishOf({ ...requestOf(queue), ...change }, queue.zone);
    const accounts = await this.check(ref.workspaceId, wish);
    return {
      ...queue,
      ...wish,
      accounts: accounts.map(({ id, platform, status }) => ({ id, platform, isPaused: status === 'paused' })),
      slots: slotsOf(queue, wish),
    };
  }

  private async lock(ref: QueueRef, tx: Tx): Promise<StoredQueue> {
    await this.queues.lockPlanning(ref.workspaceId, tx);
    const queue = await this.queues.find(ref.workspaceId, ref.id, tx);
    if (!queue) throw notFound('queue', ref.id);
    ref.assertFresh?.(queue.version);
    return queue;
  }

  private async follow(ref: QueueRef, action: string, tx: Tx): Promise<StoredQueue> {
    const queue = await this.queues.find(ref.workspaceId, ref.id, tx);
    if (!queue) throw notFound('queue', ref.id);
    await this.tell(action, ref, tx);
    await this.planner.toHorizon(queue, true, tx);
    return queue;
  }

  private async check(workspaceId: WorkspaceId, wish: QueuePlanWish, tx?: Tx) {
    const found = await this.accounts.find(workspaceId, wish.accountIds, tx);
    const byId = new Map(found.map((account) => [account.id, account]));
    const accounts = wish.accountIds.flatMap((id) => byId.get(id) ?? []);
    assertNoFindings([
      ...queueFindings(wish),
      ...wish.accountIds.flatMap((id, index) => missing(byId.has(id), id, index)),
    ]);
    return accounts;
  }

  private tell(action: string, { workspaceId, actor, id }: QueueRef, tx: Tx): Promise<void> {
    return this.audit.append({ workspaceId, actor, action, subjectId: id }, tx);
  }
}

const missing = (isThere: boolean, id: string, index: number): Finding[] => {
  if (isThere) return [];
  const { kind, code, message } = notFound('account', id);
  return [finding(code, `accountIds.${index}`, message, { kind, context: { id } })];
};

/** A slot of the same day and time is the same slot; a new one has a name of its own until it is stored. */
const slotsOf = ({ slots }: StoredQueue, wish: QueuePlanWish): StoredQueue['slots'] =>
  wish.slots.map((slot) => {
    const { isoDay, time } = slot;
    const known = slots.find((one) => one.isoDay === isoDay && one.time === time);
    return { ...slot, id: known?.id ?? `${isoDay}T${time}` };
  });
