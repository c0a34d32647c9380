import type { PlatformName } from '../ui/platforms.ts';

/** One thing the platform gave the person. Its word stands under `accounts.credential.<name>`. */
export interface CredentialField {
  readonly name:
    | 'identifier'
    | 'password'
    | 'webhookUrl'
    | 'botToken'
    | 'channelId'
    | 'chatId'
    | 'notifyEmail'
    | 'profileUrl'
    | 'accessToken'
    | 'refreshToken';
  readonly isSecret?: boolean;
  readonly isOptional?: boolean;
}

/** A way to connect: the platform's own consent page, what it gave one, or a person who posts by hand. */
export type ConnectWay =
  | { readonly kind: 'consent'; readonly options?: readonly ('flavour' | 'handle')[] }
  | {
      readonly kind: 'credentials';
      readonly name: 'token' | 'appPassword' | 'webhook' | 'bot';
      readonly fields: readonly CredentialField[];
    }
  | { readonly kind: 'handoff'; readonly fields: readonly CredentialField[] };

const CONSENT: ConnectWay = { kind: 'consent' };
const HAND_OFF: ConnectWay = {
  kind: 'handoff',
  fields: [{ name: 'notifyEmail' }, { name: 'profileUrl', isOptional: true }],
};
const ACCESS: CredentialField = { name: 'accessToken', isSecret: true };
const REFRESH: CredentialField = { name: 'refreshToken', isSecret: true };
const BOT: CredentialField = { name: 'botToken', isSecret: true };

/** What each platform offers, the easiest first; as `POST /v1/accounts` and `.../connect/{platform}` take it. */
export const CONNECT_WAYS: Readonly<Record<PlatformName, readonly ConnectWay[]>> = {
  tiktok: [CONSENT, { kind: 'credentials', name: 'token', fields: [ACCESS, REFRESH] }, HAND_OFF],
  reels: [
    { kind: 'consent', options: ['flavour'] },
    { kind: 'credentials', name: 'token', fields: [ACCESS] },
    HAND_OFF,
  ],
  shorts: [CONSENT, { kind: 'credentials', name: 'token', fields: [REFRESH] }, HAND_OFF],
  skylight: [
    {
      kind: 'credentials',
      name: 'appPassword',
      fields: [{ name: 'identifier' }, { name: 'password', isSecret: true }],
    },
    { kind: 'consent', options: ['handle'] },
    HAND_OFF,
  ],
  discord: [
    { kind: 'credentials', name: 'webhook', fields: [{ name: 'webhookUrl', isSecret: true }] },
    { kind: 'credentials', name: 'bot', fields: [BOT, { name: 'channelId' }] },
    HAND_OFF,
  ],
  telegram: [{ kind: 'credentials', name: 'bot', fields: [BOT, { name: 'chatId' }] }, HAND_OFF],
  upscrolled: [HAND_OFF],
};

/** What is sent as `credentials`: filled-in fields alone, and that a person posts by hand. */
export const credentialsOf = (
  way: Exclude<ConnectWay, { readonly kind: 'consent' }>,
  typed: Readonly<Record<string, string>>,
): Record<string, string> => ({
  ...(way.kind === 'handoff' ? { mode: 'handoff' } : {}),
  ...Object.fromEntries(
    way.fields.flatMap(({ name }) => {
      const value = typed[name]?.trim() ?? '';
      return value === '' ? [] : [[name, value] as const];
    }),
  ),
});

/** A way's name among those of its platform. */
export const wayName = (way: ConnectWay): 'consent' | 'handoff' | 'token' | 'appPassword' | 'webhook' | 'bot' =>
  way.kind === 'credentials' ? way.name : way.kind;
