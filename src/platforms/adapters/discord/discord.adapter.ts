import { z } from 'zod';
import type { Clock } from '../../../kernel/clock.port.js';
import type { Violation } from '../../../kernel/domain-error.js';
import type { Capability } from '../../domain/platform-name.js';
import {
  type AbsenceRule,
  type AnnouncedMessage,
  type Fingerprint,
  Platform,
  type PlatformContext,
} from '../../domain/platform.port.js';
import type { PostLink } from '../../domain/post-link.js';
import type { ContentDraft, PublishContent } from '../../domain/publish-content.js';
import type * as outcome from '../../domain/publish-outcome.js';
import { beforeCommit, onPacedRead, onRead } from '../../domain/refusal.js';
import type { PlatformAnswer, PlatformHttp } from '../../infrastructure/platform-http.js';
import { probeLiveness } from '../../infrastructure/probe-liveness.js';
import { UnknownCodes } from '../../infrastructure/unknown-codes.js';
import * as answers from './discord.answers.js';
import { DISCORD_BOT_ABSENCE, DISCORD_CAPABILITIES, DISCORD_WEBHOOK_ABSENCE } from './discord.capabilities.js';
import { DiscordClient } from './discord.client.js';
import type { DiscordConfig } from './discord.config.js';
import { type DiscordAccess, readAccess, secretOf, webhookUrlOf } from './discord.credentials.js';
import { UNKNOWN_MESSAGE } from './discord.errors.map.js';
import { checkMessage, nonceOf, optionsOf } from './discord.message.js';
import { readDiscord, type Read } from './discord.outcomes.js';
import { discordPostLink } from './discord.link.js';

/** No code, the code of every plain HTTP error, and the one that `remove` knows. */
const SAID_OTHERWISE: readonly (string | undefined)[] = [undefined, '0', String(UNKNOWN_MESSAGE)];

/** 100 messages each; a channel busier than that within the doubt cannot prove absence. */
const MAX_LIST_PAGES = 5;

/** Discord by webhook or bot: posting the message is the one irreversible call. */
export class DiscordAdapter extends Platform {
  readonly name = 'discord';
  readonly absenceRule = DISCORD_WEBHOOK_ABSENCE;
  override readonly canAnnounce = true;
  private readonly client: DiscordClient;

  constructor(
    private readonly config: DiscordConfig,
    http: PlatformHttp,
    private readonly clock: Clock,
    private readonly unknownCodes = new UnknownCodes(),
  ) {
    super();
    this.client = new DiscordClient(config, http);
  }

  override absenceRuleOf(resume: outcome.ResumeToken): AbsenceRule {
    return resume['mode'] === 'bot' ? DISCORD_BOT_ABSENCE : DISCORD_WEBHOOK_ABSENCE;
  }

  override postLinkOf(url: string): PostLink | undefined {
    return discordPostLink(url);
  }

  capabilities(): typeof DISCORD_CAPABILITIES {
    return DISCORD_CAPABILITIES;
  }

  validate(draft: ContentDraft): readonly Violation[] {
    return checkMessage(draft);
  }

  /** Nothing to upload ahead; a read proves that webhook or channel is there before anything visible is tried. */
  async prepare(ctx: PlatformContext, content: PublishContent): Promise<outcome.PrepareOutcome> {
    const access = this.accessOf(ctx.credentials);
    if (!access) return NO_ACCESS;
    const read = this.read(
      access,
      await this.client.destination(access, ctx.signal),
      answers.channel.or(answers.webhook),
    );
    return read.kind === 'ok'
      ? { kind: 'ready', resume: { handle: nonceOf(content.marker), mode: access.mode } }
      : beforeCommit(read);
  }

  async commit(
    ctx: PlatformContext,
    content: PublishContent,
    resume: outcome.ResumeToken,
  ): Promise<outcome.CommitOutcome> {
    const access = this.accessOf(ctx.credentials);
    if (!access) return NO_ACCESS;
    const media = optionsOf(content).attachVideo ? { media: content.media } : {};
    const message = { content: content.caption, nonce: resume.handle, ...media };
    const read = this.read(access, await this.client.post(access, message, ctx.signal), answers.message);
    return read.kind === 'ok' ? live(read.value, ctx.credentials['guildId']) : read;
  }

  override async announce(ctx: PlatformContext, { text, marker }: AnnouncedMessage): Promise<outcome.CommitOutcome> {
    const access = this.accessOf(ctx.credentials);
    if (!access) return NO_ACCESS;
    const message = { content: text, nonce: nonceOf(marker) };
    const read = this.read(access, await this.client.post(access, message, ctx.signal), answers.message);
    return read.kind === 'ok' ? live(read.value, ctx.credentials['guildId']) : read;
  }

  /** Neither a nonce nor a webhook can be asked afterwards; a bot's channel can (`find`). */
  check(): Promise<outcome.CheckOutcome> {
    return Promise.resolve({ kind: 'inconclusive', detail: 'Discord tells nothing about a message without its id' });
  }

  async find(ctx: PlatformContext, fingerprint: Fingerprint, since: Date): Promise<outcome.FindOutcome> {
    const access = this.accessOf(ctx.credentials);
    if (!access) return NO_ACCESS;
    if (access.mode === 'webhook') return { kind: 'unsupported' };
    const posts: outcome.FoundPost[] = [];
    let before: string | undefined;
    for (let page = 0; page < MAX_LIST_PAGES; page += 1) {
      const read = this.read(access, await this.client.list(access, before, ctx.signal), answers.messages);
      if (read.kind !== 'ok') return onRead(read);
      const fresh = read.value.filter((message) => new Date(message.timestamp) >= since);
      const own = fresh.filter((message) => message.author?.id === ctx.credentials['botUserId']);
      posts.push(...own.map((message) => foundPost(message, fingerprint.marker, ctx.credentials['guildId'])));
      if (fresh.length < read.value.length || read.value.length === 0) return { kind: 'listed', posts };
      before = read.value.at(-1)?.id;
    }
    return { kind: 'unavailable', detail: 'the channel is too busy to be read back to the time of sending' };
  }

