import { Injectable } from '@nestjs/common';
import type { WorkspaceId } from '../../../kernel/ids.js';
import { UnitOfWork } from '../../../kernel/transaction.js';
import { keywordIn } from '../../domain/sms/sms-keywords.js';
import { SmsLedger } from '../../domain/sms/sms-ledger.port.js';
import { meansDeadNumber, receiptState } from '../../domain/sms/sms-receipt.js';
import { SmsSettingsStore } from '../../domain/sms/sms-settings.port.js';
import { ChangePhoneConsent } from '../lists/change-phone-consent.js';
import { SuppressAddresses } from '../lists/suppress-addresses.js';
import { SmsReplies } from './sms-replies.js';

/** A message from a phone, as the provider posts it; its signature is proved. */
export interface HeardSms {
  readonly messageId: string;
  /** E.164. */
  readonly from: string;
  /** The number it was sent to, and the messaging service that has it. */
  readonly to: readonly string[];
  readonly text: string;
  /** The provider has answered the keyword itself. */
  readonly isAnswered: boolean;
}

/** What phones say: STOP, START and YES, HELP; and what their carriers say of our texts. */
@Injectable()
export class HearPhones {
  constructor(
    private readonly settings: SmsSettingsStore,
    private readonly ledger: SmsLedger,
    private readonly consents: ChangePhoneConsent,
    private readonly suppress: SuppressAddresses,
    private readonly replies: SmsReplies,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Obeys a keyword. A message heard before does nothing: an old START must not undo a later STOP.
   * @returns what to answer; undefined: nothing
   */
  async hear({ messageId, from, to, text, isAnswered }: HeardSms): Promise<string | undefined> {
    const settings = await this.settings.bySender(to);
    if (!settings || (await this.ledger.wasHeard(messageId))) return undefined;
    const { workspaceId } = settings;
    const keyword = keywordIn(text);
    const evidence = `sms reply "${keyword?.toUpperCase()}" ${messageId}`;
    // Obeyed first, since twice is as good as once; a crash in between must not lose a STOP.
    const isKnown = keyword === 'start' && (await this.consents.confirm(workspaceId, from, evidence)) !== 'unknown';
    if (keyword === 'stop') await this.stopped(workspaceId, from, evidence);
    await this.ledger.noteHeard(messageId, workspaceId, keyword ?? null);
    if (isAnswered) return undefined;
    if (keyword === 'help') return this.replies.help(workspaceId);
    return isKnown ? this.replies.start(workspaceId) : undefined;
  }

  /** STOP is not answered by us: carriers do, and another text would break the word. */
  async stopped(workspaceId: WorkspaceId, phone: string, evidence: string): Promise<void> {
    await this.consents.stop(workspaceId, phone, evidence);
  }

  /** A receipt for the text with our id; late, double and unknown ones change nothing. */
  async receipt(id: string, said: { providerId: string; status: string; code: string | undefined }): Promise<void> {
    const state = receiptState(said.status);
    if (!state) return;
    const { providerId, code } = said;
    await this.unitOfWork.run(async (tx) => {
      const row = await this.ledger.applyReceipt(id, { providerId, state, code }, tx);
      if (!row || !meansDeadNumber(code)) return;
      const { workspaceId, phoneHmac: addressHmac } = row;
      const note = `carrier said ${code}`;
      await this.suppress.execute(workspaceId, [{ channel: 'sms', addressHmac, reason: 'bounced', note }], tx);
    });
  }
}
