import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock.port.js';
import { DomainError } from '../../../kernel/domain-error.js';
import { UnitOfWork, type Tx } from '../../../kernel/transaction.js';
import type { Broadcast } from '../../domain/sending/broadcast.js';
import { Broadcasts } from '../../domain/sending/broadcasts.port.js';
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

  /** Starts what is due; what cannot start is a draft again that says why. @returns how many started */
  async startDue(): Promise<number> {
    let started = 0;
    for (const { workspaceId, id, approvedBy } of await this.broadcasts.scheduledDue()) {
      const ref = { workspaceId, id, actor: approvedBy };
      const code = await this.unitOfWork
        .run((tx) => this.start.execute(ref, tx))
        .then(
          () => undefined,
          (error: unknown) => codeOf(error),
        );
      if (code === undefined) started += 1;
      else await this.unitOfWork.run((tx) => this.takeBack(ref, code, tx));
    }
    return started;
  }

  private async takeBack(ref: BroadcastRef, code: string, tx: Tx): Promise<void> {
    const broadcast = await this.broadcasts.lock(ref.workspaceId, ref.id, tx);
    if (broadcast?.status === 'scheduled') await this.broadcasts.unschedule(broadcast, code, tx);
  }
}

const codeOf = (error: unknown): string => {
  if (error instanceof DomainError) return error.code;
  throw error;
};
