import { DomainError } from '../../../kernel/domain-error.js';
import { MAX_CHANNELS } from './channel.js';

export const tooManyChannels = (): DomainError =>
  new DomainError(
    'conflict',
    'notification_channel.too_many',
    `A workspace has at most ${MAX_CHANNELS} notification channels. Delete one first.`,
    { limit: MAX_CHANNELS },
  );

export const needsOperator = (): DomainError =>
  new DomainError(
    'forbidden',
    'notification_channel.needs_operator',
    'A channel for the whole instance needs a key with the scope "operator". Use scope "workspace" for your own.',
  );

export const badDestination = (field: string, message: string): DomainError =>
  new DomainError('invalid', 'notification_channel.bad_destination', `${field}: ${message}`, {}, [
    { field, rule: 'destination', message },
  ]);

export const mailIsOff = (): DomainError =>
  new DomainError(
    'conflict',
    'notification_channel.mail_off',
    'This server sends no mail: SMTP_URL is not set. Choose another kind, or ask who runs the server to set it.',
  );

export const equalTimes = (): DomainError =>
  new DomainError(
    'invalid',
    'notification_channel.bad_quiet_hours',
    'quietHours: "from" and "to" must differ. To hear nothing at all, switch the channel off.',
    {},
    [{ field: 'quietHours.to', rule: 'differs', message: 'must differ from quietHours.from' }],
  );

export const unverified = (): DomainError =>
  new DomainError(
    'conflict',
    'notification_channel.unverified',
    'Nobody has confirmed this address yet. Send the code from the mail to POST /v1/notification-channels/{id}/verify.',
  );

export const isVerified = (): DomainError =>
  new DomainError('conflict', 'notification_channel.verified', 'This channel is confirmed already; use it.');

export const switchedOff = (): DomainError =>
  new DomainError(
    'conflict',
    'notification_channel.disabled',
    'This channel is switched off. Switch it on first: PATCH it with {"enabled": true}.',
  );

export const wrongCode = (triesLeft: number): DomainError =>
  new DomainError(
    'unprocessable',
    'notification_channel.wrong_code',
    triesLeft > 0
      ? 'This is not the code that was sent last. Read it again from the newest mail.'
      : 'This code is over. Ask for a new one: POST /v1/notification-channels/{id}/verification.',
    { triesLeft },
  );

export const tooManyCodes = (): DomainError =>
  new DomainError(
    'rate_limited',
    'notification_channel.too_many_codes',
    'Too many codes were sent within an hour. Look for the newest mail, in the junk folder too, or try again later.',
  );

export const testTooSoon = (): DomainError =>
  new DomainError(
    'rate_limited',
    'notification_channel.test_too_soon',
    'This channel was tested a moment ago. Wait ten seconds.',
  );
