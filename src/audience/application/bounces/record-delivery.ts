import { Injectable } from '@nestjs/common';
import { type DomainEvent, EventLog } from '../../../kernel/event-log.port.js';
import { type Tx, UnitOfWork } from '../../../kernel/transaction.js';
import { classifyReply } from '../../domain/bounces/classify-reply.js';
import { DeliveryReports, type NewDeliveryReport } from '../../domain/bounces/delivery-reports.port.js';
import { type MailOwner, MailOwners } from '../../domain/bounces/mail-owners.port.js';
import { type Consequence, consequenceOf, isSoft, SOFT_WINDOW_MS } from '../../domain/bounces/pause.policy.js';
import { evidenceOf, reportKeyOf } from '../../domain/bounces/report-evidence.js';
import { SuppressAddresses } from '../lists/suppress-addresses.js';

/** What was told of one mail, and whose it was. */
export interface OwnedReport {
  readonly owner: MailOwner;
  readonly report: Omit<NewDeliveryReport, 'workspaceId' | 'broadcastId' | 'subscriberId' | 'domain'>;
}

/** A mail that the server refused for good while we spoke to it. */
export interface Refusal {
  readonly broadcastId: string;
  readonly subscriberId: string;
  readonly code?: number | undefined;
  /** The server's words. */
  readonly text: string;
}

const NO_SOFT_BOUNCES = { bounces: 0, broadcasts: 0 };

/** Stores what came back, takes people off the list or pauses them where the policy says so, and tells who follows. */
@Injectable()
export class RecordDelivery {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly reports: DeliveryReports,
    private readonly owners: MailOwners,
    private readonly suppress: SuppressAddresses,
    private readonly events: EventLog,
  ) {}

  /** Refusals of our own tries; of mails that are not in the ledger nothing is kept. @returns how many are new */
  async refused(refusals: readonly Refusal[]): Promise<number> {
    const owners = await this.owners.find(refusals);
    const owned = refusals.flatMap((refusal, index) => {
      const owner = owners[index];
      return owner ? [{ owner, report: reportOf(refusal) }] : [];
    });
    return owned.length === 0 ? 0 : this.unitOfWork.runPatiently((tx) => this.execute(owned, tx));
  }

  /** @returns how many were not known yet; one that is told again changes nothing */
  async execute(owned: readonly OwnedReport[], tx: Tx): Promise<number> {
    const hmacs = new Map(owned.map(({ owner }) => [owner.subscriberId, owner.addressHmac]));
    const fresh = await this.reports.add(owned.map(toReport), tx);
    for (const [workspaceId, reports] of Map.groupBy(fresh, (report) => report.workspaceId)) {
      const done: Judged[] = [];
      for (const judged of await this.judged(workspaceId, reports, tx))
        if (await this.suppressed(judged, hmacs.get(judged.report.subscriberId), tx)) done.push(judged);
      await this.events.append(done.flatMap(eventOf), tx);
    }
    return fresh.length;
  }

  /** @returns false when nothing changed: the class asks for nothing, or the address is suppressed as strongly */
  private async suppressed(
    { report, consequence: reason }: Judged,
    addressHmac: Buffer | undefined,
    tx: Tx,
  ): Promise<boolean> {
    if (reason === 'none' || !addressHmac) return false;
    const row = { channel: 'email' as const, addressHmac, reason, note: report.evidence };
    return (await this.suppress.execute(report.workspaceId, [row], tx)) > 0;
  }

  private async judged(workspaceId: string, reports: readonly NewDeliveryReport[], tx: Tx): Promise<readonly Judged[]> {
    const softly = reports.filter(isSoft).map(({ subscriberId }) => subscriberId);
    const counts =
      softly.length > 0 ? await this.reports.softBounces(workspaceId, softly, SOFT_WINDOW_MS, tx) : undefined;
    return reports.map((report) => ({
      report,
      consequence: consequenceOf(report, counts?.get(report.subscriberId) ?? NO_SOFT_BOUNCES),
    }));
  }
}

interface Judged {
  readonly report: NewDeliveryReport;
  readonly consequence: Consequence;
}

const toReport = ({ owner, report }: OwnedReport): NewDeliveryReport => {
  const { workspaceId, broadcastId, subscriberId, domain } = owner;
  return { ...report, workspaceId, broadcastId, subscriberId, domain };
};

const reportOf = ({ broadcastId, subscriberId, code, text }: Refusal): OwnedReport['report'] => ({
  kind: 'bounce',
  deliveryClass: classifyReply(code, undefined, text),
  isFinal: true,
  source: 'smtp',
  evidence: evidenceOf(text),
  // A row is refused for good once.
  reportKey: reportKeyOf('smtp', broadcastId, subscriberId),
});

const eventOf = ({ report, consequence }: Judged): readonly DomainEvent[] => {
  if (consequence === 'none') return [];
  const { workspaceId, broadcastId, subscriberId, deliveryClass, source } = report;
  const payload = { subscriberId, broadcastId, deliveryClass, source };
  return [{ workspaceId, type: `subscriber.${consequence}`, subjectId: subscriberId, payload }];
};
