import { Injectable } from '@nestjs/common';
import type { CommitOutcome } from '../../platforms/domain/publish-outcome.js';
import { AttemptJournal } from '../domain/firing.port.js';
import { settleCommit, settlePrepare } from '../domain/outcome.policy.js';
import type { ArmedRef, TargetRecord } from '../domain/target-record.js';
import { Engine } from './engine.js';
import { PersistentSettle } from './persistent-settle.js';
import { type PrepareFailure, PrepareTarget } from './prepare-target.js';

/** The calls of one target whose intent is committed: reversible work, then the one irreversible call. */
@Injectable()
export class PublishTarget {
  constructor(
    private readonly prepare: PrepareTarget,
    private readonly journal: AttemptJournal,
    private readonly settle: PersistentSettle,
    private readonly engine: Engine,
  ) {}

  async execute(target: TargetRecord, armed: ArmedRef): Promise<void> {
    const prepared = await this.prepare.execute(target, armed);
    if (prepared.kind === 'lost') return;
    if (prepared.kind !== 'ready') return this.settlePreparation(target, armed, prepared);
    const { platform, content, resume } = prepared;
    const { commitTimeoutMs } = platform.capabilities();
    const context = { ...prepared.context, signal: AbortSignal.timeout(commitTimeoutMs) };
    const longestMs = commitTimeoutMs + this.engine.settings.timing.callSlackMs;
    // The last look before the write: no lease, no call.
    if (!(await this.journal.beginCall(armed, longestMs))) return;
    const beganMs = this.engine.now().getTime();
    const outcome = await platform.commit(context, content, resume).catch(asUnknown);
    await this.settleCall(target, armed, { outcome, latencyMs: this.engine.now().getTime() - beganMs });
  }

  private settlePreparation(target: TargetRecord, armed: ArmedRef, outcome: PrepareFailure): Promise<void> {
    return this.settle.execute({
      targetId: target.id,
      attemptId: armed.attemptId,
      actor: 'worker',
      decide: (current, attempt, context) =>
        attempt.state === 'intended' ? settlePrepare(current, outcome, context) : undefined,
    });
  }

  /** After a takeover only good news still counts: the doubt is the reconciler's. */
  private settleCall(
    target: TargetRecord,
    armed: ArmedRef,
    { outcome, latencyMs }: { outcome: CommitOutcome; latencyMs: number },
  ): Promise<void> {
    return this.settle.execute({
      targetId: target.id,
      attemptId: armed.attemptId,
      actor: 'worker',
      latencyMs,
      decide: (current, attempt, context) => {
        const mine = attempt.state === 'intended' && current.status === 'publishing';
        const lateTruth = attempt.state === 'unknown' && outcome.kind === 'published';
        return mine || lateTruth ? settleCommit(current, outcome, context) : undefined;
      },
    });
  }
}

/** An adapter that throws in the irreversible call is a bug, and its effect is unknown. */
const asUnknown = (error: unknown): CommitOutcome => ({ kind: 'unknown', detail: String(error) });
