import type { TruthPost } from '../truth/truth-feed.js';
import type { SandboxAccount } from '../world/sandbox-platform.js';

/** One channel, reached by a webhook or by a bot. */
export interface DiscordAccount extends SandboxAccount {
  readonly platform: 'discord';
  readonly channelId: string;
  readonly guildId: string;
  /** Webhook id or the bot's user id. */
  readonly authorId: string;
  readonly mode: 'webhook' | 'bot';
  /** Webhook token or bot token; changes when a fault kills it. */
  token: string;
}

/** One message in a channel. */
export interface DiscordMessage {
  readonly id: string;
  readonly account: DiscordAccount;
  content: string;
  readonly createdMs: number;
  readonly nonce?: string;
  readonly post: TruthPost;
  readonly file?: { readonly name: string; readonly size: number };
  /** Not in lists before this time (`late` fault), sandbox ms. */
  readonly listedFromMs: number;
}

/** Everything Discord remembers. */
export class DiscordState {
  readonly accounts: DiscordAccount[] = [];
  readonly messages: DiscordMessage[] = [];

  webhook(id: string | undefined): DiscordAccount | undefined {
    return this.accounts.find(({ mode, authorId }) => mode === 'webhook' && authorId === id);
  }

  channel(id: string | undefined): DiscordAccount | undefined {
    return this.accounts.find(({ channelId }) => channelId === id);
  }

  /** Newest first. */
  inChannel(channelId: string): DiscordMessage[] {
    return this.messages.filter(({ account }) => account.channelId === channelId).toReversed();
  }

  remove(message: DiscordMessage): void {
    this.messages.splice(this.messages.indexOf(message), 1);
  }

  reset(): void {
    this.accounts.length = 0;
    this.messages.length = 0;
  }
}
