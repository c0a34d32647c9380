import { Injectable } from '@nestjs/common';
import { notFound } from '../../kernel/domain-error.js';
import type { Tx } from '../../kernel/transaction.js';
import { AuditLog } from '../../workspaces/index.js';
import { mailNotConfigured, noRecipients, wrongBroadcastStatus } from '../domain/audience.errors.js';
import { type Broadcast, contentHash } from '../domain/broadcast.js';
import { Broadcasts } from '../domain/broadcasts.port.js';
import { Mailer } from '../domain/mailer.port.js';
import { Recipients } from '../domain/recipients.port.js';
import type { BroadcastRef } from './edit-broadcast.js';
import { PreviewBroadcast } from './preview-broadcast.js';

/** Approves a draft: renders it for real people, freezes content and recipients, lets the sender take over. */
@Injectable()
export class StartBroadcast {
  constructor(
    private readonly broadcasts: Broadcasts,
    private readonly recipients: Recipients,
    private readonly preview: PreviewBroadcast,
    private readonly mailer: Mailer,
    private readonly audit: AuditLog,
  ) {}

  /**
   * @throws DomainError `mail.not_configured`, `broadcast.not_found`, `broadcast.wrong_status`, `template.*`,
   *   `broadcast.no_recipients`
   */
  async execute({ workspaceId, id, actor }: BroadcastRef, tx: Tx): Promise<Broadcast> {
    const broadcast = await this.broadcasts.lock(workspaceId, id, tx);
    if (!broadcast) throw notFound('broadcast', id);
    if (broadcast.status !== 'draft') throw wrongBroadcastStatus(broadcast.status, 'be sent');
    if (!this.mailer.isConfigured) throw mailNotConfigured();
    await this.preview.execute(broadcast, tx);
    const recipients = await this.recipients.freeze(broadcast, tx);
    if (recipients === 0) throw noRecipients();
    const hash = contentHash(broadcast);
    const frozen = await this.broadcasts.freeze(broadcast, { hash, approvedBy: actor }, tx);
    const detail = { recipients, contentHash: hash.toString('hex') };
    await this.audit.append({ workspaceId, actor, action: 'broadcast.approved', subjectId: id, detail }, tx);
    return frozen;
  }
}
