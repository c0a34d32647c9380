import type { MediaId, PostId, WorkspaceId } from '../../kernel/ids.js';
import type { Tx } from '../../kernel/transaction.js';
import type { PostHeading, PostKind, PostVariant, PostVariants, StoredPost } from './post-snapshot.js';
import type { Listed, ListPlace } from './media-records.port.js';

/** A post to be stored. */
export interface NewPost {
  readonly workspaceId: WorkspaceId;
  readonly kind: PostKind;
  readonly caption: string;
  readonly title?: string;
  readonly tags: readonly string[];
  readonly options: Readonly<Record<string, unknown>>;
  readonly variants: PostVariants;
  readonly recycling?: Readonly<Record<string, unknown>>;
  readonly mediaId: MediaId;
}

/** What to change; left-out fields stay, `null` clears. A variant is replaced as a whole or removed. */
export interface PostChange {
  readonly caption?: string;
  readonly title?: string | null;
  readonly tags?: readonly string[];
  readonly options?: Readonly<Record<string, unknown>>;
  readonly variants?: Readonly<{ [P in keyof PostVariants]: PostVariant | null }>;
}

/** Which posts to list. */
export interface PostFilter {
  readonly kind?: PostKind;
  readonly tag?: string;
  /** Words, each the beginning of one in caption, title or tags; at least one letter or digit. */
  readonly q?: string;
  /** Created at or after. */
  readonly from?: Date;
  /** Created before. */
  readonly to?: Date;
}

/** Who pauses a post, and why. */
export interface PauseWords {
  readonly by: string;
  readonly reason?: string;
}

/** The tables of posts. Deleted posts are never seen. */
export abstract class Posts {
  /** Stores the post; undefined when the workspace has no such media. */
  abstract insert(post: NewPost, tx: Tx): Promise<StoredPost | undefined>;
  /** The same for many of one workspace; a place stays undefined where the workspace has no such media. */
  abstract insertMany(posts: readonly NewPost[], tx: Tx): Promise<(StoredPost | undefined)[]>;
  abstract find(workspaceId: WorkspaceId, id: PostId, tx?: Tx): Promise<StoredPost | undefined>;
  abstract findMany(workspaceId: WorkspaceId, ids: readonly PostId[], tx?: Tx): Promise<StoredPost[]>;
  /** Of many posts only what they are called by; those that are gone are left out. */
  abstract headings(workspaceId: WorkspaceId, ids: readonly PostId[]): Promise<PostHeading[]>;
  /** Keeps other changes and runs of the post waiting until `tx` ends. @returns its version */
  abstract lock(workspaceId: WorkspaceId, id: PostId, tx: Tx): Promise<number | undefined>;
  /** The same for many, in the order of their ids; those that are gone are left out. */
  abstract lockMany(workspaceId: WorkspaceId, ids: readonly PostId[], tx: Tx): Promise<StoredPost[]>;
  /** Changes the post and raises its version. */
  abstract update(workspaceId: WorkspaceId, id: PostId, change: PostChange, tx: Tx): Promise<void>;
  /** Replaces how it returns, and raises its version. */
  abstract setRecycling(
    workspaceId: WorkspaceId,
    id: PostId,
    recycling: Readonly<Record<string, unknown>>,
    tx: Tx,
  ): Promise<void>;
  /** @param pause undefined: it is resumed */
  abstract setPaused(workspaceId: WorkspaceId, id: PostId, pause: PauseWords | undefined, tx: Tx): Promise<void>;
  abstract markDeleted(workspaceId: WorkspaceId, id: PostId, tx: Tx): Promise<void>;
  abstract list(workspaceId: WorkspaceId, filter: PostFilter, place: ListPlace): Promise<Listed<StoredPost>[]>;
}
