import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock.port.js';
import { type Tx, UnitOfWork } from '../../../kernel/transaction.js';
import { CONSENT_PURPOSE, type Visitor } from '../../domain/lists/consent.js';
import { ConsentLedger } from '../../domain/lists/consent-ledger.port.js';
import type { Acceptance } from '../../domain/lists/channels.js';
import { consentWords, PURPOSE_ON, SMS_CONSENT_PURPOSE } from '../../domain/lists/consent-words.js';
import { changePreferences, type PreferenceChange } from '../../domain/lists/preferences.js';
import { type PreferenceRecord, Preferences } from '../../domain/lists/preferences.port.js';
import { Profiles } from '../../domain/lists/profiles.port.js';
import { Subscribers } from '../../domain/lists/subscribers.port.js';

/** What a person sent from the page. Left out: as it was. */
export interface PreferenceWish {
  readonly accepts: readonly Acceptance[];
  readonly language?: string | undefined;
  readonly zone?: string | undefined;
  readonly forgetsPhone: boolean;
}

const SOURCE = 'preference_page';

/** What people choose to get, by the link that every mail carries. Who left comes back by signing up, not by this page. */
@Injectable()
export class ChoosePreferences {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly preferences: Preferences,
    private readonly profiles: Profiles,
    private readonly subscribers: Subscribers,
    private readonly ledger: ConsentLedger,
    private readonly clock: Clock,
  ) {}

  /** What the page shows; undefined: no such link, or the person was erased. */
  async read(token: string): Promise<PreferenceRecord | undefined> {
    const record = await this.preferences.byToken(token);
    return record?.status === 'erased' ? undefined : record;
  }

  /** @returns what holds now; undefined: no such link */
  execute(token: string, wish: PreferenceWish, visitor: Visitor): Promise<PreferenceRecord | undefined> {
    return this.unitOfWork.run(async (tx) => {
      const record = await this.preferences.lockByToken(token, tx);
      if (!record || record.status === 'erased') return undefined;
      const change = changePreferences(record, wish.accepts);
      const { language = record.language, zone = record.zone } = wish;
      await this.preferences.save(record, { accepts: change.accepts, language, zone }, tx);
      await this.note(record, change, visitor, tx);
      if (wish.forgetsPhone) await this.forgetPhone(record, visitor, tx);
      if (change.leaves) await this.leave(record, visitor, tx);
      return this.preferences.lockByToken(token, tx);
    });
  }

  private async leave(record: PreferenceRecord, visitor: Visitor, tx: Tx): Promise<void> {
    const { workspaceId, subscriberId } = record;
    const subscriber = await this.subscribers.lock(workspaceId, subscriberId, tx);
    if (!subscriber) return;
    await this.subscribers.setStatus(subscriber, 'unsubscribed', tx);
    await this.subscribers.suppress(subscriber, 'unsubscribed', tx);
    await this.withdraw(record, CONSENT_PURPOSE, visitor, tx);
  }

  private async forgetPhone(record: PreferenceRecord, visitor: Visitor, tx: Tx): Promise<void> {
    await this.profiles.savePhone({ ...record, id: record.subscriberId }, null, tx);
    if (record.phoneStatus !== null) await this.withdraw(record, SMS_CONSENT_PURPOSE, visitor, tx);
  }

  /** The line for the ledger, in the words that were agreed to. */
  private async withdraw(
    { workspaceId, subscriberId }: PreferenceRecord,
    purpose: string,
    visitor: Visitor,
    tx: Tx,
  ): Promise<void> {
    const words = consentWords(await this.ledger.history(workspaceId, subscriberId, tx), purpose);
    const line = { subscriberId, purpose, action: 'withdrawn' as const, ...words, source: SOURCE };
    await this.ledger.append(workspaceId, [{ ...line, at: this.clock.now(), ...visitor }], tx);
  }

  /** One line for each topic, each with the words it was agreed to by. */
  private async note(
    { workspaceId, subscriberId }: PreferenceRecord,
    { lines }: PreferenceChange,
    visitor: Visitor,
    tx: Tx,
  ): Promise<void> {
    if (lines.length === 0) return;
    const history = await this.ledger.history(workspaceId, subscriberId, tx);
    for (const { purpose, action } of lines) {
      const words = consentWords(history, PURPOSE_ON[purpose.startsWith('sms') ? 'sms' : 'email']);
      const line = { subscriberId, purpose, action, ...words, source: SOURCE, at: this.clock.now() };
      await this.ledger.append(workspaceId, [{ ...line, ...visitor }], tx);
    }
  }
}
