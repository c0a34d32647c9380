import type { ByteTally } from '../http/byte-tally.js';
import type { TruthPost } from '../truth/truth-feed.js';
import type { SandboxAccount } from '../world/sandbox-platform.js';
import type { VideoMetadata } from './youtube-metadata.js';

export interface YouTubeAccount extends SandboxAccount {
  readonly platform: 'shorts';
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
}

/** Everything YouTube remembers. */
export class YouTubeState {
  readonly accounts: YouTubeAccount[] = [];
  readonly accessTokens = new Map<string, { account: YouTubeAccount; expiresMs: number }>();
  readonly refreshTokens = new Map<string, YouTubeAccount>();
  readonly codes = new Map<string, YouTubeAccount>();
  readonly sessions = new Map<string, UploadSession>();
  readonly videos = new Map<string, YouTubeVideo>();
  insertsToday = 0;

  videosOf(account: YouTubeAccount): YouTubeVideo[] {
    return [...this.videos.values()].filter((video) => video.account === account).reverse();
  }

  reset(): void {
    this.accounts.length = 0;
    this.insertsToday = 0;
    for (const map of [this.accessTokens, this.refreshTokens, this.codes, this.sessions, this.videos]) map.clear();
  }
}
