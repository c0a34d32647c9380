import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock.port.js';
import { notFound } from '../../../kernel/domain-error.js';
import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import { AddressKeys } from '../../domain/lists/address-keys.js';
import { ConsentLedger } from '../../domain/lists/consent-ledger.port.js';
import { MAX_ATTRIBUTES } from '../../domain/lists/attributes.js';
import { SMS_CONSENT_PURPOSE } from '../../domain/lists/consent-words.js';
import { tooManyAttributes } from '../../domain/lists/list.errors.js';
import { Profiles, type ProfileChange } from '../../domain/lists/profiles.port.js';
import type { Subscriber } from '../../domain/lists/subscriber.js';
import { Subscribers } from '../../domain/lists/subscribers.port.js';
import type { PhoneWish } from '../../domain/lists/sign-up-request.js';

/** What a workspace changes on a person. Left out stays; attributes are merged, null takes one away. */
export interface SubscriberEdit {
  readonly language?: string | null | undefined;
  readonly zone?: string | null | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly attributes?: Readonly<Record<string, string | number | boolean | null>> | undefined;
  /** null: the number goes, and what was accepted on it. */
  readonly phone?: PhoneWish | null | undefined;
}

/** What workspaces know of their people. What people accept, only they change. */
@Injectable()
export class EditSubscriber {
  constructor(
    private readonly subscribers: Subscribers,
    private readonly profiles: Profiles,
    private readonly ledger: ConsentLedger,
    private readonly keys: AddressKeys,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `subscriber.not_found`, also of one who was erased; `subscriber.too_many_attributes` */
  async execute(workspaceId: WorkspaceId, id: string, edit: SubscriberEdit, tx: Tx): Promise<Subscriber> {
    const subscriber = await this.subscribers.lock(workspaceId, id, tx);
    if (!subscriber || subscriber.status === 'erased') throw notFound('subscriber', id);
    const { phone, ...fields } = edit;
    const change: ProfileChange = { ...fields, attributes: merged(subscriber, edit) };
    await this.profiles.save(subscriber, change, tx);
    if (phone !== undefined) await this.savePhone(subscriber, phone, tx);
    return (await this.subscribers.get(workspaceId, id, tx)) ?? subscriber;
  }

  private async savePhone(subscriber: Subscriber, phone: PhoneWish | null, tx: Tx): Promise<void> {
    const { workspaceId, id: subscriberId } = subscriber;
    if (phone === null) return this.profiles.savePhone(subscriber, null, tx);
    const { number, consent, isConfirmed } = phone;
    const status = consent === undefined ? null : isConfirmed ? ('confirmed' as const) : ('pending' as const);
    await this.profiles.savePhone(subscriber, { number, hmac: this.keys.hmacOf(workspaceId, number), status }, tx);
    if (consent === undefined) return;
    const { text, textVersion, source, language = subscriber.language ?? 'en', evidence } = consent;
    const line = { subscriberId, purpose: SMS_CONSENT_PURPOSE, text, textVersion, source, language };
    const action = isConfirmed ? ('given' as const) : ('requested' as const);
    const proof = evidence === undefined ? {} : { evidence };
    await this.ledger.append(workspaceId, [{ ...line, action, ...proof, at: this.clock.now() }], tx);
  }
}

/** @throws DomainError `subscriber.too_many_attributes` */
const merged = ({ attributes }: Subscriber, edit: SubscriberEdit): Subscriber['attributes'] => {
  const all = Object.entries({ ...attributes, ...edit.attributes });
  const kept = all.filter((entry): entry is [string, string | number | boolean] => entry[1] !== null);
  if (kept.length > MAX_ATTRIBUTES) throw tooManyAttributes(MAX_ATTRIBUTES);
  return Object.fromEntries(kept);
};
