import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../kernel/transaction.js';
import type { Tx } from '../../../kernel/transaction.js';
import { lookAgainBeforeSend, settleOverdue } from '../../domain/reconcile/overdue.policy.js';
import { OverdueTargets, type Spacing } from '../../domain/reconcile/overdue.port.js';
import type { Sighting } from '../../domain/reconcile/reconcile.policy.js';
import type { TargetRecord } from '../../domain/targets/target-record.js';
import type { Step } from '../../domain/targets/target-state.js';
import { TargetStore } from '../../domain/targets/target-store.port.js';
import { ApplyDecision } from '../rerouting/apply-decision.js';
import { DecideTargets } from '../rerouting/decide-targets.js';
import { WriteWord } from './write-word.js';

/** Writes what a look before sending showed. */
@Injectable()
export class SettleOverdue {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: TargetStore,
    private readonly overdue: OverdueTargets,
    private readonly write: WriteWord,
    private readonly decide: DecideTargets,
    private readonly apply: ApplyDecision,
  ) {}

  get spacing(): Spacing {
    return this.write.context().timing.overdueSpacingMs;
  }

  async execute(seen: TargetRecord, sighting: Sighting | 'unsupported'): Promise<void> {
    const settled = await this.unitOfWork.run(async (tx) => {
      const target = await this.store.lock(seen.id, tx);
      if (target?.version !== seen.version || target.holdReason !== 'overdue') return true;
      const step = settleOverdue(target, sighting, this.write.context());
      if (step === 'wait' || (isAboutPosts(sighting) && (await this.overdue.hasDoubtfulSibling(target, tx))))
        return false;
      const ref = { targetId: target.id, version: target.version };
      if (await this.store.takeVersion(ref, 'hold', tx)) await this.settle(target, step, tx);
      return true;
    });
    if (!settled) await this.waitOrMove(seen);
  }

  private async settle(target: TargetRecord, step: Step, tx: Tx): Promise<void> {
    const isFound = step.target.status === 'published';
    const attemptId = isFound ? await this.overdue.journalFound(target, tx) : undefined;
    await this.write.asWritten({ target, attemptId, step, actor: 'reconciler' }, tx);
  }

  /** It cannot be asked now: routing may have it go elsewhere meanwhile, but not here. */
  private async waitOrMove(target: TargetRecord): Promise<void> {
    const [decided] = await this.decide.execute([target]);
    const kind = decided?.decision.kind;
    const ref = { targetId: target.id, version: target.version };
    if (decided && (kind === 'reroute' || kind === 'miss') && (await this.apply.execute(ref, decided.decision))) return;
    await this.unitOfWork.run(async (tx) => {
      const current = await this.store.lock(target.id, tx);
      if (current?.version !== target.version || current.holdReason !== 'overdue') return;
      const step = lookAgainBeforeSend(current, this.write.context());
      await this.store.apply({ target: current, step, cause: { actor: 'reconciler' } }, tx);
    });
  }
}

/** What the list shows may be another run's copy, as long as that one is under way. */
const isAboutPosts = (sighting: Sighting | 'unsupported'): boolean =>
  sighting !== 'unsupported' && (sighting.kind === 'published' || sighting.kind === 'ambiguous');
