import { createHash, randomBytes } from 'node:crypto';
import { DomainError } from '../../kernel/domain-error.js';
import { MINUTE_MS } from '../../kernel/durations.js';
import type { AccountId, WorkspaceId } from '../../kernel/ids.js';
import type { PlatformName } from '../../platforms/domain/platform-name.js';
import type { Credentials } from '../../platforms/domain/publish-outcome.js';

/** How long a person has for the consent page. */
export const CONSENT_FOR_MS = 10 * MINUTE_MS;

/** What somebody wants to connect by consent. */
export interface ConsentWish {
  readonly workspaceId: WorkspaceId;
  readonly platform: PlatformName;
  readonly actor: string;
  /** Only this account may come out of it. */
  readonly accountId?: AccountId | undefined;
  readonly region?: string | undefined;
  readonly displayName?: string | undefined;
  /** Chosen beforehand: `flavour` (reels), `handle` (skylight). */
  readonly options: Readonly<Record<string, string>>;
  /** Where the result page leads back to; below our own public address. */
  readonly returnUrl?: string | undefined;
}

/** A consent under way, between the browser's departure and its return. */
export interface PendingConsent extends ConsentWish {
  readonly redirectUri: string;
  readonly codeVerifier: string;
  readonly kept: Credentials;
  /** Only the browser with this cookie may return; absent when a program asked. */
  readonly browserHash?: Buffer | undefined;
}

/** Unguessable text of 32 random bytes: states, verifiers, cookies. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** What is stored instead of a secret that is only compared. */
export const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/** @throws DomainError `account.return_url_refused` unless `url` lies below `publicUrl`'s origin */
export const assertOwnUrl = (url: string, publicUrl: string): void => {
  const { origin } = new URL(publicUrl);
  if (URL.canParse(url) && new URL(url).origin === origin) return;
  throw new DomainError(
    'invalid',
    'account.return_url_refused',
    `returnUrl must begin with ${origin}/, the address of this installation (PUBLIC_URL).`,
  );
};

/** What each platform takes as credentials, for texts that a person reads. */
export const CREDENTIAL_HINTS: Readonly<Record<PlatformName, string>> = {
  tiktok: '{"accessToken": "…", "refreshToken": "…"}',
  reels: '{"accessToken": "…"}, with "flavour": "facebook" for a token of Facebook Login',
  shorts: '{"refreshToken": "…"}',
  skylight: '{"identifier": "you.example.org", "password": "an app password"}',
  discord: '{"webhookUrl": "…"}, or {"botToken": "…", "channelId": "…"}',
  telegram: '{"botToken": "…", "chatId": "…", "stagingChatId": "…"}, the last one if you have it',
  upscrolled: '{"mode": "handoff", "notifyEmail": "you@example.com"}',
};
