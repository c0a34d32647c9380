import { Injectable } from '@nestjs/common';
import { EventLog } from '../../../kernel/event-log.port.js';
import type { Tx } from '../../../kernel/transaction.js';
import { approvalEvent } from '../../domain/approvals/approval-event.js';
import { approvalUntil, askedStep } from '../../domain/approvals/approval.policy.js';
import { Approvals } from '../../domain/approvals/approvals.port.js';
import type { TargetRecord } from '../../domain/targets/target-record.js';
import { type NewTarget, TargetStore } from '../../domain/targets/target-store.port.js';
import { Engine } from '../engine.js';

/** Finds out which targets need a person's approval before they go, and asks for it. */
@Injectable()
export class AskApproval {
  constructor(
    private readonly approvals: Approvals,
    private readonly store: TargetStore,
    private readonly events: EventLog,
    private readonly engine: Engine,
  ) {}

  /** New targets, those that need it with their approval: they are to be stored as held. */
  async judge(targets: readonly NewTarget[], tx: Tx): Promise<readonly NewTarget[]> {
    const asked = targets.map(({ id: targetId, workspaceId, accountId, standsFor }) => ({
      ...{ targetId, workspaceId, accountId },
      ...(standsFor === undefined ? {} : { standsFor }),
    }));
    const needs = await this.approvals.needed(asked, tx);
    const now = this.engine.now();
    return targets.map((target) => {
      const need = needs.get(target.id);
      if (!need) return target;
      if (need.kind === 'given') return { ...target, approval: { state: 'given' } };
      return { ...target, approval: { state: 'waiting', until: approvalUntil(target, need.onDeadline, now) } };
    });
  }

  /** Tells that targets, just stored, wait for their approval. */
  async requested(targets: readonly NewTarget[], actor: string, tx: Tx): Promise<void> {
    const waiting = targets.flatMap((target) =>
      target.approval?.state === 'waiting' ? [{ target, until: target.approval.until }] : [],
    );
    await this.tell(waiting, actor, tx);
  }

  /**
   * After their words changed: those that need it, or needed it before, wait for a new approval.
   * @param changed locked, of the version that is current now; waiting for their time or held
   * @returns the ids that wait now
   */
  async again(changed: readonly TargetRecord[], actor: string, tx: Tx): Promise<ReadonlySet<string>> {
    const needs = await this.approvals.needed(
      changed.map(({ id: targetId, workspaceId, accountId }) => ({ targetId, workspaceId, accountId })),
      tx,
    );
    const now = this.engine.now();
    const waiting = changed.flatMap((target) => {
      const need = needs.get(target.id);
      if (!need && target.approval === undefined) return [];
      const onDeadline = need?.kind === 'ask' ? need.onDeadline : 'hold';
      return [{ target, until: approvalUntil(target, onDeadline, now) }];
    });
    if (waiting.length === 0) return new Set();
    const steps = waiting.map(({ target, until }) => ({ target, step: askedStep(until), cause: { actor } }));
    await this.store.applyMany(steps, tx);
    await this.tell(waiting, actor, tx);
    return new Set(waiting.map(({ target }) => target.id));
  }

  /**
   * A person sends again what was never approved: it waits for its approval, not for its call.
   * @param target locked, missed or failed
   */
  async retried(target: TargetRecord, until: Date, actor: string, tx: Tx): Promise<void> {
    const { target: change, ...step } = askedStep(until);
    const again = { ...step, target: { ...change, bumpVersion: true, tries: 0, error: null } };
    await this.store.apply({ target, step: again, cause: { actor } }, tx);
    await this.tell([{ target, until }], actor, tx);
  }

  private async tell(
    waiting: readonly { readonly target: NewTarget | TargetRecord; readonly until: Date }[],
    actor: string,
    tx: Tx,
  ): Promise<void> {
    if (waiting.length === 0) return;
    const notes = waiting.map(({ target: { id: targetId, workspaceId } }) => ({
      ...{ targetId, workspaceId },
      ...{ action: 'requested' as const, actor },
    }));
    await this.approvals.note(notes, tx);
    const events = waiting.map(({ target, until }) =>
      approvalEvent('approval.requested', target, { status: 'held', actor, waitsUntil: until }),
    );
    await this.events.append(events, tx);
  }
}
