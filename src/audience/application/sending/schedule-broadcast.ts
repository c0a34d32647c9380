import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock.port.js';
import { DomainError } from '../../../kernel/domain-error.js';
import { UnitOfWork, type Tx } from '../../../kernel/transaction.js';
import type { Broadcast } from '../../domain/sending/broadcast.js';
import { Broadcasts, type DueBroadcast } from '../../domain/sending/broadcasts.port.js';
import { scheduleInPast } from '../../domain/sending/sending.errors.js';
import type { BroadcastRef } from './edit-broadcast.js';
import { acceptedDetail, type SendingOrder, StartBroadcast } from './start-broadcast.js';
import { BroadcastGate } from './broadcast-gate.js';
import { SendApproval } from './send-approval.js';

/** Approves a draft now and starts it later; recipients are frozen when it starts. */
@Injectable()
export class ScheduleBroadcast {
  constructor(
    private readonly gate: BroadcastGate,
    private readonly broadcasts: Broadcasts,
    private readonly start: StartBroadcast,
    private readonly approval: SendApproval,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError as `StartBroadcast`, and `broadcast.schedule_in_past` */
  async schedule(
    ref: BroadcastRef,
    { at, confirmed, accepted }: SendingOrder & { readonly at: Date },
    tx: Tx,
  ): Promise<Broadcast> {
    const broadcast = await this.gate.lock(ref, ['draft', 'scheduled'], 'be scheduled', tx);
    if (at <= this.clock.now()) throw scheduleInPast();
    const recipients = await this.gate.assertContent(broadcast, tx);
    await this.approval.assert(broadcast, { actor: ref.actor, recipients, confirmed }, tx);
    const scheduled = await this.broadcasts.schedule(broadcast, { at, approvedBy: ref.actor }, tx);
    await this.gate.note(
      ref,
      'broadcast.scheduled',
      { scheduledAt: at.toISOString(), ...acceptedDetail(accepted) },
      tx,
    );
    return scheduled;
  }

  /** Makes it a draft again. */
  async unschedule(ref: BroadcastRef, tx: Tx): Promise<Broadcast> {
    const broadcast = await this.gate.lock(ref, ['scheduled'], 'be unscheduled', tx);
    const draft = await this.broadcasts.unschedule(broadcast, null, tx);
    await this.gate.note(ref, 'broadcast.unscheduled', {}, tx);
    return draft;
  }

  /**
   * Starts what is due; what cannot start is a draft again that says why. One that fails keeps no other waiting.
   * @returns how many started
   */
  async startDue(): Promise<number> {
    let started = 0;
    const faults: unknown[] = [];
    for (const due of await this.broadcasts.scheduledDue()) {
      try {
        if (await this.startOne(due)) started += 1;
      } catch (error) {
        faults.push(error);
      }
    }
    if (faults.length > 0) throw new AggregateError(faults, `${faults.length} broadcasts could not be started.`);
    return started;
  }

  private async startOne(due: DueBroadcast): Promise<boolean> {
    const ref = { workspaceId: due.workspaceId, id: due.id, actor: due.approvedBy };
    try {
      return await this.unitOfWork.run(async (tx) => {
        const isUnchanged = (await this.unchanged(due, tx)) !== undefined;
        if (isUnchanged) await this.start.execute(ref, tx);
        return isUnchanged;
      });
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      await this.unitOfWork.run((tx) => this.takeBack(due, error.code, tx));
      return false;
    }
  }

  private async takeBack(due: DueBroadcast, code: string, tx: Tx): Promise<void> {
    const broadcast = await this.unchanged(due, tx);
    if (broadcast) await this.broadcasts.unschedule(broadcast, code, tx);
  }

  /** Whoever took it back or put it off meanwhile is obeyed. */
  private async unchanged({ workspaceId, id, version }: DueBroadcast, tx: Tx): Promise<Broadcast | undefined> {
    const broadcast = await this.broadcasts.lock(workspaceId, id, tx);
    return broadcast?.version === version ? broadcast : undefined;
  }
}
