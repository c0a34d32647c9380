import { DomainError } from '../../kernel/domain-error.js';
import type { BroadcastStatus } from './sending/broadcast.js';

export const badEmail = () =>
  new DomainError('invalid', 'subscriber.bad_email', 'This is not an email address. Check it for typing errors.', {}, [
    { field: 'email', rule: 'email', message: 'email must be an address like ana@example.org' },
  ]);

export const subscriberExists = () =>
  new DomainError('conflict', 'subscriber.exists', 'This address is on the list and confirmed. Nothing to do.');

export const subscriberSuppressed = () =>
  new DomainError(
    'conflict',
    'subscriber.suppressed',
    'This address asked for no more mail, or mail to it failed. Only its owner can come back, by your sign-up form.',
  );

export const confirmationLimit = () =>
  new DomainError(
    'rate_limited',
    'subscriber.confirmation_limit',
    'This address got three confirm mails within a week. Try again in some days.',
  );

export const evidenceMissing = () =>
  new DomainError(
    'invalid',
    'consent.evidence_missing',
    'alreadyConfirmed needs consent.evidence: say how and when this person agreed, for example an export row.',
    {},
    [{ field: 'consent.evidence', rule: 'required', message: 'consent.evidence must say how the person agreed' }],
  );

export const signUpLimit = () =>
  new DomainError(
    'rate_limited',
    'subscribe.too_many',
    'Too many sign-ups from your network. Try again in 10 minutes.',
  );

export const mailNotConfigured = () =>
  new DomainError(
    'conflict',
    'mail.not_configured',
    'No mail server is configured. Set SMTP_URL, restart, then send again.',
  );

export const wrongBroadcastStatus = (status: BroadcastStatus, wanted: string) =>
  new DomainError(
    'conflict',
    'broadcast.wrong_status',
    `A broadcast that is "${status}" cannot ${wanted}. Read it again to see where it stands.`,
    { currentStatus: status },
  );

export const noRecipients = () =>
  new DomainError(
    'conflict',
    'broadcast.no_recipients',
    'Nobody would get this broadcast: no confirmed subscriber matches. Widen its tags or wait for confirmations.',
  );
