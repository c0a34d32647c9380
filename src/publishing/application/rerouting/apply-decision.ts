import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../kernel/transaction.js';
import { UnitOfWork } from '../../../kernel/transaction.js';
import type { RouteDecision } from '../../../routing/domain/route-decision.js';
import { EventLog } from '../../../kernel/event-log.port.js';
import { eventsOfWaiting } from '../../domain/targets/target-event.js';
import type { TargetRecord, TargetRef } from '../../domain/targets/target-record.js';
import { stepOfDecision, waitForEarlierStep } from '../../domain/rerouting/decision.policy.js';
import { isPlaceLost } from '../../domain/rerouting/reroute.errors.js';
import type { Step } from '../../domain/targets/target-state.js';
import { TargetStore, WakeUps } from '../../domain/targets/target-store.port.js';
import { CreateReplacement } from './create-replacement.js';
import { Engine } from '../engine.js';

/** Turns what routing decided for a waiting target into rows. Passes the same arbiter as the call. */
@Injectable()
export class ApplyDecision {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: TargetStore,
    private readonly wakeUps: WakeUps,
    private readonly createReplacement: CreateReplacement,
    private readonly events: EventLog,
    private readonly engine: Engine,
  ) {}

  /** @returns false when the target has changed meanwhile: nothing was done */
  async execute(ref: TargetRef, decision: RouteDecision, actor = 'router'): Promise<boolean> {
    try {
      return await this.unitOfWork.run(async (tx) => {
        const target = await this.store.lock(ref.targetId, tx);
        if (!target || target.version !== ref.version) return false;
        if (target.status !== 'scheduled' && target.status !== 'held') return false;
        return this.within(target, decision, actor, tx);
      });
    } catch (error) {
      // Another origin was quicker: the next look chooses again.
      if (isPlaceLost(error)) return false;
      throw error;
    }
  }

  /** Another run of the post is still open on the account: this one waits for its end. */
  async waitForEarlier(ref: TargetRef): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const target = await this.store.lock(ref.targetId, tx);
      if (target?.status !== 'scheduled' || target.version !== ref.version) return;
      if (!(await this.store.takeVersion(ref, 'hold', tx))) return;
      const reasons = [
        { code: 'earlier_occurrence', text: 'An earlier run of this post is still open on the account.' },
      ];
      const step = waitForEarlierStep(target, this.engine.context());
      await this.store.apply({ target, step, cause: { actor: 'worker', reasons } }, tx);
      await this.tell(target, step, tx);
    });
  }

  private async within(target: TargetRecord, decision: RouteDecision, actor: string, tx: Tx): Promise<boolean> {
    const cause = { actor, reasons: decision.reasons };
    const step = stepOfDecision(target, decision, this.engine.context());
    const stays = target.status === 'held' && step.target.status === 'held';
    const ref = { targetId: target.id, version: target.version };
    if (!stays && !(await this.store.takeVersion(ref, decision.kind === 'reroute' ? 'reroute' : 'hold', tx)))
      return false;
    await this.store.apply({ target, step, cause }, tx);
    if (decision.kind === 'reroute') {
      const { accountId } = decision;
      const plan = { origin: target, accountId, role: 'reroute', cause, isRouted: true } as const;
      await this.createReplacement.execute(plan, tx);
    }
    if (step.target.status === 'scheduled') {
      const dueAt = step.target.dueAt ?? this.engine.now();
      await this.wakeUps.plan([{ targetId: target.id, version: target.version + 1, dueAt }], tx);
    }
    if (!stays) await this.tell(target, step, tx);
    return true;
  }

  private async tell(target: TargetRecord, step: Step, tx: Tx): Promise<void> {
    await this.events.append(eventsOfWaiting(target, step), tx);
  }
}
