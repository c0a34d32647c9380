import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock.port.js';
import { EventLog } from '../../../kernel/event-log.port.js';
import { type Tx, UnitOfWork } from '../../../kernel/transaction.js';
import { AuditLog } from '../../domain/audit-log.port.js';
import { DISABLE_AFTER_MS, judgeTry, type TryResult } from '../../domain/webhooks/delivery.policy.js';
import { type ClaimedDelivery, DeliveryQueue } from '../../domain/webhooks/webhooks.port.js';

/** Writes down how a try ended, and switches a webhook off that has failed for too long or left. */
@Injectable()
export class SettleDelivery {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly queue: DeliveryQueue,
    private readonly events: EventLog,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** @param jitterRatio 0..1 */
  execute(claimed: ClaimedDelivery, result: TryResult, jitterRatio: number): Promise<void> {
    const verdict = judgeTry(result, claimed.tries, jitterRatio);
    return this.unitOfWork.run(async (tx) => {
      const failingSince = await this.queue.settle(claimed, result, verdict, tx);
      if (!failingSince) return;
      if (verdict.kind === 'gone') await this.disable(claimed, 'gone', tx);
      else if (this.clock.now().getTime() - failingSince.getTime() >= DISABLE_AFTER_MS)
        await this.disable(claimed, 'failing', tx);
    });
  }

  private async disable(claimed: ClaimedDelivery, reason: 'gone' | 'failing', tx: Tx): Promise<void> {
    if (!(await this.queue.disable(claimed, reason, tx))) return;
    const { webhookId, workspaceId, url } = claimed;
    // All receivers of the workspace learn of it: a path or query may hold this one's secret.
    const payload = { webhookId, url: new URL(url).origin, reason };
    await this.events.append([{ workspaceId, type: 'webhook.disabled', subjectId: webhookId, payload }], tx);
    const entry = { workspaceId, actor: 'system', action: 'webhook.disabled', subjectId: webhookId, detail: payload };
    await this.audit.append(entry, tx);
  }
}
