import type { ByteTally } from '../http/byte-tally.js';
import type { TruthPost } from '../truth/truth-feed.js';
import type { SandboxAccount } from '../world/sandbox-platform.js';

/** Which login a token comes from; the host of the other one refuses it. */
export type Flavour = 'instagram' | 'facebook';

export interface InstagramAccount extends SandboxAccount {
  readonly platform: 'reels';
}

/** A Facebook Page; without `account` no professional Instagram account hangs on it. */
export interface Page {
  readonly id: string;
  readonly name: string;
  readonly account?: InstagramAccount;
}

/** `short` and `long` act for an Instagram user, `user-*` for a person on Facebook, `page` for one Page. */
export type TokenKind = 'short' | 'long' | 'user-short' | 'user-long' | 'page';

export interface MetaToken {
  readonly value: string;
  readonly flavour: Flavour;
  readonly kind: TokenKind;
  /** Whom it may act for. */
  readonly accounts: readonly InstagramAccount[];
  /** Facebook: the Pages that were chosen in the dialog; one for a Page token. */
  readonly pages: readonly Page[];
  readonly scopes: readonly string[];
  readonly issuedMs: number;
  /** `Infinity` for a Page token made from a long user token. */
  expiresMs: number;
}

/** What a finished consent screen leaves behind; worth one exchange within the hour. */
export interface Grant {
  readonly flavour: Flavour;
  readonly accounts: readonly InstagramAccount[];
  readonly pages: readonly Page[];
  readonly scopes: readonly string[];
  /** Must be repeated at the exchange; absent for codes that tests made without a browser. */
  readonly redirectUri?: string;
  readonly expiresMs: number;
}

/** What `POST /{ig-id}/media` makes; nobody sees it until it is published. */
export interface InstagramContainer {
  readonly id: string;
  readonly account: InstagramAccount;
  readonly caption: string;
  readonly createdMs: number;
  /** `thumb_offset`, ms. */
  readonly thumbOffsetMs?: number;
  /** `video_url`: the bytes are fetched, an upload is refused. */
  readonly isFetched: boolean;
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

/** Everything Meta remembers; both hosts see the same. */
export class InstagramState {
  readonly accounts = new Map<string, InstagramAccount>();
  readonly pages = new Map<string, Page>();
  readonly tokens = new Map<string, MetaToken>();
  readonly codes = new Map<string, Grant>();
  readonly containers = new Map<string, InstagramContainer>();
  readonly media = new Map<string, InstagramMedia>();
  private readonly created = new Map<InstagramAccount, number[]>();

  mediaOf(account: InstagramAccount): InstagramMedia[] {
    return [...this.media.values()].filter((media) => media.account === account).reverse();
  }

  addContainer(container: InstagramContainer): void {
    this.containers.set(container.id, container);
    this.created.set(container.account, [...(this.created.get(container.account) ?? []), container.createdMs]);
  }

  /** Containers of this account made after an instant; older ones are forgotten by the count. */
  containersSince(account: InstagramAccount, sinceMs: number): number {
    const recent = (this.created.get(account) ?? []).filter((createdMs) => createdMs > sinceMs);
    this.created.set(account, recent);
    return recent.length;
  }

  /** The account that an id in a path belongs to: a user, a container or a media. */
  ownerOf(id: string): InstagramAccount | undefined {
    return this.accounts.get(id) ?? this.containers.get(id)?.account ?? this.media.get(id)?.account;
  }

  reset(): void {
    for (const map of [this.accounts, this.pages, this.tokens, this.codes, this.containers, this.media]) map.clear();
    this.created.clear();
  }
}
