import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock.port.js';
import type { WorkspaceId } from '../../../kernel/ids.js';
import { type Tx, UnitOfWork } from '../../../kernel/transaction.js';
import { AddressKeys } from '../../domain/lists/address-keys.js';
import type { ConsentAction } from '../../domain/lists/consent.js';
import { ConsentLedger } from '../../domain/lists/consent-ledger.port.js';
import { consentWords, SMS_CONSENT_PURPOSE } from '../../domain/lists/consent-words.js';
import { PhoneConsents, type PhoneHolder } from '../../domain/lists/phone-consents.port.js';
import { Suppressions } from '../../domain/lists/suppressions.port.js';

/** `unknown`: nobody on the list has this number. */
export type PhoneConsentResult = 'done' | 'already' | 'unknown';

/** What the holder of a phone says by text message. It holds for everyone on the list with this number. */
@Injectable()
export class ChangePhoneConsent {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly phones: PhoneConsents,
    private readonly suppressions: Suppressions,
    private readonly keys: AddressKeys,
    private readonly ledger: ConsentLedger,
    private readonly clock: Clock,
  ) {}

  /**
   * YES or START: the phone is its holder's, who agrees to what was asked for; an earlier STOP ends.
   * @param phone E.164
   * @param evidence what was said and when, for the ledger: `sms reply "YES" SM123`
   */
  confirm(workspaceId: WorkspaceId, phone: string, evidence: string): Promise<PhoneConsentResult> {
    return this.change({ workspaceId, phone, evidence, action: 'given' }, async (addressHmac, tx) => {
      await this.suppressions.remove(workspaceId, { channel: 'sms', addressHmac, reason: 'unsubscribed' }, tx);
    });
  }

  /** STOP: no more text messages to this number, also when nobody on the list has it. */
  stop(workspaceId: WorkspaceId, phone: string, evidence: string): Promise<PhoneConsentResult> {
    return this.change({ workspaceId, phone, evidence, action: 'withdrawn' }, async (addressHmac, tx) => {
      await this.suppressions.add(workspaceId, [{ channel: 'sms', addressHmac, reason: 'unsubscribed' }], tx);
    });
  }

  private change(
    said: {
      readonly workspaceId: WorkspaceId;
      readonly phone: string;
      readonly evidence: string;
      readonly action: Extract<ConsentAction, 'given' | 'withdrawn'>;
    },
    suppress: (addressHmac: Buffer, tx: Tx) => Promise<void>,
  ): Promise<PhoneConsentResult> {
    const { workspaceId, phone, action } = said;
    const wanted = action === 'given' ? 'confirmed' : 'stopped';
    const addressHmac = this.keys.hmacOf(workspaceId, phone);
    return this.unitOfWork.run(async (tx) => {
      const holders = await this.phones.lockHolders(workspaceId, addressHmac, tx);
      await suppress(addressHmac, tx);
      // A number that came without consent is confirmed by nobody's YES: they never were asked.
      const asked = holders.filter(({ status }) => status !== null);
      if (asked.length === 0) return holders.length === 0 ? 'unknown' : 'already';
      const moving = asked.filter(({ status }) => status !== wanted);
      if (moving.length === 0) return 'already';
      await this.phones.setStatus(
        workspaceId,
        moving.map(({ subscriberId }) => subscriberId),
        wanted,
        tx,
      );
      for (const holder of moving) await this.note(holder, said, tx);
      return 'done';
    });
  }

  private async note(
    { workspaceId, subscriberId }: PhoneHolder,
    { action, evidence }: { readonly action: ConsentAction; readonly evidence: string },
    tx: Tx,
  ): Promise<void> {
    const words = consentWords(await this.ledger.history(workspaceId, subscriberId, tx), SMS_CONSENT_PURPOSE);
    const line = { subscriberId, purpose: SMS_CONSENT_PURPOSE, action, ...words, source: 'text_message', evidence };
    await this.ledger.append(workspaceId, [{ ...line, at: this.clock.now() }], tx);
  }
}
