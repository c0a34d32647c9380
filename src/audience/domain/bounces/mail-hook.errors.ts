import { DomainError } from '../../../kernel/domain-error.js';
import type { MailProvider } from './mail-events.js';

/** How old a signed call may be, in words for the caller. */
const WINDOW = { ses: 'an hour', sendgrid: '10 minutes', mailgun: '10 minutes', postmark: '' } as const;

export const hookNotConfigured = (provider: MailProvider, variable: string): DomainError =>
  new DomainError(
    'unauthenticated',
    'mail_hook.not_configured',
    `Nobody is believed to be ${provider} here: set ${variable} and restart.`,
    { provider },
  );

export const badHookSignature = (provider: MailProvider, hint: string): DomainError =>
  new DomainError(
    'unauthenticated',
    'mail_hook.bad_signature',
    `The signature does not hold for these bytes. ${hint}`,
    { provider },
  );

export const staleHook = (provider: MailProvider): DomainError =>
  new DomainError(
    'unauthenticated',
    'mail_hook.stale',
    `This call was signed more than ${WINDOW[provider]} ago, or lies ahead. Check both clocks; old calls are not taken.`,
    { provider },
  );

export const replayedHook = (provider: MailProvider): DomainError =>
  new DomainError(
    'conflict',
    'mail_hook.replayed',
    'This very call was taken before and is done. Nothing was stored again; do not send it any more.',
    { provider },
  );

export const malformedHook = (provider: MailProvider, what: string): DomainError =>
  new DomainError('invalid', 'mail_hook.malformed', `The body is not what ${provider} sends: ${what}.`, { provider });

export const foreignTopic = (topic: string): DomainError =>
  new DomainError(
    'forbidden',
    'mail_hook.foreign_topic',
    'This SNS topic is not one of ours. Add its ARN to MAIL_HOOK_SES_TOPICS if it should be.',
    { topic: topic.slice(0, 200) },
  );
