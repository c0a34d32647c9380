import { Injectable } from '@nestjs/common';
import { EventLog } from '../../../kernel/event-log.port.js';
import { UnitOfWork } from '../../../kernel/transaction.js';
import { UNAPPROVED_IN_TIME } from '../../domain/approvals/approval.policy.js';
import { isUnapproved } from '../../domain/approvals/approval-state.js';
import { Approvals } from '../../domain/approvals/approvals.port.js';
import { happeningOf, targetEvent } from '../../domain/targets/target-event.js';
import type { TargetRecord } from '../../domain/targets/target-record.js';
import { TargetStore } from '../../domain/targets/target-store.port.js';
import { Engine } from '../engine.js';

const BATCH = 1_000;
const ACTOR = 'worker';

/** Ends what nobody approved in time as missed. */
@Injectable()
export class ExpireApprovals {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly approvals: Approvals,
    private readonly store: TargetStore,
    private readonly events: EventLog,
    private readonly engine: Engine,
  ) {}

  /** @returns how many were missed */
  async runOnce(): Promise<number> {
    const ids = await this.approvals.overdue(BATCH);
    if (ids.length === 0) return 0;
    return this.unitOfWork.runPatiently(async (tx) => {
      const locked = [...(await this.store.lockMany(ids, tx)).values()].filter((target) => this.isOver(target));
      const refs = locked.map(({ id: targetId, version }) => ({ targetId, version }));
      const won = refs.length > 0 ? await this.store.takeVersions(refs, 'hold', tx) : new Set<string>();
      const missed = locked.filter(({ id }) => won.has(id));
      if (missed.length === 0) return 0;
      const step = { ...UNAPPROVED_IN_TIME, target: { ...UNAPPROVED_IN_TIME.target, bumpVersion: true } };
      await this.store.applyMany(
        missed.map((target) => ({ target, step, cause: { actor: ACTOR } })),
        tx,
      );
      await this.approvals.note(
        missed.map(({ id: targetId, workspaceId }) => ({ targetId, workspaceId, action: 'expired', actor: ACTOR })),
        tx,
      );
      await this.events.append(
        missed.map((target) => targetEvent('post.missed', target, happeningOf(step))),
        tx,
      );
      return missed.length;
    });
  }

  /** As it is under the lock: an approval or an edit may have come first. */
  private isOver({ status, approval, holdUntil }: TargetRecord): boolean {
    return status === 'held' && isUnapproved(approval) && holdUntil !== undefined && holdUntil <= this.engine.now();
  }
}
