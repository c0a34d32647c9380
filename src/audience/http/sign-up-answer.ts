import type { Principal } from '../../infra/http/principal.js';
import { grants, scopeMissing } from '../../workspaces/domain/api-key.js';
import type { SignUpVerdict } from '../application/sign-up-subscribers.js';
import {
  badEmail,
  confirmationLimit,
  evidenceMissing,
  subscriberExists,
  subscriberSuppressed,
} from '../domain/audience.errors.js';
import type { Subscriber } from '../domain/subscriber.js';
import type { CreateSubscriberDto } from './dto/subscriber.dto.js';

/**
 * Declaring someone else's consent is for admins, and only with proof.
 * @throws DomainError `key.scope_missing`, `consent.evidence_missing`
 */
export const assertMayDeclare = (principal: Principal, { alreadyConfirmed, consent }: CreateSubscriberDto): void => {
  if (!alreadyConfirmed) return;
  if (!grants(principal.scopes, 'admin')) throw scopeMissing('admin');
  if (consent.evidence === undefined) throw evidenceMissing();
};

/** @throws DomainError for every verdict but a stored subscriber */
export const subscriberOrRefusal = (verdict: SignUpVerdict | undefined): Subscriber => {
  switch (verdict?.decision) {
    case 'ask':
    case 'admit':
      if (verdict.subscriber) return verdict.subscriber;
      throw new Error('A sign-up was stored without its subscriber.');
    case 'exists':
      throw subscriberExists();
    case 'suppressed':
      throw subscriberSuppressed();
    case 'limited':
      throw confirmationLimit();
    case 'bad_email':
    case 'duplicate':
    case undefined:
      throw badEmail();
  }
};
