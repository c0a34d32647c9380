import { Injectable } from '@nestjs/common';
import { DomainError } from '../../../kernel/domain-error.js';
import { type Tx, UnitOfWork } from '../../../kernel/transaction.js';
import { AttemptJournal } from '../../domain/firing/firing.port.js';
import type { StepContext } from '../../domain/firing/outcome.policy.js';
import { settleForeignPost } from '../../domain/reconcile/reconcile.policy.js';
import type { AttemptRecord, TargetRecord } from '../../domain/targets/target-record.js';
import type { Step } from '../../domain/targets/target-state.js';
import { TargetStore, WakeUps } from '../../domain/targets/target-store.port.js';
import { Engine } from '../engine.js';
import { RunEffects } from './run-effects.js';

/** What is settled and who settles it. */
export interface Settlement {
  readonly targetId: string;
  readonly attemptId: string;
  readonly actor: string;
  readonly latencyMs?: number;
  /** The step for the rows as they are now; undefined leaves everything as it is. */
  readonly decide: (target: TargetRecord, attempt: AttemptRecord, context: StepContext) => Step | undefined;
  /** Makes way for a decided step, in its transaction; false: it cannot be written now, and nothing is. */
  readonly makeWay?: (target: TargetRecord, tx: Tx) => Promise<boolean>;
}

/** Writes one outcome: rows, history, signals, events and the next wake-up, all or nothing. */
@Injectable()
export class SettleTarget {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: TargetStore,
    private readonly journal: AttemptJournal,
    private readonly wakeUps: WakeUps,
    private readonly effects: RunEffects,
    private readonly engine: Engine,
  ) {}

  /** @returns the step that was written, if any */
  async execute(settlement: Settlement): Promise<Step | undefined> {
    try {
      return await this.write(settlement);
    } catch (error) {
      if (!(error instanceof DomainError && error.code === 'target.post_owned')) throw error;
      return this.write({
        ...settlement,
        decide: (target, _attempt, context) => settleForeignPost(target, error.message, context),
      });
    }
  }

  private write(settlement: Settlement): Promise<Step | undefined> {
    return this.unitOfWork.run(async (tx) => {
      const target = await this.store.lock(settlement.targetId, tx);
      const attempt = target && (await this.journal.get(settlement.attemptId, tx));
      if (!target || !attempt) return undefined;
      const step = settlement.decide(target, attempt, this.engine.context());
      if (!step || (settlement.makeWay && !(await settlement.makeWay(target, tx)))) return undefined;
      const change = {
        target,
        attemptId: attempt.id,
        step: withHandle(step, attempt),
        cause: { actor: settlement.actor },
      };
      await this.store.apply(change, tx);
      await this.effects.execute(target, step, settlement.latencyMs, tx);
      await this.wakeNext(target, step, tx);
      return step;
    });
  }

  private async wakeNext(target: TargetRecord, { target: change }: Step, tx: Tx) {
    if (change.status !== 'scheduled' || !change.dueAt) return;
    const version = change.bumpVersion ? target.version + 1 : target.version;
    await this.wakeUps.plan([{ targetId: target.id, version, dueAt: change.dueAt }], tx);
  }
}

/** What is live carries the handle it was published by. */
const withHandle = (step: Step, attempt: AttemptRecord): Step =>
  step.target.live && attempt.handle
    ? { ...step, target: { ...step.target, live: { ...step.target.live, handle: attempt.handle } } }
    : step;
