import { z } from 'zod';
import type { Credentials } from '../../domain/publish-outcome.js';

/**
 * Who posts where. `webhook`: the address is the secret; it cannot look back. `bot`: a member of the server that can
 * list its channel, so a lost answer can be cleared up. Into a thread: `?thread_id=` on the webhook's address, or the
 * thread's id as the bot's channel.
 */
export type DiscordAccess =
  | { readonly mode: 'webhook'; readonly webhookId: string; readonly token: string; readonly threadId?: string }
  | { readonly mode: 'bot'; readonly botToken: string; readonly channelId: string };

const ID = /^\d{5,25}$/;
const WEBHOOK_PATH = /\/webhooks\/(\d{5,25})\/([\w-]{10,200})\/?$/;

const bot = z.object({ botToken: z.string().regex(/^[\w.-]{10,200}$/), channelId: z.string().regex(ID) });

/**
 * Reads what a user gave or the vault kept. Only id and token of a webhook address are used; the host we call is
 * always the configured one, so an address of another host is refused.
 * @returns undefined when it is neither a webhook of `apiUrl`'s host nor a bot with a channel
 */
export const readAccess = (credentials: Credentials, apiUrl: string): DiscordAccess | undefined => {
  if (credentials['webhookUrl'] !== undefined) return readWebhook(credentials['webhookUrl'], apiUrl);
  const read = bot.safeParse(credentials);
  return read.success ? { mode: 'bot', ...read.data } : undefined;
};

const readWebhook = (text: string, apiUrl: string): DiscordAccess | undefined => {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const [, webhookId, token] = WEBHOOK_PATH.exec(url.pathname) ?? [];
  const isOurs = url.origin === new URL(apiUrl).origin && url.username === '' && url.password === '';
  if (!isOurs || webhookId === undefined || token === undefined) return undefined;
  const threadId = url.searchParams.get('thread_id');
  if (threadId !== null && !ID.test(threadId)) return undefined;
  return { mode: 'webhook', webhookId, token, ...(threadId === null ? {} : { threadId }) };
};

/** The address as it is kept: our host, and nothing but what we read out of it. */
export const webhookUrlOf = (access: Extract<DiscordAccess, { mode: 'webhook' }>, apiUrl: string): string => {
  const thread = access.threadId === undefined ? '' : `?thread_id=${access.threadId}`;
  return `${apiUrl}/webhooks/${access.webhookId}/${access.token}${thread}`;
};

/** The literal that must never reach a journal. */
export const secretOf = (access: DiscordAccess): string => (access.mode === 'bot' ? access.botToken : access.token);
