import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock.port.js';
import type { Tx } from '../../../kernel/transaction.js';
import { UnitOfWork } from '../../../kernel/transaction.js';
import { AuditLog } from '../../../workspaces/index.js';
import { departing } from '../../domain/notifications/departure.js';
import { Ledger, type Sending } from '../../domain/notifications/ledger.port.js';
import { Messenger } from '../../domain/notifications/messenger.port.js';
import { judgeSend, type SendResult, type SendVerdict } from '../../domain/notifications/send.policy.js';
import { NotificationSettings } from '../../notification-settings.js';

/** How a send ended, and what follows. */
export interface EndedSend {
  readonly result: SendResult;
  readonly verdict: SendVerdict;
  readonly durationMs: number;
}

/** One send whose intent is committed: the call, and its end written down. */
@Injectable()
export class SendNotification {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly ledger: Ledger,
    private readonly messenger: Messenger,
    private readonly audit: AuditLog,
    private readonly settings: NotificationSettings,
    private readonly clock: Clock,
  ) {}

  /** @param jitterRatio 0..1 */
  async execute(sending: Sending, jitterRatio: number): Promise<EndedSend> {
    const startedAt = this.clock.now().getTime();
    const message = departing(sending.message, {
      ageMs: startedAt - sending.lastAt.getTime(),
      lateAfterMs: this.settings.timing.lateAfterMs,
      isRepeat: sending.unknowns > 0,
    });
    const result = await this.messenger.send(sending, message);
    const durationMs = Math.max(0, this.clock.now().getTime() - startedAt);
    return this.unitOfWork.run((tx) => this.settle(sending, { result, durationMs, jitterRatio }, tx));
  }

  /** Sends of processes that are gone: what a webhook was to get is harmless to hand over again, the rest is unknown. */
  async settleAbandoned(limit: number): Promise<number> {
    return this.unitOfWork.run(async (tx) => {
      const abandoned = await this.ledger.takeAbandoned(limit, tx);
      for (const sending of abandoned) {
        const detail = 'The process that sent it ended before it could write down the answer.';
        const result: SendResult =
          sending.kind === 'webhook' ? { kind: 'not_sent', lasting: 'temporary', detail } : { kind: 'unknown', detail };
        await this.settle(sending, { result, durationMs: 0, jitterRatio: 0 }, tx);
      }
      return abandoned.length;
    });
  }

  private async settle(
    sending: Sending,
    { result, durationMs, jitterRatio }: { result: SendResult; durationMs: number; jitterRatio: number },
    tx: Tx,
  ): Promise<EndedSend> {
    const { repeatAfterMs } = this.settings.timing;
    // A test tells how one try ended; it is never tried again by itself.
    const verdict = asTest(sending, judgeSend(result, sending, { repeatAfterMs, jitterRatio }));
    const ended = { result, verdict, durationMs };
    const isOurs = await this.ledger.settle(sending, ended, tx);
    if (isOurs && verdict.kind === 'failed' && verdict.isGone && sending.family !== 'test')
      await this.switchOff(sending, result.detail, tx);
    return ended;
  }

  private async switchOff(sending: Sending, why: string, tx: Tx): Promise<void> {
    if (!(await this.ledger.disable(sending, tx))) return;
    const { workspaceId, channelId: id } = sending;
    await this.ledger.dropWaiting({ id, workspaceId }, `The channel was switched off: ${why}`, tx);
    const action = 'notification_channel.disabled';
    await this.audit.append(
      { workspaceId, actor: 'system', action, subjectId: id, detail: { reason: 'gone', why } },
      tx,
    );
  }
}

const asTest = ({ family }: Sending, verdict: SendVerdict): SendVerdict => {
  if (family !== 'test') return verdict;
  if (verdict.kind === 'retry') return { kind: 'failed', isGone: false };
  return verdict.kind === 'tell_again' ? { kind: 'unknown' } : verdict;
};
