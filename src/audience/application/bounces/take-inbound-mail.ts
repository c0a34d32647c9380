import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../kernel/transaction.js';
import { classifyInbound } from '../../domain/bounces/classify-inbound.js';
import type { InboundFinding, InboundReading } from '../../domain/bounces/inbound-finding.js';
import { evidenceOf, reportKeyOf } from '../../domain/bounces/report-evidence.js';
import { ChangeSubscription } from '../lists/change-subscription.js';
import { type OwnedReport, RecordDelivery } from './record-delivery.js';
import { TraceMail } from './trace-mail.js';

/** A mail that reached us, by whichever way. */
export interface InboundMail {
  readonly raw: Buffer;
  /** RCPT TO; empty when it was read from a mailbox. */
  readonly envelope: readonly string[];
}

/**
 * - `recorded`: a report of a mail of ours, new
 * - `known`: the same report, told again
 * - `left`: somebody asked to be taken off the list, and is
 * - `not_ours`: a report of a mail that we did not send, or that cannot be told
 * - `nothing`: nothing to act on
 */
export type InboundResult = 'recorded' | 'known' | 'left' | 'not_ours' | 'nothing';

/** Both ways of mail to us end here: what it means, whose mail it is about, and what follows. */
@Injectable()
export class TakeInboundMail {
  constructor(
    private readonly trace: TraceMail,
    private readonly record: RecordDelivery,
    private readonly change: ChangeSubscription,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Taking the same mail twice is as good as once. */
  async execute({ raw, envelope }: InboundMail): Promise<InboundResult> {
    const reading = classifyInbound(raw, envelope);
    if (await this.leaves(reading.traces.unsubscribeTokens)) return 'left';
    const { finding } = reading;
    if (finding.kind === 'other') return 'nothing';
    const [owner] = await this.trace.execute([reading.traces]);
    if (!owner) return 'not_ours';
    const owned = { owner, report: reportOf(finding, reading, raw) };
    const fresh = await this.unitOfWork.runPatiently((tx) => this.record.execute([owned], tx));
    return fresh > 0 ? 'recorded' : 'known';
  }

  private async leaves(tokens: readonly string[]): Promise<boolean> {
    const results = [];
    for (const token of tokens) results.push(await this.change.unsubscribe(token, {}));
    return results.some((result) => result !== 'unknown_link');
  }
}

type Told = Exclude<InboundFinding, { kind: 'other' }>;

const reportOf = (finding: Told, { messageId }: InboundReading, raw: Buffer): OwnedReport['report'] => ({
  kind: finding.kind,
  deliveryClass: finding.kind === 'bounce' ? finding.deliveryClass : null,
  isFinal: finding.kind === 'bounce' ? finding.isFinal : true,
  source: 'mail',
  evidence: evidenceOf(finding.evidence),
  reportKey: reportKeyOf('mail', messageId ?? raw.toString('latin1')),
});
