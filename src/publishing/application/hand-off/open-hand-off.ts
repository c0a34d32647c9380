import { Injectable } from '@nestjs/common';
import { derivedId } from '../../../kernel/ids.js';
import { UnitOfWork } from '../../../kernel/transaction.js';
import { AttemptJournal } from '../../domain/firing/firing.port.js';
import { handOver } from '../../domain/hand-off/hand-off.policy.js';
import { HandOffs } from '../../domain/hand-off/hand-offs.port.js';
import type { ArmedRef, TargetRecord } from '../../domain/targets/target-record.js';
import { TargetStore } from '../../domain/targets/target-store.port.js';
import { RunEffects } from '../firing/run-effects.js';
import { HandOffClock } from './hand-off-clock.js';

/**
 * Makes a due target a person's task. Nothing leaves this process: the mail is sent from the row, so a worker that
 * dies before the row is written has told nobody, and the target is fired again.
 */
@Injectable()
export class OpenHandOff {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly handOffs: HandOffs,
    private readonly store: TargetStore,
    private readonly journal: AttemptJournal,
    private readonly effects: RunEffects,
    private readonly clock: HandOffClock,
  ) {}

  async execute({ id: targetId }: TargetRecord, armed: ArmedRef): Promise<void> {
    const handOffId = derivedId('handoff', armed.attemptId);
    // The handle proves the post when the person gives no link. Without the lease somebody else has the target.
    if (!(await this.journal.saveResume(armed, { handle: `handoff:${handOffId}` }))) return;
    await this.unitOfWork.run(async (tx) => {
      const target = await this.store.lock(targetId, tx);
      const attempt = target && (await this.journal.get(armed.attemptId, tx));
      if (target?.status !== 'publishing' || attempt?.state !== 'intended') return;
      const { workspaceId, accountId } = target;
      const expiresAt = this.clock.expiresAt(target);
      const handOff = { id: handOffId, workspaceId, targetId, attemptId: attempt.id, accountId, expiresAt };
      const step = handOver(expiresAt);
      await this.handOffs.open(handOff, tx);
      await this.store.apply({ target, attemptId: attempt.id, step, cause: { actor: 'worker' } }, tx);
      await this.effects.execute(target, step, undefined, tx);
    });
  }
}
