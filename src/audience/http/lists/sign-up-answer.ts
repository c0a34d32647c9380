import type { Principal } from '../../../infra/http/principal.js';
import { grants, scopeMissing } from '../../../workspaces/domain/api-key.js';
import type { SignUpVerdict } from '../../application/lists/sign-up-subscribers.js';
import {
  badEmail,
  confirmationLimit,
  evidenceMissing,
  subscriberExists,
  subscriberSuppressed,
} from '../../domain/audience.errors.js';
import { badPhone, phoneConsentMissing, phoneEvidenceMissing } from '../../domain/lists/list.errors.js';
import type { PhoneNumbers } from '../../domain/lists/phone-numbers.port.js';
import type { PhoneWish } from '../../domain/lists/sign-up-request.js';
import type { Subscriber } from '../../domain/lists/subscriber.js';
import type { PhoneConsentDto } from './subscriber.dto.js';

/**
 * Declaring someone else's consent is for admins, and only with proof.
 * @throws DomainError `key.scope_missing`, `consent.evidence_missing`
 */
export const assertMayDeclare = (
  principal: Principal,
  { alreadyConfirmed, consent, phoneConsent }: Declaration,
): void => {
  const declaresPhone = phoneConsent?.alreadyConfirmed === true;
  if (!alreadyConfirmed && !declaresPhone) return;
  if (!grants(principal.scopes, 'admin')) throw scopeMissing('admin');
  if (alreadyConfirmed && consent?.evidence === undefined) throw evidenceMissing();
  if (declaresPhone && phoneConsent.evidence === undefined) throw phoneEvidenceMissing();
};

/** What a request says of consent that was given elsewhere. */
interface Declaration {
  readonly alreadyConfirmed?: boolean | undefined;
  readonly consent?: { readonly evidence?: string | undefined } | undefined;
  readonly phoneConsent?: PhoneConsentDto | undefined;
}

/**
 * The number of a request in E.164, with its own consent.
 * @throws DomainError `subscriber.bad_phone`, `consent.phone_missing`
 */
export const phoneWishOf = (
  { phone, phoneConsent }: { readonly phone?: string | undefined; readonly phoneConsent?: PhoneConsentDto | undefined },
  phones: PhoneNumbers,
): PhoneWish | undefined => {
  if (phone === undefined) return undefined;
  const number = phones.parse(phone);
  if (number === undefined) throw badPhone();
  if (phoneConsent === undefined) throw phoneConsentMissing();
  const { alreadyConfirmed, ...consent } = phoneConsent;
  return { number, consent, isConfirmed: alreadyConfirmed === true };
};

/** @throws DomainError for every verdict but a stored subscriber */
export const subscriberOrRefusal = (verdict: SignUpVerdict | undefined): Subscriber => {
  switch (verdict?.decision) {
    case 'ask':
    case 'admit':
    case 'declare':
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
