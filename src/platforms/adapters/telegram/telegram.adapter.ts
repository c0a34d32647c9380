import type { z } from 'zod';
import type { Clock } from '../../../kernel/clock.port.js';
import type { Violation } from '../../../kernel/domain-error.js';
import type { Capability } from '../../domain/platform-name.js';
import { type AnnouncedMessage, Platform, type PlatformContext } from '../../domain/platform.port.js';
import type { PostLink } from '../../domain/post-link.js';
import type { ContentDraft, PublishContent } from '../../domain/publish-content.js';
import type * as outcome from '../../domain/publish-outcome.js';
import { beforeCommit, onPacedRead, onRead } from '../../domain/refusal.js';
import type { PlatformAnswer, PlatformHttp } from '../../infrastructure/platform-http.js';
import { probeLiveness } from '../../infrastructure/probe-liveness.js';
import { UnknownCodes } from '../../infrastructure/unknown-codes.js';
import * as answers from './telegram.answers.js';
import { TELEGRAM_ABSENCE, TELEGRAM_CAPABILITIES } from './telegram.capabilities.js';
import { TelegramClient } from './telegram.client.js';
import type { TelegramConfig } from './telegram.config.js';
import { readAccess, type TelegramAccess } from './telegram.credentials.js';
import { MESSAGE_NOT_FOUND } from './telegram.errors.map.js';
import { checkMessage, fieldsOf, videoFieldsOf } from './telegram.message.js';
import { flat, type Read, readTelegram, type TelegramRefusal } from './telegram.outcomes.js';
import { readResume, type TelegramResume } from './telegram.resume.js';
import { telegramPostLink } from './telegram.link.js';

type Chat = { readonly kind: 'chat'; readonly chat: answers.Chat };

/**
 * Telegram by bot. With a staging chat the video is sent there first, so that the irreversible `sendVideo` is a tiny
 * call; without one it carries the bytes.
 */
export class TelegramAdapter extends Platform {
  readonly name = 'telegram';
  readonly absenceRule = TELEGRAM_ABSENCE;
  override readonly canAnnounce = true;
  private readonly client: TelegramClient;

  constructor(
    config: TelegramConfig,
    http: PlatformHttp,
    private readonly clock: Clock,
    private readonly unknownCodes = new UnknownCodes(),
  ) {
    super();
    this.client = new TelegramClient(config, http);
  }

  override postLinkOf(url: string, externalId: string): PostLink | undefined {
    return telegramPostLink(url, externalId);
  }

  capabilities(): typeof TELEGRAM_CAPABILITIES {
    return TELEGRAM_CAPABILITIES;
  }

  validate(draft: ContentDraft): readonly Violation[] {
    return checkMessage(draft);
  }

  async prepare(
    ctx: PlatformContext,
    content: PublishContent,
    resume?: outcome.ResumeToken,
  ): Promise<outcome.PrepareOutcome> {
    const access = readAccess(ctx.credentials);
    if (!access) return NO_ACCESS;
    if (!resume) return this.findChats(access, content.marker, ctx.signal);
    const token = readResume(resume);
    if (token.step === 'ready' || token.stagingChatId === undefined)
      return { kind: 'ready', resume: { ...token, step: 'ready' } };
    return this.stage(access, token, content, ctx.signal);
  }

  async commit(
    ctx: PlatformContext,
    content: PublishContent,
    resume: outcome.ResumeToken,
  ): Promise<outcome.CommitOutcome> {
    const access = readAccess(ctx.credentials);
    if (!access) return NO_ACCESS;
    const { chatId, fileId } = readResume(resume);
    const fields = fieldsOf(content, chatId);
    const { signal } = ctx;
    const answer =
      fileId === undefined
        ? await this.client.sendBytes(access.botToken, fields, { media: content.media, signal, irreversible: true })
        : await this.client.sendStaged(access.botToken, { ...fields, video: fileId }, signal);
    const read = this.read(access, answer, answers.message);
    return read.kind === 'ok' ? live(read.value) : flat(read);
  }

  override async announce(ctx: PlatformContext, { text }: AnnouncedMessage): Promise<outcome.CommitOutcome> {
    const access = readAccess(ctx.credentials);
    if (!access) return NO_ACCESS;
    const target = await this.chat(access, access.chatId, ctx.signal);
    if (target.kind !== 'chat') return beforeCommit(flat(target));
    const fields = { chat_id: target.chat.id, text };
    const answer = await this.client.sendText(access.botToken, fields, ctx.signal);
    const read = this.read(access, answer, answers.message);
    return read.kind === 'ok' ? live(read.value) : flat(read);
  }

  check(): Promise<outcome.CheckOutcome> {
    return Promise.resolve({ kind: 'inconclusive', detail: 'Telegram tells a bot nothing about what it sent' });
  }

  find(): Promise<outcome.FindOutcome> {
    return Promise.resolve({ kind: 'unsupported' });
  }

  /** Refused after 48 h, unless the bot may delete in the channel. */
  async remove(ctx: PlatformContext, platformPostId: string): Promise<outcome.RemoveOutcome> {
    const access = readAccess(ctx.credentials);
    if (!access) return NO_ACCESS;
    const [chatId = '', messageId = ''] = platformPostId.split('/');
    const fields = { chat_id: chatId, message_id: Number(messageId) };
    const answer = await this.client.call(access.botToken, 'deleteMessage', fields, ctx.signal);
    const read = this.read(access, answer, answers.removed);
    if (read.kind === 'ok') return { kind: 'removed' };
    const refusal = flat(read);
    if (refusal.kind !== 'rejected') return onPacedRead(refusal);
    return MESSAGE_NOT_FOUND.test(refusal.detail ?? '') ? { kind: 'removed' } : refusal;
  }

