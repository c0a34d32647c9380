import { Injectable } from '@nestjs/common';
import { EventLog } from '../../../kernel/event-log.port.js';
import type { WorkspaceId } from '../../../kernel/ids.js';
import { UnitOfWork } from '../../../kernel/transaction.js';
import { DeliveryReports } from '../../domain/bounces/delivery-reports.port.js';
import { Broadcasts } from '../../domain/sending/broadcasts.port.js';
import { Recipients } from '../../domain/sending/recipients.port.js';
import {
  type GuardFinding,
  guardFindings,
  guardSentence,
  type ReceiverCount,
} from '../../domain/sending/guards.policy.js';
import { receiverOfDomain } from '../../domain/sending/receiver.js';

type Found = GuardFinding & { readonly broadcastId: string };

/** Pauses what too many people complain about, or what goes to too many addresses that do not exist. */
@Injectable()
export class GuardBroadcasts {
  constructor(
    private readonly broadcasts: Broadcasts,
    private readonly recipients: Recipients,
    private readonly reports: DeliveryReports,
    private readonly events: EventLog,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * @returns the findings of every broadcast that is watched; those of level `pause` have been acted on
   * @throws AggregateError after the last of them, when some could not be looked at
   */
  async runOnce(): Promise<readonly Found[]> {
    const found: Found[] = [];
    const faults: unknown[] = [];
    for (const { workspaceId, id } of await this.broadcasts.guarded()) {
      try {
        found.push(...(await this.guard(workspaceId, id)));
      } catch (fault) {
        faults.push(fault);
      }
    }
    if (faults.length > 0) throw new AggregateError(faults, `${faults.length} broadcasts could not be guarded.`);
    return found;
  }

  private async guard(workspaceId: WorkspaceId, broadcastId: string): Promise<readonly Found[]> {
    const findings = guardFindings(await this.countsOf(broadcastId));
    const grave = findings.find(({ level }) => level === 'pause');
    if (grave) await this.pause(workspaceId, broadcastId, grave);
    return findings.map((finding) => ({ ...finding, broadcastId }));
  }

  private async countsOf(id: string): Promise<readonly ReceiverCount[]> {
    const reports = await this.reports.tally(id);
    // Nothing came back: there is nothing to divide.
    if (reports.length === 0) return [];
    const counts = new Map<string, ReceiverCount>();
    const add = (domain: string, change: Partial<ReceiverCount>): void => {
      const receiver = receiverOfDomain(domain);
      const { accepted, hard, complaints } = counts.get(receiver) ?? { accepted: 0, hard: 0, complaints: 0 };
      counts.set(receiver, {
        receiver,
        accepted: accepted + (change.accepted ?? 0),
        hard: hard + (change.hard ?? 0),
        complaints: complaints + (change.complaints ?? 0),
      });
    };
    for (const { domain, accepted } of await this.recipients.acceptedBy(id)) add(domain, { accepted });
    for (const { domain, hard, complaints } of reports) add(domain, { hard, complaints });
    return [...counts.values()];
  }

  private async pause(workspaceId: WorkspaceId, id: string, finding: GuardFinding): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const broadcast = await this.broadcasts.lock(workspaceId, id, tx);
      if (broadcast?.status !== 'sending') return;
      const reason = guardSentence(finding);
      await this.broadcasts.setStatus(broadcast, 'paused', tx, reason);
      const payload = { broadcastId: id, kind: broadcast.kind, incidentId: broadcast.incidentId, reason };
      await this.events.append([{ workspaceId, type: 'broadcast.paused', subjectId: id, payload }], tx);
    });
  }
}
