import { normaliseEmail } from '../../../kernel/email-address.js';
import type { ChannelKind } from './channel.js';
import { badDestination } from './notifications.errors.js';

/** Where messages of a channel go; all of it is sealed. A webhook's address and secret stay with the webhook. */
export type Destination =
  | { readonly kind: 'email'; readonly address: string }
  | { readonly kind: 'discord'; readonly webhookId: string; readonly token: string; readonly threadId?: string }
  | { readonly kind: 'telegram'; readonly botToken: string; readonly chatId: string };

/** What a person gives; which of these is wanted depends on the kind. */
export interface DestinationFields {
  readonly email?: string | undefined;
  readonly webhookUrl?: string | undefined;
  readonly botToken?: string | undefined;
  readonly chatId?: string | undefined;
  readonly webhookId?: string | undefined;
}

const FIELDS_OF: Readonly<Record<ChannelKind, readonly (keyof DestinationFields)[]>> = {
  email: ['email'],
  discord: ['webhookUrl'],
  telegram: ['botToken', 'chatId'],
  webhook: ['webhookId'],
};

const SNOWFLAKE = /^\d{5,25}$/;
const WEBHOOK_PATH = /\/webhooks\/(\d{5,25})\/([\w-]{10,200})\/?$/;
const BOT_TOKEN = /^\d{3,20}:[\w-]{20,60}$/;
const CHAT = /^(-?\d{1,20}|@[A-Za-z]\w{3,31})$/;
/** All lead to the same webhooks; people copy them from different clients. */
const DISCORD_HOSTS = ['discord.com', 'ptb.discord.com', 'canary.discord.com', 'discordapp.com'];

/** True when any field that says where messages go is given. */
export const namesDestination = (fields: DestinationFields): boolean =>
  Object.values(FIELDS_OF).some((names) => names.some((name) => fields[name] !== undefined));

/**
 * Reads where a channel of this kind leads; undefined for a webhook, which is looked up instead.
 * Of a Discord address only id and token are used: the host that is called is always the configured one.
 * @param discordApiUrl the API whose webhooks are accepted
 * @throws DomainError `notification_channel.bad_destination`
 */
export const readDestination = (
  kind: ChannelKind,
  fields: DestinationFields,
  discordApiUrl: string,
): Destination | undefined => {
  const wanted = FIELDS_OF[kind];
  for (const name of Object.values(FIELDS_OF).flat())
    if (!wanted.includes(name) && fields[name] !== undefined)
      throw badDestination(name, `is not for a channel of kind ${kind}. Leave it out.`);
  for (const name of wanted)
    if (fields[name] === undefined) throw badDestination(name, `is needed for a channel of kind ${kind}.`);
  return READERS[kind](fields as Required<{ [Name in keyof DestinationFields]: string }>, discordApiUrl);
};

type Reader = (
  given: Readonly<Record<keyof DestinationFields, string>>,
  discordApiUrl: string,
) => Destination | undefined;

const READERS: Readonly<Record<ChannelKind, Reader>> = {
  email: ({ email }) => {
    const address = normaliseEmail(email);
    if (address === undefined) throw badDestination('email', 'is not an address that mail can be sent to.');
    return { kind: 'email', address };
  },
  discord: ({ webhookUrl }, apiUrl) => {
    const url = URL.canParse(webhookUrl) ? new URL(webhookUrl) : undefined;
    const [, webhookId, token] = WEBHOOK_PATH.exec(url?.pathname ?? '') ?? [];
    const threadId = url?.searchParams.get('thread_id') ?? undefined;
    const isDiscords = url !== undefined && isDiscordHost(url, new URL(apiUrl));
    if (!isDiscords || webhookId === undefined || token === undefined)
      throw badDestination(
        'webhookUrl',
        'is not a Discord webhook. Copy it in Discord: channel, Integrations, Webhooks.',
      );
    if (threadId !== undefined && !SNOWFLAKE.test(threadId))
      throw badDestination('webhookUrl', 'thread_id must be a number.');
    return { kind: 'discord', webhookId, token, ...(threadId === undefined ? {} : { threadId }) };
  },
  telegram: ({ botToken, chatId }) => {
    if (!BOT_TOKEN.test(botToken))
      throw badDestination('botToken', 'is not a bot token. BotFather shows it as 123456:ABC-….');
    if (!CHAT.test(chatId)) throw badDestination('chatId', 'must be a number such as -1001234567890, or @name.');
    return { kind: 'telegram', botToken, chatId };
  },
  webhook: () => undefined,
};

const isDiscordHost = (url: URL, api: URL): boolean => {
  if (url.username !== '' || url.password !== '') return false;
  if (url.origin === api.origin) return true;
  return url.protocol === 'https:' && DISCORD_HOSTS.includes(api.hostname) && DISCORD_HOSTS.includes(url.host);
};

/** The destination as it may be shown: enough to recognise it, nothing that opens it. */
export const hintOf = (destination: Destination): string => {
  switch (destination.kind) {
    case 'email': {
      const at = destination.address.lastIndexOf('@');
      return `${destination.address.slice(0, Math.min(2, at - 1) || 1)}…${destination.address.slice(at)}`;
    }
    case 'discord':
      return `webhook ${destination.webhookId}`;
    case 'telegram':
      return `bot ${destination.botToken.split(':')[0]}, chat ${destination.chatId}`;
  }
};
