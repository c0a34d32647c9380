import type { ByteTally } from '../http/byte-tally.js';
import type { TruthPost } from '../truth/truth-feed.js';
import type { SandboxAccount } from '../world/sandbox-platform.js';

export interface TikTokAccount extends SandboxAccount {
  readonly platform: 'tiktok';
  readonly maxDurationSec: number;
}

export interface TikTokToken {
  readonly account: TikTokAccount;
  expiresMs: number;
}

/** What init was told and what became of it; found by publish_id and by upload_id. */
export interface TikTokPublish {
  readonly publishId: string;
  readonly uploadId: string;
  readonly uploadToken: string;
  readonly account: TikTokAccount;
  readonly title: string;
  readonly isPublic: boolean;
  readonly videoSize: number;
  readonly chunkSize: number;
  readonly chunkCount: number;
  readonly createdMs: number;
  tally: ByteTally;
  status: 'PROCESSING_UPLOAD' | 'PUBLISH_COMPLETE' | 'FAILED';
  failReason?: string;
  /** Set with the last byte: from then on it is a post. */
  post?: TruthPost;
  publicId?: bigint;
}

/** Everything TikTok remembers. */
export class TikTokState {
  readonly accounts: TikTokAccount[] = [];
  readonly accessTokens = new Map<string, TikTokToken>();
  readonly refreshTokens = new Map<string, TikTokToken>();
  readonly codes = new Map<string, TikTokAccount>();
  readonly publishes = new Map<string, TikTokPublish>();
  readonly uploads = new Map<string, TikTokPublish>();

  publishesOf(account: TikTokAccount): TikTokPublish[] {
    return [...this.publishes.values()].filter((publish) => publish.account === account);
  }

  reset(): void {
    this.accounts.length = 0;
    for (const map of [this.accessTokens, this.refreshTokens, this.codes, this.publishes, this.uploads]) map.clear();
  }
}
