import { Injectable } from '@nestjs/common';
import { DomainError } from '../../../kernel/domain-error.js';
import { type Tx, UnitOfWork } from '../../../kernel/transaction.js';
import { AttemptJournal } from '../../domain/firing/firing.port.js';
import type { StepContext } from '../../domain/firing/step-context.js';
import { settleForeignPost } from '../../domain/reconcile/reconcile.policy.js';
import type { AttemptRecord, TargetRecord } from '../../domain/targets/target-record.js';
import type { Step } from '../../domain/targets/target-state.js';
import { type AppliedStep, TargetStore, WakeUps } from '../../domain/targets/target-store.port.js';
import { Engine } from '../engine.js';
import { reachesBeyond, RunEffects } from './run-effects.js';

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

/** What became of one among many: the step that was written, if any; `apart`: it wants a transaction of its own. */
export type Settled = Step | 'apart' | undefined;

/** Writes outcomes: rows, history, signals, events and the next wake-up, all or nothing. */
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
      return await this.writeOne(settlement);
    } catch (error) {
      if (!(error instanceof DomainError && error.code === 'target.post_owned')) throw error;
      return this.writeOne({
        ...settlement,
        decide: (target, _attempt, context) => settleForeignPost(target, error.message, context),
      });
    }
  }

  /**
   * The same for many different targets in one transaction, with a handful of statements. What reaches beyond its own
   * rows is left `apart`: for `execute`.
   * @throws whatever one of them meets; then nothing of all was written
   */
  executeMany(settlements: readonly Settlement[]): Promise<readonly Settled[]> {
    return this.unitOfWork.runPatiently(async (tx) => {
      const targets = await this.store.lockMany(
        settlements.map(({ targetId }) => targetId),
        tx,
      );
      const attempts = await this.journal.getMany(
        settlements.map(({ attemptId }) => attemptId),
        tx,
      );
      const decided = settlements.map((settlement) => {
        const [target, attempt] = [targets.get(settlement.targetId), attempts.get(settlement.attemptId)];
        return target && attempt ? this.decideAmongMany(settlement, target, attempt) : undefined;
      });
      const writes = decided.filter((item): item is Write => item !== undefined && item !== 'apart');
      if (writes.length > 0) await this.apply(writes, tx);
      return decided.map((item) => (typeof item === 'object' ? item.change.step : item));
    });
  }

  private writeOne(settlement: Settlement): Promise<Step | undefined> {
    return this.unitOfWork.run(async (tx) => {
      const target = await this.store.lock(settlement.targetId, tx);
      const attempt = target && (await this.journal.get(settlement.attemptId, tx));
      if (!target || !attempt) return undefined;
      const step = settlement.decide(target, attempt, this.engine.context());
      if (!step || (settlement.makeWay && !(await settlement.makeWay(target, tx)))) return undefined;
      await this.apply([toWrite(settlement, { target, attempt, step })], tx);
      return step;
    });
  }

  private decideAmongMany(settlement: Settlement, target: TargetRecord, attempt: AttemptRecord) {
    if (settlement.makeWay) return 'apart';
    const step = settlement.decide(target, attempt, this.engine.context());
    if (!step) return undefined;
    return reachesBeyond(step) ? 'apart' : toWrite(settlement, { target, attempt, step });
  }

  private async apply(writes: readonly Write[], tx: Tx): Promise<void> {
    await this.store.applyMany(
      writes.map(({ change }) => change),
      tx,
    );
    const happened = writes.map(({ change, latencyMs }) => ({ before: change.target, step: change.step, latencyMs }));
    await this.effects.executeAll(happened, tx);
    const next = writes.flatMap(({ change }) => wakeUpOf(change));
    if (next.length > 0) await this.wakeUps.plan(next, tx);
  }
}

interface Write {
  readonly change: AppliedStep;
  readonly latencyMs: number | undefined;
}

const toWrite = (
  { actor, latencyMs }: Settlement,
  { target, attempt, step }: { target: TargetRecord; attempt: AttemptRecord; step: Step },
): Write => ({
  change: { target, attemptId: attempt.id, step: withHandle(step, attempt), cause: { actor } },
  latencyMs,
});

const wakeUpOf = ({ target, step: { target: change } }: AppliedStep) => {
  if (change.status !== 'scheduled' || !change.dueAt) return [];
  const version = change.bumpVersion ? target.version + 1 : target.version;
  return [{ targetId: target.id, version, dueAt: change.dueAt }];
};

/** What is live carries the handle it was published by. */
const withHandle = (step: Step, attempt: AttemptRecord): Step =>
  step.target.live && attempt.handle
    ? { ...step, target: { ...step.target, live: { ...step.target.live, handle: attempt.handle } } }
    : step;
