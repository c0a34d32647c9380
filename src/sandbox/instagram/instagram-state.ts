import type { ByteTally } from '../http/byte-tally.js';
import type { TruthPost } from '../truth/truth-feed.js';
import type { SandboxAccount } from '../world/sandbox-platform.js';

export interface InstagramAccount extends SandboxAccount {
  readonly platform: 'reels';
}

export interface InstagramToken {
  readonly account: InstagramAccount;
  readonly issuedMs: number;
  expiresMs: number;
}

/** What `POST /{ig-id}/media` makes; nobody sees it until it is published. */
export interface InstagramContainer {
  readonly id: string;
  readonly account: InstagramAccount;
  readonly caption: string;
  readonly createdMs: number;
  tally: ByteTally;
  status: 'IN_PROGRESS' | 'FINISHED' | 'PUBLISHED' | 'ERROR';
  errorSubcode?: string;
  media: InstagramMedia[];
}

export interface InstagramMedia {
  readonly id: string;
  readonly account: InstagramAccount;
  readonly caption: string;
  readonly shortcode: string;
  readonly createdMs: number;
  readonly post: TruthPost;
  /** Sandbox time from which it can be read by id, ms. */
  readonly readableMs: number;
}

/** A container lives 24 h. */
export const CONTAINER_LIFE_MS = 86_400_000;

/** Everything Instagram remembers. */
export class InstagramState {
  readonly accounts = new Map<string, InstagramAccount>();
  readonly tokens = new Map<string, InstagramToken>();
  readonly codes = new Map<string, InstagramAccount>();
  readonly containers = new Map<string, InstagramContainer>();
  readonly media = new Map<string, InstagramMedia>();

  mediaOf(account: InstagramAccount): InstagramMedia[] {
    return [...this.media.values()].filter((media) => media.account === account).reverse();
  }

  reset(): void {
    for (const map of [this.accounts, this.tokens, this.codes, this.containers, this.media]) map.clear();
  }
}
