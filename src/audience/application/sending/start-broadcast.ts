import { Injectable } from '@nestjs/common';
import { notFound } from '../../../kernel/domain-error.js';
import type { Tx } from '../../../kernel/transaction.js';
import { AuditLog } from '../../../workspaces/index.js';
import { noRecipients, wrongBroadcastStatus } from '../../domain/audience.errors.js';
import { type Broadcast, contentHash } from '../../domain/sending/broadcast.js';
import { Broadcasts } from '../../domain/sending/broadcasts.port.js';
import { BroadcastChannels } from '../../domain/notices/broadcast-channels.port.js';
import { Recipients } from '../../domain/sending/recipients.port.js';
import type { BroadcastRef } from './edit-broadcast.js';
import type { DomainCheckName } from '../../domain/sending/finding.js';
import { Preflight } from './preflight.js';
import { SendApproval } from './send-approval.js';

/** What whoever sends says along with it. */
export interface SendingOrder {
  /** How many people they say there are. */
  readonly confirmed?: number | undefined;
  /** Findings they were told of and accept. */
  readonly accepted?: readonly DomainCheckName[] | undefined;
}

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
   * @throws DomainError `mail.not_configured`, `broadcast.not_found`, `broadcast.wrong_status`, `template.*`,
   *   `broadcast.preflight_failed`, `broadcast.no_recipients`, `broadcast.confirm_recipients`,
   *   `broadcast.second_approval_needed`
   */
  async execute(ref: BroadcastRef, tx: Tx, { confirmed, accepted = [] }: SendingOrder = {}): Promise<Broadcast> {
    const { workspaceId, id, actor } = ref;
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
    const detail = {
      recipients,
      contentHash: hash.toString('hex'),
      ...acceptedDetail(accepted),
    };
    await this.audit.append({ workspaceId, actor, action: 'broadcast.approved', subjectId: id, detail }, tx);
    return frozen;
  }
}

/** What the journal keeps of findings that somebody took upon themselves. */
export const acceptedDetail = (accepted: readonly DomainCheckName[] = []): Record<string, unknown> =>
  accepted.length > 0 ? { acceptedFindings: accepted } : {};
