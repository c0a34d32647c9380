import type { ByteTally } from '../http/byte-tally.js';
import type { TruthPost } from '../truth/truth-feed.js';
import type { SandboxAccount } from '../world/sandbox-platform.js';
import type { InitRequest } from './tiktok-init.js';

export interface TikTokAccount extends SandboxAccount {
  readonly platform: 'tiktok';
  readonly maxDurationSec: number;
  /** A private account: other privacy options, and the only one an unaudited app may post to. */
  readonly isPrivate: boolean;
  /** What the creator switched off in the app's settings. */
  readonly disabled: { readonly comment: boolean; readonly duet: boolean; readonly stitch: boolean };
}

export interface TikTokToken {
  readonly account: TikTokAccount;
  readonly scopes: readonly string[];
  expiresMs: number;
}

/** A consent that waits to be exchanged, once. */
export interface TikTokCode {
  readonly account: TikTokAccount;
  readonly scopes: readonly string[];
  readonly expiresMs: number;
  /** Undefined: made by the control API, good for any. */
  readonly redirectUri?: string;
  /** Hex SHA-256 of the verifier (desktop and mobile apps only). */
  readonly challenge?: string;
}

/** What init was told and what became of it; found by publish_id and by upload_id. */
export interface TikTokPublish {
  readonly request: InitRequest;
  readonly publishId: string;
  readonly uploadId: string;
  readonly uploadToken: string;
  readonly account: TikTokAccount;
  readonly createdMs: number;
  tally: ByteTally;
  status: 'PROCESSING_UPLOAD' | 'PROCESSING_DOWNLOAD' | 'PUBLISH_COMPLETE' | 'FAILED';
  failReason?: string;
  /** Set with the last byte: from then on it is a post. */
  post?: TruthPost;
  acceptedMs?: number;
  publicId?: bigint;
  /** Its owner made it private, or it was taken down: no longer listed. */
  isHidden?: boolean;
}

/** Everything TikTok remembers. */
export class TikTokState {
  readonly accounts: TikTokAccount[] = [];
  readonly accessTokens = new Map<string, TikTokToken>();
  readonly refreshTokens = new Map<string, TikTokToken>();
  readonly codes = new Map<string, TikTokCode>();
  readonly publishes = new Map<string, TikTokPublish>();
  readonly uploads = new Map<string, TikTokPublish>();

  publishesOf(account: TikTokAccount): TikTokPublish[] {
    return [...this.publishes.values()].filter((publish) => publish.account === account);
  }

  /** What TikTok took since then. */
  acceptedSince(ms: number): TikTokPublish[] {
    return [...this.publishes.values()].filter(({ acceptedMs }) => acceptedMs !== undefined && acceptedMs > ms);
  }

  reset(): void {
    this.accounts.length = 0;
    for (const map of [this.accessTokens, this.refreshTokens, this.codes, this.publishes, this.uploads]) map.clear();
  }
}
