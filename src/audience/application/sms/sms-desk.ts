import { Injectable } from '@nestjs/common';
import { notFound } from '../../../kernel/domain-error.js';
import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import { AuditLog } from '../../../workspaces/index.js';
import { wrongBroadcastStatus } from '../../domain/audience.errors.js';
import { Approvals } from '../../domain/sending/approvals.port.js';
import { Broadcasts } from '../../domain/sending/broadcasts.port.js';
import { assertSmsSettings, type SmsSettings, type SmsSettingsInput } from '../../domain/sms/sms-settings.js';
import { SmsSettingsStore } from '../../domain/sms/sms-settings.port.js';
import { SmsWords } from '../../domain/sms/sms-words.port.js';

/** Who changes what, having seen which version. */
export interface SmsRef {
  readonly workspaceId: WorkspaceId;
  readonly actor: string;
}

/** Sets how a workspace texts, and what a broadcast's text says. */
@Injectable()
export class SmsDesk {
  constructor(
    private readonly settings: SmsSettingsStore,
    private readonly words: SmsWords,
    private readonly broadcasts: Broadcasts,
    private readonly approvals: Approvals,
    private readonly audit: AuditLog,
  ) {}

  /**
   * @param assertFresh refuses a stale copy; 0 is the version before the first
   * @throws DomainError `sms.bad_settings`, `sms.sender_taken`, `sms_settings.changed`
   */
  async replace(
    { workspaceId, actor }: SmsRef,
    settings: SmsSettingsInput,
    assertFresh: (actual: number) => void,
    tx: Tx,
  ): Promise<SmsSettings> {
    assertSmsSettings(settings);
    assertFresh((await this.settings.lock(workspaceId, tx))?.version ?? 0);
    const saved = await this.settings.save(workspaceId, settings, tx);
    const entry = {
      workspaceId,
      actor,
      action: 'sms_settings.changed',
      subjectId: workspaceId,
      detail: { ...settings },
    };
    await this.audit.append(entry, tx);
    return saved;
  }

  /**
   * Other words need another approval.
   * @throws DomainError `broadcast.not_found`, `broadcast.wrong_status`
   */
  async word({ workspaceId, actor }: SmsRef, broadcastId: string, text: string | null, tx: Tx): Promise<void> {
    const broadcast = await this.broadcasts.lock(workspaceId, broadcastId, tx);
    if (!broadcast) throw notFound('broadcast', broadcastId);
    if (!(await this.words.set(workspaceId, broadcastId, text, tx)))
      throw wrongBroadcastStatus(broadcast.status, 'be edited');
    await this.approvals.clear(broadcast, tx);
    await this.audit.append({ workspaceId, actor, action: 'broadcast.text_changed', subjectId: broadcastId }, tx);
  }
}
