import { Injectable, Logger } from '@nestjs/common';
import type { CommitOutcome } from '../../../platforms/domain/publish-outcome.js';
import { AttemptJournal } from '../../domain/firing/firing.port.js';
import { type NotReady, settleAnswer, settleHandedBack, settleNotReady } from '../../domain/firing/call.policy.js';
import type { TurnEnd } from '../../domain/firing/fair-schedule.js';
import type { StepContext } from '../../domain/firing/step-context.js';
import type { ArmedRef, AttemptRecord, TargetRecord } from '../../domain/targets/target-record.js';
import { Engine } from '../engine.js';
import { OpenHandOff } from '../hand-off/open-hand-off.js';
import { PersistentSettle } from './persistent-settle.js';
import { PlatformAccess } from './platform-access.js';
import { isBarred } from './call-gate.js';
import { type Preparation, PrepareTarget } from './prepare-target.js';

const STOOD_STILL =
  'This process stood still for longer than a call may take; nothing was sent, and the platform is asked';

type Ready = Extract<Preparation, { kind: 'ready' | 'by_hand' }>;

/** The calls of one target whose intent is committed: reversible work, then the one irreversible call. */
@Injectable()
export class PublishTarget {
  private readonly logger = new Logger('Publish');

  constructor(
    private readonly prepare: PrepareTarget,
    private readonly journal: AttemptJournal,
    private readonly settle: PersistentSettle,
    private readonly access: PlatformAccess,
    private readonly engine: Engine,
    private readonly openHandOff: OpenHandOff,
  ) {}

  async execute(target: TargetRecord, armed: ArmedRef): Promise<TurnEnd> {
    const prepared = await this.prepare.execute(target, armed).catch(asOwnFault);
    if (prepared.kind === 'ready' || prepared.kind === 'by_hand') await this.go(target, armed, prepared);
    else if (prepared.kind !== 'lost') await this.settlePreparation(target, armed, prepared);
    return isBarred(prepared) ? 'barred' : 'asked';
  }

  private async go(target: TargetRecord, armed: ArmedRef, prepared: Ready): Promise<void> {
    // It may have waited long for its turn or for the platform.
    if (this.engine.now() >= target.staleAt) return this.settlePreparation(target, armed, { kind: 'stale' });
    if (prepared.kind === 'by_hand') return this.handOver(target, armed);
    const { platform, content, resume } = prepared;
    const { commitTimeoutMs } = platform.capabilities();
    const context = { ...prepared.context, signal: AbortSignal.timeout(commitTimeoutMs) };
    const longestMs = commitTimeoutMs + this.engine.settings.timing.callSlackMs;
    const askedMs = this.engine.now().getTime();
    // The last look before the write: no lease, no call.
    if (!(await this.journal.beginCall(armed, longestMs))) return;
    const beganMs = this.engine.now().getTime();
    // A machine that stood still meanwhile may be back after everybody gave the call up: its deadline makes it a doubt.
    if (beganMs - askedMs >= commitTimeoutMs) return this.logger.warn({ targetId: target.id }, STOOD_STILL);
    const outcome = await platform.commit(context, content, resume).catch(asUnknown);
    await this.keepHandle(armed, outcome);
    await this.settleCall(target, armed, { outcome, latencyMs: this.engine.now().getTime() - beganMs });
    // The next try needs another token than the refused one.
    if (outcome.kind === 'unauthorised' && !outcome.reconnect) await this.access.renewed(context);
  }

  /** Nothing of it has begun here and nothing will: the next worker takes it. */
  handBack({ targetId, attemptId }: ArmedRef): Promise<void> {
    const decide = (target: TargetRecord, attempt: AttemptRecord, context: StepContext) =>
      settleHandedBack(target, attempt, context);
    return this.settle.execute({ targetId, attemptId, actor: 'worker', decide });
  }

  /** One that was written after all, its answer lost, is no `intended` attempt any more: nothing is settled then. */
  private handOver(target: TargetRecord, armed: ArmedRef): Promise<void> {
    return this.openHandOff
      .execute(target, armed)
      .catch((error: unknown) => this.settlePreparation(target, armed, asOwnFault(error)));
  }

  /** Where only the answer names the handle. Losing it is no reason to lose the outcome: the list can still be asked. */
  private async keepHandle(armed: ArmedRef, outcome: CommitOutcome): Promise<void> {
    if (outcome.kind !== 'processing' || !outcome.resume) return;
    await this.journal.saveResume(armed, outcome.resume).catch((error: unknown) => {
      this.logger.warn({ err: error, targetId: armed.targetId }, 'The handle of an accepted post cannot be kept');
    });
  }

  private settlePreparation(target: TargetRecord, armed: ArmedRef, outcome: NotReady): Promise<void> {
    return this.settle.execute({
      targetId: target.id,
      attemptId: armed.attemptId,
      actor: 'worker',
      decide: (current, attempt, context) => settleNotReady(current, attempt, outcome, context),
    });
  }

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
      decide: (current, attempt, context) => settleAnswer(current, attempt, outcome, context),
    });
  }
}

/** An adapter that throws in the irreversible call is a bug, and its effect is unknown. */
const asUnknown = (error: unknown): CommitOutcome => ({ kind: 'unknown', detail: String(error) });

/** Media, credentials or the journal could not be read: ours to mend, and nothing was sent. */
const asOwnFault = (error: unknown): Extract<NotReady, { kind: 'own_fault' }> => ({
  kind: 'own_fault',
  detail: String(error),
});
