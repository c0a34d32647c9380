/** Everything the sandbox imitates. `mail` (the SMTP sink) and `feeds` (status pages, charts) take faults but have no accounts. */
export const SANDBOX_PLATFORMS = [
  'tiktok',
  'reels',
  'shorts',
  'skylight',
  'discord',
  'telegram',
  'sms',
  'mail',
  'feeds',
] as const;
export type SandboxPlatform = (typeof SANDBOX_PLATFORMS)[number];

/** One identity on an imitated platform. */
export interface SandboxAccount {
  readonly platform: SandboxPlatform;
  /** Open id, Instagram user id, channel id or DID. */
  readonly externalId: string;
  readonly handle: string;
  /** Where the account lives; faults may be limited to one region. */
  readonly region?: string;
}

/** What `POST /__sim/accounts` may say beside the platform. */
export interface AccountSpec {
  readonly handle?: string;
  readonly region?: string;
  /** Longest video the account may post, seconds (TikTok only; default 600). */
  readonly maxDurationSec?: number;
  /** A private account (TikTok only; default false). */
  readonly isPrivate?: boolean;
  /** What the creator switched off (TikTok only). */
  readonly disabled?: readonly ('comment' | 'duet' | 'stitch')[];
  /** False: a Google account without a channel (YouTube only). */
  readonly hasChannel?: boolean;
  /** The login the credentials come from (Instagram, default `instagram`; Discord, default `bot`). */
  readonly flavour?: 'instagram' | 'facebook' | 'bot' | 'webhook';
}

/** The answer of `POST /__sim/accounts`; `credentials` is what our own `POST /v1/accounts` takes. */
export interface CreatedAccount {
  readonly externalId: string;
  readonly handle: string;
  readonly region?: string;
  readonly credentials: Readonly<Record<string, string>>;
  /** Stands for a finished consent screen where the platform has OAuth; works once in a code exchange. */
  readonly authorizationCode?: string;
  /** What a person types on the platform's own consent page, where that page is real (AT Protocol). */
  readonly login?: { readonly username: string; readonly password: string };
}

/** Fixed app credentials; every server refuses others. */
export const SANDBOX_APP = { clientId: 'sandbox-client', clientSecret: 'sandbox-secret' } as const;
