import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock.port.js';
import { notFound } from '../../../kernel/domain-error.js';
import type { WorkspaceId } from '../../../kernel/ids.js';
import { type Tx, UnitOfWork } from '../../../kernel/transaction.js';
import { AuditLog } from '../../../workspaces/index.js';
import { tokenHash } from '../../domain/lists/address-keys.js';
import { CONSENT_PURPOSE, type ConsentAction, type Visitor } from '../../domain/lists/consent.js';
import { ConsentLedger } from '../../domain/lists/consent-ledger.port.js';
import { consentWords } from '../../domain/lists/consent-words.js';
import type { Subscriber, SubscriberStatus } from '../../domain/lists/subscriber.js';
import { Subscribers } from '../../domain/lists/subscribers.port.js';

/** What a click did. `unknown_link`: no such link, or it expired. */
export type LinkResult = 'done' | 'already' | 'unknown_link';

/** Who can still leave: one whose mail bounced would come back when that ends. */
const LEAVING: readonly SubscriberStatus[] = ['confirmed', 'pending', 'bounced'];

/** What people do with their subscription: confirm, leave, be forgotten. */
@Injectable()
export class ChangeSubscription {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly subscribers: Subscribers,
    private readonly ledger: ConsentLedger,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Confirms by the token of a confirm mail. A link is good for one confirmation, whatever comes after it. */
  confirm(token: string, visitor: Visitor): Promise<LinkResult> {
    return this.unitOfWork.run(async (tx) => {
      const subscriber = await this.subscribers.lockByConfirmHash(tokenHash(token), tx);
      if (subscriber?.status === 'confirmed') return 'already';
      if (subscriber?.status !== 'pending') return 'unknown_link';
      await this.subscribers.setStatus(subscriber, 'confirmed', tx);
      await this.subscribers.liftSuppression(subscriber, tx);
      await this.note(subscriber, { action: 'given', source: 'confirm_link' }, visitor, tx);
      return 'done';
    });
  }

  /** Takes a person off the list; the second click finds it done. Holds for the next message that is handed over. */
  unsubscribe(token: string, visitor: Visitor): Promise<LinkResult> {
    return this.unitOfWork.run(async (tx) => {
      const subscriber = await this.subscribers.lockByUnsubscribeToken(token, tx);
      if (!subscriber) return 'unknown_link';
      if (!LEAVING.includes(subscriber.status)) return 'already';
      await this.subscribers.setStatus(subscriber, 'unsubscribed', tx);
      await this.subscribers.suppress(subscriber, 'unsubscribed', tx);
      await this.note(subscriber, { action: 'withdrawn', source: 'unsubscribe_link' }, visitor, tx);
      return 'done';
    });
  }

  /**
   * Forgets a person: addresses, attributes and visitors go; the keyed hashes stay so that an import cannot bring them
   * back, and so do the words they once agreed to.
   * @throws DomainError `subscriber.not_found`
   */
  erase(workspaceId: WorkspaceId, id: string, actor: string): Promise<void> {
    return this.unitOfWork.run(async (tx) => {
      const subscriber = await this.subscribers.lock(workspaceId, id, tx);
      if (!subscriber) throw notFound('subscriber', id);
      if (subscriber.status === 'erased') return;
      await this.subscribers.erase(subscriber, tx);
      await this.subscribers.suppress(subscriber, 'erased', tx);
      await this.note(subscriber, { action: 'withdrawn', source: 'erasure' }, {}, tx);
      await this.ledger.forgetVisitors(workspaceId, id, tx);
      await this.audit.append({ workspaceId, actor, action: 'subscriber.erased', subjectId: id }, tx);
    });
  }

  /** The words are those of the last line: what the person now confirms or takes back. */
  private async note(
    { workspaceId, id: subscriberId }: Subscriber,
    step: { readonly action: ConsentAction; readonly source: string },
    visitor: Visitor,
    tx: Tx,
  ): Promise<void> {
    const words = consentWords(await this.ledger.history(workspaceId, subscriberId, tx), CONSENT_PURPOSE);
    const line = { subscriberId, purpose: CONSENT_PURPOSE, ...step, ...words, at: this.clock.now(), ...visitor };
    await this.ledger.append(workspaceId, [line], tx);
  }
}
