import { Injectable } from '@nestjs/common';
import { DomainError } from '../../../kernel/domain-error.js';
import { plusMs } from '../../../kernel/durations.js';
import type { Tx } from '../../../kernel/transaction.js';
import { UnitOfWork } from '../../../kernel/transaction.js';
import type { RouteDecision } from '../../../routing/domain/route-decision.js';
import { EventLog } from '../../../kernel/event-log.port.js';
import type { TargetRecord, TargetRef } from '../../domain/targets/target-record.js';
import type { HoldReason, Step } from '../../domain/targets/target-state.js';
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
      // The fallback was taken by another origin in this moment: the next look chooses again.
      if (error instanceof DomainError && error.code === 'target.account_taken') return false;
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
      const step = this.holdStep(target, 'earlier_occurrence', target.staleAt);
      await this.store.apply({ target, step, cause: { actor: 'worker', reasons } }, tx);
    });
  }

  private async within(target: TargetRecord, decision: RouteDecision, actor: string, tx: Tx): Promise<boolean> {
    const cause = { actor, reasons: decision.reasons };
    const step = this.stepOf(target, decision);
    const stays = target.status === 'held' && step.target.status === 'held';
    const ref = { targetId: target.id, version: target.version };
    if (!stays && !(await this.store.takeVersion(ref, decision.kind === 'reroute' ? 'reroute' : 'hold', tx)))
      return false;
    await this.store.apply({ target, step, cause }, tx);
    if (decision.kind === 'reroute') {
      const { accountId } = decision;
      await this.createReplacement.execute({ origin: target, accountId, role: 'reroute', cause }, tx);
    }
    if (step.target.status === 'scheduled') {
      const dueAt = step.target.dueAt ?? this.engine.now();
      await this.wakeUps.plan([{ targetId: target.id, version: target.version + 1, dueAt }], tx);
    }
    if (!stays) await this.tell(target, step, tx);
    return true;
  }

  private stepOf(target: TargetRecord, decision: RouteDecision): Step {
    switch (decision.kind) {
      case 'publish':
        return {
          cause: 'released',
          target: { status: 'scheduled', bumpVersion: true, dueAt: this.releaseAt(target) },
          effects: [],
        };
      case 'hold':
        return this.holdStep(target, decision.reason, decision.until);
      case 'broadcast':
        return this.holdStep(target, 'platform', target.staleAt);
      case 'reroute':
        return { cause: 'rerouted', target: { status: 'rerouted', nextCheckAt: null }, effects: [] };
      case 'miss':
        return { cause: 'stale', target: { status: 'missed', nextCheckAt: null }, effects: [] };
      default:
        return exhausted(decision);
    }
  }

  /** A hold may begin while a target is armed ahead of time; its end must not bring it forward. */
  private releaseAt({ scheduledAt }: TargetRecord): Date {
    return latest(this.engine.now(), scheduledAt);
  }

  /** A held target asks again after a while, at the latest when its hold ends or it gets stale. */
  private holdStep(target: TargetRecord, reason: HoldReason, until: Date): Step {
    const now = this.engine.now();
    const inAWhile = plusMs(now, this.engine.settings.timing.reconsiderMs);
    const next = target.staleAt > now && target.staleAt < inAWhile ? target.staleAt : inAWhile;
    const stays = target.status === 'held';
    return {
      cause: 'held',
      target: {
        status: 'held',
        bumpVersion: !stays,
        dueAt: until > next || stays ? next : until,
        hold: { reason, until },
      },
      effects: [],
    };
  }

  private async tell(target: TargetRecord, { target: change, cause }: Step, tx: Tx): Promise<void> {
    const type = { held: 'post.held', missed: 'post.missed' }[change.status as string];
    if (!type) return;
    const payload = { targetId: target.id, postId: target.postId, platform: target.platform, cause };
    await this.events.append([{ workspaceId: target.workspaceId, type, subjectId: target.id, payload }], tx);
  }
}

const latest = (a: Date, b: Date): Date => (a > b ? a : b);

const exhausted = (value: never): never => {
  throw new Error(`Unhandled decision ${JSON.stringify(value)}`);
};
