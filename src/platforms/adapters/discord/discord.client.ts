import type { PlatformContext } from '../../domain/platform.port.js';
import type { PublishMedia } from '../../domain/publish-content.js';
import { multipartBody } from '../../infrastructure/multipart-body.js';
import type { PlatformAnswer, PlatformHttp, PlatformRequest } from '../../infrastructure/platform-http.js';
import type { DiscordConfig } from './discord.config.js';
import type { DiscordAccess } from './discord.credentials.js';

/** A message as it goes out. */
export interface OutgoingMessage {
  readonly content: string;
  readonly media?: PublishMedia;
  /** At most 25 characters; a bot's repeat with it within minutes gives the first message back. */
  readonly nonce: string;
}

type Signal = PlatformContext['signal'];

/** Discord's calls on the wire (`platforms.md` 6.1). */
export class DiscordClient {
  constructor(
    private readonly config: DiscordConfig,
    private readonly http: PlatformHttp,
  ) {}

  /** Answers without a token. */
  gateway(signal: Signal): Promise<PlatformAnswer> {
    return this.http.send({ method: 'GET', url: `${this.config.apiUrl}/gateway`, signal });
  }

  /** Webhook object or channel: proves that the way to the channel is open. */
  destination(access: DiscordAccess, signal: Signal): Promise<PlatformAnswer> {
    return this.call(access, { method: 'GET', url: this.home(access), signal });
  }

  me(access: DiscordAccess, signal: Signal): Promise<PlatformAnswer> {
    return this.call(access, { method: 'GET', url: `${this.config.apiUrl}/users/@me`, signal });
  }

  post(access: DiscordAccess, message: OutgoingMessage, signal: Signal): Promise<PlatformAnswer> {
    const payload = JSON.stringify(payloadOf(access, message));
    const form =
      message.media &&
      multipartBody([{ name: 'payload_json', value: payload, contentType: 'application/json' }], {
        name: 'files[0]',
        media: message.media,
      });
    return this.call(access, {
      method: 'POST',
      url: this.postUrl(access),
      headers: form?.headers ?? { 'content-type': 'application/json' },
      body: form?.body ?? payload,
      signal,
      kind: form ? 'upload' : 'metadata',
      irreversible: true,
    });
  }

  /** A bot's channel, newest first. */
  list(access: DiscordAccess, before: string | undefined, signal: Signal): Promise<PlatformAnswer> {
    const page = before === undefined ? '' : `&before=${before}`;
    return this.call(access, { method: 'GET', url: `${this.home(access)}/messages?limit=100${page}`, signal });
  }

  remove(access: DiscordAccess, messageId: string, signal: Signal): Promise<PlatformAnswer> {
    const url = `${this.home(access)}/messages/${encodeURIComponent(messageId)}${threadOf(access, '?')}`;
    return this.call(access, { method: 'DELETE', url, signal });
  }

  private home(access: DiscordAccess): string {
    const { apiUrl } = this.config;
    return access.mode === 'webhook'
      ? `${apiUrl}/webhooks/${access.webhookId}/${access.token}`
      : `${apiUrl}/channels/${access.channelId}`;
  }

  /** Without `wait=true` Discord answers 204 even for a message that it did not keep. */
  private postUrl(access: DiscordAccess): string {
    const home = this.home(access);
    return access.mode === 'bot' ? `${home}/messages` : `${home}?wait=true${threadOf(access, '&')}`;
  }

  private call(access: DiscordAccess, request: PlatformRequest): Promise<PlatformAnswer> {
    const authorisation = access.mode === 'bot' ? { authorization: `Bot ${access.botToken}` } : {};
    return this.http.send({ ...request, headers: { ...request.headers, ...authorisation } });
  }
}

const threadOf = (access: DiscordAccess, joint: '?' | '&'): string =>
  access.mode === 'webhook' && access.threadId !== undefined ? `${joint}thread_id=${access.threadId}` : '';

/** Nobody is pinged, whatever the caption says. */
const payloadOf = (access: DiscordAccess, { content, nonce }: OutgoingMessage) => ({
  content,
  allowed_mentions: { parse: [] },
  ...(access.mode === 'bot' ? { nonce, enforce_nonce: true } : {}),
});
