import type { PostId, WorkspaceId } from '../../kernel/ids.js';
import type { PlatformName } from '../../platforms/domain/platform-name.js';
import type { RenderedFile } from './media.js';

export const POST_KINDS = ['one_shot', 'evergreen'] as const;
/** `one_shot` runs once; `evergreen` comes back, one occurrence after the other. */
export type PostKind = (typeof POST_KINDS)[number];

/** Words for one platform where they differ from the post's own. */
export interface PostVariant {
  readonly caption?: string;
  readonly title?: string;
  /** Merged over the post's options, key by key. */
  readonly options?: Readonly<Record<string, unknown>>;
}

export type PostVariants = Readonly<Partial<Record<PlatformName, PostVariant>>>;

/** The video of a post, as its probe saw it. */
export type SnapshotMedia = RenderedFile;

/** Everything a post says at one version: what scheduling freezes into targets. */
export interface PostSnapshot {
  readonly id: PostId;
  readonly workspaceId: WorkspaceId;
  readonly kind: PostKind;
  readonly caption: string;
  readonly title?: string;
  readonly tags: readonly string[];
  /** Platform options as the user gave them. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Grows by one with every change, from 1. */
  readonly version: number;
  readonly media: SnapshotMedia;
  readonly variants: PostVariants;
  readonly pausedAt?: Date;
  /** The words of the person who paused it. */
  readonly pauseReason?: string;
}

/** A post with the rest of its row. */
export interface StoredPost extends PostSnapshot {
  /** How an evergreen post returns; kept as given for the planner. */
  readonly recycling?: Readonly<Record<string, unknown>>;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** What people know a post by. */
export interface PostHeading {
  readonly id: string;
  readonly title: string | null;
  /** Its beginning, at least the first 200 characters. */
  readonly caption: string;
}