  async remove(ctx: PlatformContext, platformPostId: string): Promise<outcome.RemoveOutcome> {
    const access = this.accessOf(ctx.credentials);
    if (!access) return NO_ACCESS;
    const answer = await this.client.remove(access, platformPostId, ctx.signal);
    if (answer.kind === 'response' && answer.status === 204) return { kind: 'removed' };
    const read = this.read(access, answer, z.never());
    if (read.kind === 'ok' || read.platformCode === String(UNKNOWN_MESSAGE)) return { kind: 'removed' };
    return read.kind === 'rejected' ? read : onPacedRead(read);
  }

  /** Without a token: refused calls are counted against our address. */
  probe(capability: Capability, ctx?: PlatformContext): Promise<outcome.ProbeOutcome> {
    if (capability !== 'auth' && capability !== 'read') return Promise.resolve({ kind: 'skipped' });
    const signal = ctx?.signal ?? new AbortController().signal;
    return probeLiveness(this.clock, () => this.client.gateway(signal), answers.gateway);
  }

  connect(credentials: outcome.Credentials, signal: AbortSignal): Promise<outcome.ConnectOutcome> {
    const access = this.accessOf(credentials);
    if (!access) return Promise.resolve(BAD_CREDENTIALS);
    return access.mode === 'webhook' ? this.connectWebhook(access, signal) : this.connectBot(access, signal);
  }

  /** Webhooks and bot tokens have no clock. */
  refresh(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  private async connectWebhook(
    access: Extract<DiscordAccess, { mode: 'webhook' }>,
    signal: AbortSignal,
  ): Promise<outcome.ConnectOutcome> {
    const read = this.read(access, await this.client.destination(access, signal), answers.webhook);
    if (read.kind !== 'ok') return asConnect(read);
    const { id, name, channel_id: channelId, guild_id: guildId } = read.value;
    const webhookUrl = webhookUrlOf(access, this.config.apiUrl);
    const externalId = access.threadId === undefined ? id : `${id}:${access.threadId}`;
    return connected(externalId, name ?? `Webhook ${id}`, { webhookUrl, channelId, ...(guildId ? { guildId } : {}) });
  }

  private async connectBot(
    access: Extract<DiscordAccess, { mode: 'bot' }>,
    signal: AbortSignal,
  ): Promise<outcome.ConnectOutcome> {
    const me = this.read(access, await this.client.me(access, signal), answers.user);
    if (me.kind !== 'ok') return asConnect(me);
    const read = this.read(access, await this.client.destination(access, signal), answers.channel);
    if (read.kind !== 'ok') return asConnect(read);
    const { id, name, guild_id: guildId } = read.value;
    const { botToken, channelId } = access;
    const kept = { botToken, channelId, botUserId: me.value.id, ...(guildId ? { guildId } : {}) };
    return connected(id, name ? `#${name}` : `Channel ${id}`, kept);
  }

  private accessOf(credentials: outcome.Credentials): DiscordAccess | undefined {
    return readAccess(credentials, this.config.apiUrl);
  }

  private read<T>(access: DiscordAccess, answer: PlatformAnswer, shape: z.ZodType<T>): Read<T> {
    const read = readDiscord(answer, shape, { now: this.clock.now(), secret: secretOf(access) });
    if (read.kind === 'unknown' && !SAID_OTHERWISE.includes(read.platformCode)) this.report(read);
    return read;
  }

  private report({ platformCode: code = '', httpStatus }: outcome.Evidence): void {
    this.unknownCodes.report({ platform: this.name, call: `HTTP ${httpStatus}`, code });
  }
}

const NO_ACCESS = {
  kind: 'unauthorised',
  reconnect: true,
  detail: 'the stored credentials are neither a Discord webhook nor a bot with a channel',
} as const;

const BAD_CREDENTIALS: outcome.ConnectOutcome = {
  kind: 'rejected',
  category: 'account_issue',
  detail: 'give a webhookUrl of Discord, or a botToken with a channelId',
};

const permalinkOf = (message: answers.Message, guildId: string | undefined): string =>
  `https://discord.com/channels/${guildId ?? '@me'}/${message.channel_id}/${message.id}`;

const live = (message: answers.Message, guildId: string | undefined): outcome.Published => ({
  kind: 'published',
  platformPostId: message.id,
  permalink: permalinkOf(message, guildId),
  publishedAt: new Date(message.timestamp),
});

const foundPost = (message: answers.Message, marker: string, guildId: string | undefined): outcome.FoundPost => ({
  platformPostId: message.id,
  caption: message.content ?? '',
  createdAt: new Date(message.timestamp),
  permalink: permalinkOf(message, guildId),
  ...(message.nonce === nonceOf(marker) ? { marker } : {}),
});

const asConnect = (refusal: Exclude<Read<unknown>, { kind: 'ok' }>): outcome.ConnectOutcome =>
  refusal.kind === 'rejected' ? refusal : onRead(refusal);

const connected = (
  externalId: string,
  displayName: string,
  credentials: outcome.Credentials,
): outcome.ConnectOutcome => ({ kind: 'connected', externalId, displayName, credentials, scopes: [] });
