import { DomainError } from '../../../kernel/domain-error.js';

export const badPhone = () =>
  new DomainError(
    'invalid',
    'subscriber.bad_phone',
    'This is no telephone number that exists. Write it with its country, for example +33 6 12 34 56 78.',
    {},
    [{ field: 'phone', rule: 'phone', message: 'phone must be a number such as +33612345678' }],
  );

export const badAddress = (channel: 'email' | 'sms') =>
  new DomainError(
    'invalid',
    'suppression.bad_address',
    channel === 'email'
      ? 'This is not an email address. Check it for typing errors.'
      : 'This is no telephone number that exists. Write it as +33612345678.',
    {},
    [{ field: 'address', rule: channel, message: `address must be one that "${channel}" can reach` }],
  );

export const disposableAddress = () =>
  new DomainError(
    'unprocessable',
    'subscriber.disposable_address',
    'This mailbox lives for minutes. Use an address that you will still read next year.',
    {},
    [{ field: 'email', rule: 'disposable', message: 'email must be a lasting address' }],
  );

export const phoneEvidenceMissing = () =>
  new DomainError(
    'invalid',
    'consent.evidence_missing',
    'phoneConsent.alreadyConfirmed needs phoneConsent.evidence: say how and when this person agreed to text messages.',
    {},
    [{ field: 'phoneConsent.evidence', rule: 'required', message: 'phoneConsent.evidence must say how they agreed' }],
  );

export const phoneConsentMissing = () =>
  new DomainError(
    'invalid',
    'consent.phone_missing',
    'A phone comes with phoneConsent: the words that this person agreed to get text messages by. Mail consent is not enough.',
    {},
    [{ field: 'phoneConsent', rule: 'required', message: 'phoneConsent must hold the words they agreed to' }],
  );

export const tooManyAttributes = (limit: number) =>
  new DomainError(
    'invalid',
    'subscriber.too_many_attributes',
    `A person has at most ${limit} attributes. Remove some by sending null for them.`,
    { limit },
  );

export const segmentNameTaken = (name: string) =>
  new DomainError('conflict', 'segment.name_taken', 'Another segment has this name. Choose another one.', { name });

export const segmentInUse = (id: string) =>
  new DomainError(
    'conflict',
    'segment.in_use',
    'A broadcast names this segment. Give the broadcast another one first, or keep the segment.',
    { id },
  );

export const tooManySegments = (limit: number) =>
  new DomainError('conflict', 'segment.too_many', `A workspace has at most ${limit} segments. Delete one first.`, {
    limit,
  });

/** A suppression that no workspace ends. */
export const ownerOnly = (reason: 'unsubscribed' | 'complained' | 'erased') =>
  new DomainError(
    'conflict',
    'suppression.owner_only',
    `This address is suppressed because its owner ${SAID[reason]}.`,
    {
      reason,
    },
  );

const SAID = {
  unsubscribed: 'left the list. Only they can come back, by your sign-up form',
  complained: 'reported your mail as spam. That stays',
  erased: 'asked to be forgotten. Only they can come back, by your sign-up form',
} as const;

export const unknownForm = () =>
  new DomainError(
    'not_found',
    'sign_up_form.not_found',
    'There is no sign-up form here. It may have been switched off.',
  );

export const formNameTaken = (name: string) =>
  new DomainError('conflict', 'sign_up_form.name_taken', 'Another form has this name. Choose another one.', { name });

export const tooManyForms = (limit: number) =>
  new DomainError('conflict', 'sign_up_form.too_many', `A workspace has at most ${limit} forms. Delete one first.`, {
    limit,
  });
