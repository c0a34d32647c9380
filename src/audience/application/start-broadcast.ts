import { Injectable } from '@nestjs/common';
import { notFound } from '../../kernel/domain-error.js';
import type { Tx } from '../../kernel/transaction.js';
import { AuditLog } from '../../workspaces/index.js';
import { noRecipients, wrongBroadcastStatus } from '../domain/audience.errors.js';
import { type Broadcast, contentHash } from '../domain/broadcast.js';
import { Broadcasts } from '../domain/broadcasts.port.js';
import { BroadcastChannels } from '../domain/notices/broadcast-channels.port.js';
import { Recipients } from '../domain/recipients.port.js';
import type { BroadcastRef } from './edit-broadcast.js';
import { Preflight } from './sending/preflight.js';
import { SendApproval } from './sending/send-approval.js';

/** Starts a draft or a scheduled one: looks at it, freezes content and recipients, lets the sender take over. */
@Injectable()
export class StartBroadcast {
  constructor(
    private readonly broadcasts: Broadcasts,
    private readonly recipients: Recipients,
    private readonly channels: BroadcastChannels,
    private readonly preflight: Preflight,
    private readonly approval: SendApproval,
    private readonly audit: AuditLog,
  ) {}

  /**
   * @param confirmed how many people the caller says there are
   * @throws DomainError `mail.not_configured`, `broadcast.not_found`, `broadcast.wrong_status`, `template.*`,
   *   `broadcast.preflight_failed`, `broadcast.no_recipients`, `broadcast.confirm_recipients`,
   *   `broadcast.second_approval_needed`
   */
  async execute({ workspaceId, id, actor }: BroadcastRef, tx: Tx, confirmed?: number): Promise<Broadcast> {
    const broadcast = await this.broadcasts.lock(workspaceId, id, tx);
    if (!broadcast) throw notFound('broadcast', id);
    const isScheduled = broadcast.status === 'scheduled';
    if (broadcast.status !== 'draft' && !isScheduled) throw wrongBroadcastStatus(broadcast.status, 'be sent');
    await this.preflight.assertContent(broadcast, tx);
    const recipients = (await this.recipients.freeze(broadcast, tx)) + (await this.channels.freeze(broadcast, tx));
    if (recipients === 0) throw noRecipients();
    // What was scheduled was approved then, by the same content.
    if (!isScheduled) await this.approval.assert(broadcast, { actor, recipients, confirmed }, tx);
    const hash = contentHash(broadcast);
    const frozen = await this.broadcasts.freeze(broadcast, { hash, approvedBy: actor }, tx);
    const detail = { recipients, contentHash: hash.toString('hex') };
    await this.audit.append({ workspaceId, actor, action: 'broadcast.approved', subjectId: id, detail }, tx);
    return frozen;
  }
}
