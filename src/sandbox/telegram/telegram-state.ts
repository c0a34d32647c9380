import type { TruthPost } from '../truth/truth-feed.js';
import type { SandboxAccount } from '../world/sandbox-platform.js';
import type { UploadedFile } from '../http/multipart.js';

/** A bot, the group it posts to and its private staging chat. */
export interface TelegramAccount extends SandboxAccount {
  readonly platform: 'telegram';
  readonly botId: number;
  /** The group's id before and after it became a supergroup. */
  readonly groupId: number;
  readonly supergroupId: number;
  readonly stagingId: number;
  token: string;
}

/** One message; only those of the group are posts. */
export interface TelegramMessage {
  readonly messageId: number;
  readonly chatId: number;
  readonly account: TelegramAccount;
  readonly sentMs: number;
  caption: string;
  readonly fileId?: string;
  readonly post?: TruthPost;
}

/** Everything Telegram remembers. */
export class TelegramState {
  readonly accounts: TelegramAccount[] = [];
  readonly messages: TelegramMessage[] = [];
  /** Files outlive the messages they came with. */
  readonly files = new Map<string, { readonly account: TelegramAccount; readonly file: UploadedFile }>();

  remove(message: TelegramMessage): void {
    this.messages.splice(this.messages.indexOf(message), 1);
  }

  reset(): void {
    this.accounts.length = 0;
    this.messages.length = 0;
    this.files.clear();
  }
}
