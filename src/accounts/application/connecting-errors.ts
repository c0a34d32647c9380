import { DomainError } from '../../kernel/domain-error.js';
import type { PlatformName } from '../../platforms/domain/platform-name.js';
import { platformTitle } from '../../platforms/domain/platform-title.js';
import type { Rejected, Unauthorised } from '../../platforms/domain/publish-outcome.js';
import { CREDENTIAL_HINTS } from '../domain/consent.js';

type Refusal = Pick<Rejected | Unauthorised, 'platformCode' | 'detail'>;

const because = (platform: PlatformName, { platformCode }: Refusal): Record<string, unknown> => ({
  platform,
  ...(platformCode === undefined ? {} : { platformCode }),
});

/** Tells what was wrong, where the platform or the adapter said so, and what is taken. */
export const credentialsRefused = (platform: PlatformName, refusal: Refusal): DomainError =>
  new DomainError(
    'unprocessable',
    'account.credentials_refused',
    [
      `${platformTitle(platform)} does not accept these credentials.`,
      ...(refusal.detail === undefined ? [] : [sentenceOf(refusal.detail)]),
      `Check them, or get new ones from the platform, and try again; it takes ${CREDENTIAL_HINTS[platform]}.`,
    ].join(' '),
    because(platform, refusal),
  );

/** Adapters write notes, a person reads sentences. */
const sentenceOf = (note: string): string =>
  note.charAt(0).toUpperCase() + note.slice(1) + (/[.!?]$/.test(note) ? '' : '.');

export const unreachable = (platform: PlatformName): DomainError =>
  new DomainError(
    'unavailable',
    'account.platform_unreachable',
    `${platformTitle(platform)} cannot be reached right now, so the account was not connected. Try again in a few minutes.`,
    { platform },
  );

/** The platform or the adapter said no; its own words tell what to change. */
export const consentRefused = (platform: PlatformName, refusal: Refusal): DomainError =>
  new DomainError(
    'unprocessable',
    'account.consent_refused',
    `${platformTitle(platform)} did not connect the account. ${refusal.detail ?? 'It gave no reason.'}`,
    because(platform, refusal),
  );

export const consentDenied = (platform: PlatformName): DomainError =>
  new DomainError(
    'forbidden',
    'account.consent_denied',
    `You did not allow it on ${platformTitle(platform)}, so nothing was connected. Start again whenever you like.`,
    { platform },
  );

export const consentUnknown = (): DomainError =>
  new DomainError(
    'invalid',
    'account.consent_unknown',
    'This consent was used already, is older than 10 minutes or began in another browser. Start connecting again.',
  );

export const otherIdentity = (): DomainError =>
  new DomainError(
    'unprocessable',
    'account.other_identity',
    'These credentials belong to another identity. To add that one, use POST /v1/accounts.',
  );