  probe(capability: Capability, ctx?: PlatformContext): Promise<outcome.ProbeOutcome> {
    if (capability !== 'auth' && capability !== 'read') return Promise.resolve({ kind: 'skipped' });
    const signal = ctx?.signal ?? new AbortController().signal;
    return probeLiveness(this.clock, () => this.client.alive(signal), answers.refused);
  }

  async connect(credentials: outcome.Credentials, signal: AbortSignal): Promise<outcome.ConnectOutcome> {
    const access = readAccess(credentials);
    if (!access) return BAD_CREDENTIALS;
    const me = this.read(access, await this.client.call(access.botToken, 'getMe', {}, signal), answers.user);
    if (me.kind !== 'ok') return asConnect(me);
    const target = await this.chat(access, access.chatId, signal);
    if (target.kind !== 'chat') return asConnect(target);
    const staging = access.stagingChatId === undefined ? target : await this.chat(access, access.stagingChatId, signal);
    if (staging.kind !== 'chat') return asConnect(staging);
    if (access.stagingChatId !== undefined && staging.chat.id === target.chat.id) return SAME_CHAT;
    const { id, title, username, first_name: firstName } = target.chat;
    const stagingChatId = access.stagingChatId === undefined ? {} : { stagingChatId: staging.chat.id };
    return {
      kind: 'connected',
      externalId: id,
      displayName: title ?? (username === undefined ? (firstName ?? id) : `@${username}`),
      credentials: { botToken: access.botToken, chatId: id, ...stagingChatId },
      scopes: [],
    };
  }

  /** Bot tokens have no clock. */
  refresh(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  /** Where the chats are now. Nothing is stored when one has moved: every publish asks again. */
  private async findChats(
    access: TelegramAccess,
    marker: string,
    signal: AbortSignal,
  ): Promise<outcome.PrepareOutcome> {
    const target = await this.chat(access, access.chatId, signal);
    if (target.kind !== 'chat') return beforeCommit(flat(target));
    const resume: TelegramResume = { handle: `telegram:${marker}`, chatId: target.chat.id, step: 'stage' };
    const { stagingChatId } = access;
    return { kind: 'saved', resume: stagingChatId === undefined ? resume : { ...resume, stagingChatId } };
  }

  /** A second copy in the staging chat does no harm, so this step may be repeated. */
  private async stage(
    access: TelegramAccess,
    token: TelegramResume,
    content: PublishContent,
    signal: AbortSignal,
  ): Promise<outcome.PrepareOutcome> {
    const fields = {
      chat_id: token.stagingChatId ?? '',
      disable_notification: true,
      ...videoFieldsOf(content.media),
    };
    const { media } = content;
    const answer = await this.client.sendBytes(access.botToken, fields, { media, signal, irreversible: false });
    const read = this.read(access, answer, answers.message);
    if (read.kind === 'moved') return { kind: 'saved', resume: { ...token, stagingChatId: read.chatId } };
    if (read.kind !== 'ok') return beforeCommit(read);
    const fileId = read.value.video?.file_id;
    if (fileId === undefined) return { kind: 'unavailable', detail: 'the staged message has no video' };
    return { kind: 'ready', resume: { ...token, fileId, step: 'ready' } };
  }

  /** A chat under its present id. */
  private async chat(access: TelegramAccess, chatId: string, signal: AbortSignal): Promise<Chat | TelegramRefusal> {
    const answer = await this.client.call(access.botToken, 'getChat', { chat_id: chatId }, signal);
    const read = this.read(access, answer, answers.chat);
    if (read.kind === 'ok') return { kind: 'chat', chat: read.value };
    return read.kind === 'moved' ? { kind: 'chat', chat: { id: read.chatId } } : read;
  }

  private read<T>(access: TelegramAccess, answer: PlatformAnswer, shape: z.ZodType<T>): Read<T> {
    const read = readTelegram(answer, shape, { now: this.clock.now(), secret: access.botToken });
    const code = read.kind === 'unknown' ? read.platformCode : undefined;
    // 5xx is documented as what it says: the server's own fault.
    if (code !== undefined && Number(code) < 500)
      this.unknownCodes.report({ platform: this.name, call: 'error_code', code });
    return read;
  }
}

const NO_ACCESS = {
  kind: 'unauthorised',
  reconnect: true,
  detail: 'the stored credentials are no bot with a chat',
} as const;

const BAD_CREDENTIALS: outcome.ConnectOutcome = {
  kind: 'rejected',
  category: 'account_issue',
  detail: 'give a botToken and a chatId, and better also a stagingChatId: a private chat of your own',
};

const SAME_CHAT: outcome.ConnectOutcome = {
  kind: 'rejected',
  category: 'account_issue',
  detail: 'stagingChatId must be another chat than chatId: what is staged is visible there',
};

/** Message ids count per chat, so the chat belongs to the name. */
const live = ({ chat, message_id: messageId, date }: answers.Message): outcome.Published => ({
  kind: 'published',
  platformPostId: `${chat.id}/${messageId}`,
  publishedAt: new Date(date * 1000),
  ...permalinkOf(chat, messageId),
});

/** Public channels by name; supergroups by the part of their id after -100, for members only. */
const permalinkOf = (chat: answers.Chat, messageId: number): { permalink?: string } => {
  if (chat.username !== undefined) return { permalink: `https://t.me/${chat.username}/${messageId}` };
  return chat.id.startsWith('-100') ? { permalink: `https://t.me/c/${chat.id.slice(4)}/${messageId}` } : {};
};

const asConnect = (found: TelegramRefusal): outcome.ConnectOutcome => {
  const refusal = flat(found);
  return refusal.kind === 'rejected' ? refusal : onRead(refusal);
};
