import type { Reply } from '../http/call.js';
import { factsOf, type UploadedFile } from '../http/multipart.js';
import { markerIn } from '../truth/truth-feed.js';
import type { World } from '../world/world.js';
import { badRequest, ok, rateLimited, refuse } from './telegram-errors.js';
import type { TelegramAccount, TelegramMessage, TelegramState } from './telegram-state.js';

const MAX_CAPTION = 1_024;
const MAX_TEXT = 4_096;
const MAX_FILE_BYTES = 50_000_000;
const DELETE_WITHIN_MS = 48 * 3_600_000;
const PARSE_MODES = ['HTML', 'Markdown', 'MarkdownV2'];

/** A method's parameters, wherever they came from. */
export type Fields = Readonly<Record<string, string>>;

/** Length after the marks are parsed away. */
const shownLength = (text: string, parseMode: string | undefined): number =>
  parseMode === 'HTML' ? text.replace(/<[^>]*>/g, '').replace(/&(?:lt|gt|quot|amp);/g, '_').length : text.length;

/** Sending, editing and deleting messages. */
export class TelegramSending {
  constructor(
    private readonly world: World,
    private readonly state: TelegramState,
  ) {}

  sendVideo(account: TelegramAccount, fields: Fields, file: UploadedFile | undefined): Reply {
    const caption = fields['caption'] ?? '';
    const chat = this.chatOf(account, fields['chat_id']);
    if (typeof chat !== 'number') return chat;
    if (fields['parse_mode'] !== undefined && !PARSE_MODES.includes(fields['parse_mode']))
      return badRequest('unsupported parse_mode');
    if (shownLength(caption, fields['parse_mode']) > MAX_CAPTION) return badRequest('message caption is too long');
    if (file && file.bytes.length > MAX_FILE_BYTES) return refuse(413, 'Request Entity Too Large');
    const fileId = file ? this.keep(account, file) : fields['video'];
    const known = fileId === undefined ? undefined : this.state.files.get(fileId);
    if (fileId === undefined) return badRequest('there is no video in the request');
    if (known?.account.botId !== account.botId) return badRequest('wrong file identifier/HTTP URL specified');
    if (this.overRate(chat)) return rateLimited();
    return ok(this.show(this.post(account, { chat, caption, fileId, file: known.file })));
  }

  sendMessage(account: TelegramAccount, fields: Fields): Reply {
    const text = fields['text'] ?? '';
    const chat = this.chatOf(account, fields['chat_id']);
    if (typeof chat !== 'number') return chat;
    if (text === '') return badRequest('message text is empty');
    if (text.length > MAX_TEXT) return badRequest('message is too long');
    return ok(this.show(this.post(account, { chat, caption: text })));
  }

  editCaption(account: TelegramAccount, fields: Fields): Reply {
    const found = this.find(account, fields);
    if (!found) return badRequest('message to edit not found');
    found.caption = fields['caption'] ?? '';
    return ok(this.show(found));
  }

  remove(account: TelegramAccount, fields: Fields): Reply {
    const found = this.find(account, fields);
    if (!found) return badRequest('message to delete not found');
    if (this.world.clock.nowMs() - found.sentMs > DELETE_WITHIN_MS) return badRequest("message can't be deleted");
    this.state.remove(found);
    if (found.post) this.world.truth.remove(found.post);
    return ok(true);
  }

  /** The chat's present id, or why there is none under this one. */
  chatOf(account: TelegramAccount, text: string | undefined): number | Reply {
    const id = Number(text);
    const { groupId, supergroupId, stagingId } = account;
    if (id === stagingId) return id;
    const isMigrated = this.world.settings.telegramMigrated;
    if (id === groupId && isMigrated)
      return refuse(400, 'Bad Request: group chat was upgraded to a supergroup chat', {
        migrate_to_chat_id: supergroupId,
      });
    return id === (isMigrated ? supergroupId : groupId) ? id : badRequest('chat not found');
  }

  private keep(account: TelegramAccount, file: UploadedFile): string {
    const fileId = `BAACAgQ${this.world.ids.word(60)}`;
    this.state.files.set(fileId, { account, file });
    return fileId;
  }

  private post(
    account: TelegramAccount,
    sent: {
      readonly chat: number;
      readonly caption: string;
      readonly fileId?: string | undefined;
      readonly file?: UploadedFile;
    },
  ): TelegramMessage {
    const { chat, caption, fileId, file } = sent;
    const messageId = this.state.messages.length + 100;
    const at = this.world.clock.iso();
    const post = {
      platform: 'telegram' as const,
      accountExternalId: account.externalId,
      platformPostId: `${chat}/${messageId}`,
      handle: `${chat}/${messageId}`,
      caption,
      ...markerIn([caption]),
      createdAt: at,
      liveAt: at,
      ...factsOf(file),
    };
    const isPost = chat !== account.stagingId;
    const message: TelegramMessage = {
      messageId,
      chatId: chat,
      account,
      caption,
      sentMs: this.world.clock.nowMs(),
      ...(fileId === undefined ? {} : { fileId }),
      ...(isPost ? { post } : {}),
    };
    this.state.messages.push(message);
    if (isPost) {
      this.world.truth.accept(post);
      this.world.truth.markLive(post);
    }
    return message;
  }

  private find(account: TelegramAccount, fields: Fields): TelegramMessage | undefined {
    const id = Number(fields['message_id']);
    const chat = Number(fields['chat_id']);
    return this.state.messages.find(
      (message) => message.account === account && message.messageId === id && message.chatId === chat,
    );
  }

  private overRate(chat: number): boolean {
    if (!this.world.settings.telegramRateLimits) return false;
    const sinceMs = this.world.clock.nowMs() - 1_000;
    return this.state.messages.some(({ chatId, sentMs }) => chatId === chat && sentMs > sinceMs);
  }

  private show({ messageId, chatId, sentMs, caption, fileId, account }: TelegramMessage): Record<string, unknown> {
    return {
      message_id: messageId,
      date: Math.floor(sentMs / 1000),
      chat: { id: chatId, title: account.handle, type: chatId === account.stagingId ? 'channel' : 'supergroup' },
      ...(fileId === undefined ? { text: caption } : { caption, video: { file_id: fileId, file_unique_id: 'AgAD' } }),
    };
  }
}
