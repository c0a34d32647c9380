import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock.port.js';
import { UnitOfWork } from '../../../kernel/transaction.js';
import type { HookCall, MailEvent, MailProvider } from '../../domain/bounces/mail-events.js';
import { replayedHook } from '../../domain/bounces/mail-hook.errors.js';
import { MailHookLedger } from '../../domain/bounces/mail-hook-ledger.port.js';
import { MailHooks } from '../../domain/bounces/mail-hooks.js';
import { evidenceOf, reportKeyOf } from '../../domain/bounces/report-evidence.js';
import { type OwnedReport, RecordDelivery } from './record-delivery.js';
import { TraceMail } from './trace-mail.js';

/** Takes what mail providers tell: proven, once, and stored in the transaction that remembers the call. */
@Injectable()
export class ReceiveMailEvents {
  constructor(
    private readonly hooks: MailHooks,
    private readonly ledger: MailHookLedger,
    private readonly trace: TraceMail,
    private readonly record: RecordDelivery,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * @returns how many reports are new; of mails that are none of ours nothing is kept
   * @throws DomainError `mail_hook.replayed`, and what the provider's `MailHook.read` refuses
   */
  async execute(provider: MailProvider, call: HookCall): Promise<number> {
    const { replayKey, events } = await this.hooks.get(provider).read(call, this.clock.now());
    const owners = await this.trace.execute(events);
    const owned = events.flatMap((event, index): OwnedReport[] => {
      const owner = owners[index];
      return owner ? [{ owner, report: reportOf(provider, event) }] : [];
    });
    return this.unitOfWork.runPatiently(async (tx) => {
      if (!(await this.ledger.take(provider, replayKey, tx))) throw replayedHook(provider);
      return this.record.execute(owned, tx);
    });
  }
}

const reportOf = (source: MailProvider, event: MailEvent): OwnedReport['report'] => ({
  kind: event.kind,
  deliveryClass: event.deliveryClass,
  isFinal: event.isFinal,
  source,
  evidence: evidenceOf(event.evidence),
  reportKey: reportKeyOf(source, event.key),
});
