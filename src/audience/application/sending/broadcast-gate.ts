import { Injectable } from '@nestjs/common';
import { notFound } from '../../../kernel/domain-error.js';
import type { Tx } from '../../../kernel/transaction.js';
import { AuditLog } from '../../../workspaces/index.js';
import { noRecipients, wrongBroadcastStatus } from '../../domain/audience.errors.js';
import { type Broadcast, type BroadcastStatus, contentHash } from '../../domain/sending/broadcast.js';
import { BroadcastChannels } from '../../domain/notices/broadcast-channels.port.js';
import { Broadcasts } from '../../domain/sending/broadcasts.port.js';
import { Recipients } from '../../domain/sending/recipients.port.js';
import { Approvals } from '../../domain/sending/approvals.port.js';
import type { BroadcastRef } from './edit-broadcast.js';
import { Preflight } from './preflight.js';

/** What everything that lets a broadcast out shares: the locked row, its audience, the journal. */
@Injectable()
export class BroadcastGate {
  constructor(
    private readonly broadcasts: Broadcasts,
    private readonly recipients: Recipients,
    private readonly channels: BroadcastChannels,
    private readonly preflight: Preflight,
    private readonly approvals: Approvals,
    private readonly audit: AuditLog,
  ) {}

  /** @throws DomainError `broadcast.not_found`, `broadcast.wrong_status` */
  async lock(
    { workspaceId, id }: BroadcastRef,
    statuses: readonly BroadcastStatus[],
    wanted: string,
    tx: Tx,
  ): Promise<Broadcast> {
    const broadcast = await this.broadcasts.lock(workspaceId, id, tx);
    if (!broadcast) throw notFound('broadcast', id);
    if (!statuses.includes(broadcast.status)) throw wrongBroadcastStatus(broadcast.status, wanted);
    return broadcast;
  }

  /**
   * @returns how many people would get it now
   * @throws DomainError `template.*`, `broadcast.preflight_failed`, `broadcast.no_recipients`
   */
  async assertContent(broadcast: Broadcast, tx: Tx): Promise<number> {
    await this.preflight.assertContent(broadcast, tx);
    const recipients =
      (await this.recipients.countEligible(broadcast, tx)) + (await this.channels.count(broadcast, tx));
    if (recipients === 0) throw noRecipients();
    return recipients;
  }

  /** Someone vouches for a draft as it is now; an edit makes that void. */
  async approve(ref: BroadcastRef, tx: Tx): Promise<Broadcast> {
    const broadcast = await this.lock(ref, ['draft'], 'be approved', tx);
    await this.assertContent(broadcast, tx);
    const hash = contentHash(broadcast);
    await this.approvals.add(broadcast, { actor: ref.actor, hash }, tx);
    await this.note(ref, 'broadcast.vouched', { contentHash: hash.toString('hex') }, tx);
    return broadcast;
  }

  note(
    { workspaceId, id, actor }: BroadcastRef,
    action: string,
    detail: Record<string, unknown>,
    tx: Tx,
  ): Promise<void> {
    return this.audit.append({ workspaceId, actor, action, subjectId: id, detail }, tx);
  }
}
