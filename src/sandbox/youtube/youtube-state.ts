import type { ByteTally } from '../http/byte-tally.js';
import type { TruthPost } from '../truth/truth-feed.js';
import type { SandboxAccount } from '../world/sandbox-platform.js';
import type { VideoMetadata } from './youtube-metadata.js';

export interface YouTubeAccount extends SandboxAccount {
  readonly platform: 'shorts';
  /** False for a Google account that never opened a channel. */
  readonly hasChannel: boolean;
}

/** One upload session: at most one video comes of it. */
export interface UploadSession {
  readonly uploadId: string;
  readonly account: YouTubeAccount;
  readonly metadata: VideoMetadata;
  /** Announced by `X-Upload-Content-Length`; learnt from the first range when it was not. */
  totalBytes: number | undefined;
  readonly createdMs: number;
  tally: ByteTally;
  /** Number of the newest PUT: a later one takes over from an earlier that still runs. */
  turn: number;
  video?: YouTubeVideo;
}

export interface YouTubeVideo {
  readonly id: string;
  readonly account: YouTubeAccount;
  readonly metadata: VideoMetadata;
  readonly post: TruthPost;
  /** Sandbox time from which the uploads playlist has it, ms. */
  readonly listedMs: number;
  uploadStatus: 'uploaded' | 'processed' | 'rejected' | 'failed';
  rejectionReason?: string;
  failureReason?: string;
}

/** A live access token and what it may do. */
export interface AccessToken {
  readonly account: YouTubeAccount;
  readonly scopes: readonly string[];
  expiresMs: number;
}

export interface RefreshToken {
  readonly account: YouTubeAccount;
  readonly scopes: readonly string[];
  readonly createdMs: number;
  usedMs: number;
}

/** An authorization code, with what the consent was asked for. */
export interface ConsentCode {
  readonly account: YouTubeAccount;
  readonly scopes: readonly string[];
  /** Undefined for codes of the control API, which no browser asked for. */
  readonly redirectUri?: string;
  readonly challenge?: { readonly method: 'S256' | 'plain'; readonly value: string };
  readonly isOffline: boolean;
  readonly expiresMs: number;
}

/** Everything YouTube remembers. */
export class YouTubeState {
  readonly accounts: YouTubeAccount[] = [];
  readonly accessTokens = new Map<string, AccessToken>();
  readonly refreshTokens = new Map<string, RefreshToken>();
  readonly codes = new Map<string, ConsentCode>();
  /** External ids of accounts that consented before: they get a refresh token again only with `prompt=consent`. */
  readonly consented = new Set<string>();
  readonly sessions = new Map<string, UploadSession>();
  readonly videos = new Map<string, YouTubeVideo>();
  /** Units used, by bucket and Pacific day. */
  readonly quotaUsed = new Map<string, number>();

  videosOf(account: YouTubeAccount): YouTubeVideo[] {
    return [...this.videos.values()].filter((video) => video.account === account).reverse();
  }

  reset(): void {
    this.accounts.length = 0;
    this.consented.clear();
    const { accessTokens, refreshTokens, codes, sessions, videos, quotaUsed } = this;
    for (const map of [accessTokens, refreshTokens, codes, sessions, videos, quotaUsed]) map.clear();
  }
}
