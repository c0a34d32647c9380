import { Injectable } from '@nestjs/common';
import { notFound } from '../../kernel/domain-error.js';
import type { PostId, WorkspaceId } from '../../kernel/ids.js';
import type { Tx } from '../../kernel/transaction.js';
import { contentInvalid, postChanged } from '../domain/library.errors.js';
import type { Listed, ListPlace } from '../domain/media-records.port.js';
import { checkPostWords } from '../domain/post-rules.js';
import type { PostHeading, StoredPost } from '../domain/post-snapshot.js';
import { type NewPost, type PauseWords, type PostChange, type PostFilter, Posts } from '../domain/posts.port.js';

/** Names one post, and the version its caller has seen when that matters. */
export interface PostRef {
  readonly workspaceId: WorkspaceId;
  readonly postId: PostId;
  readonly expectedVersion?: number | undefined;
}

/** Posts with their variants: content, without times and accounts. */
@Injectable()
export class PostLibrary {
  constructor(private readonly posts: Posts) {}

  /** @throws DomainError `content.invalid`, `media.not_found` */
  async create(post: NewPost, tx: Tx): Promise<StoredPost> {
    assertFits(post);
    const stored = await this.posts.insert(post, tx);
    if (!stored) throw notFound('media', post.mediaId);
    return stored;
  }

  /**
   * Stores many posts of one workspace; a place stays undefined where the workspace has no such media.
   * @throws DomainError `content.invalid`; nothing is stored then
   */
  createMany(posts: readonly NewPost[], tx: Tx): Promise<(StoredPost | undefined)[]> {
    for (const post of posts) assertFits(post);
    return posts.length === 0 ? Promise.resolve([]) : this.posts.insertMany(posts, tx);
  }

  /**
   * The post as it is now.
   * @throws DomainError `post.not_found`
   */
  async snapshot(workspaceId: WorkspaceId, postId: PostId, tx?: Tx): Promise<StoredPost> {
    const post = await this.posts.find(workspaceId, postId, tx);
    if (!post) throw notFound('post', postId);
    return post;
  }

  /** Those of the posts that are in the library. */
  snapshots(workspaceId: WorkspaceId, postIds: readonly PostId[], tx?: Tx): Promise<StoredPost[]> {
    return this.posts.findMany(workspaceId, postIds, tx);
  }

  /** What those of the posts that are in the library are called by. */
  headings(workspaceId: WorkspaceId, postIds: readonly string[]): Promise<PostHeading[]> {
    return this.posts.headings(workspaceId, postIds);
  }

  /**
   * The post, with its other changes and runs kept waiting until `tx` ends: what is frozen from it stays true.
   * @throws DomainError `post.not_found`, `post.changed`
   */
  async lock({ workspaceId, postId, expectedVersion }: PostRef, tx: Tx): Promise<StoredPost> {
    const version = await this.posts.lock(workspaceId, postId, tx);
    if (version === undefined) throw notFound('post', postId);
    if (expectedVersion !== undefined && expectedVersion !== version) throw postChanged(version);
    return this.snapshot(workspaceId, postId, tx);
  }

  /** The same for many posts; those that are not in the library are left out. */
  lockMany(workspaceId: WorkspaceId, postIds: readonly PostId[], tx: Tx): Promise<StoredPost[]> {
    return postIds.length === 0 ? Promise.resolve([]) : this.posts.lockMany(workspaceId, postIds, tx);
  }

  /**
   * Replaces how an evergreen post returns; planning has judged it.
   * @throws DomainError `post.not_found`, `post.changed`
   */
  async setRecycling(ref: PostRef, recycling: Readonly<Record<string, unknown>>, tx: Tx): Promise<StoredPost> {
    await this.lock(ref, tx);
    await this.posts.setRecycling(ref.workspaceId, ref.postId, recycling, tx);
    return this.snapshot(ref.workspaceId, ref.postId, tx);
  }

  /** @throws DomainError `content.invalid`, `post.not_found`, `post.changed` */
  async update(ref: PostRef, change: PostChange, tx: Tx): Promise<StoredPost> {
    assertFits(change);
    await this.lock(ref, tx);
    await this.posts.update(ref.workspaceId, ref.postId, change, tx);
    return this.snapshot(ref.workspaceId, ref.postId, tx);
  }

  /**
   * Pauses or resumes; doing it again changes nothing, and the first reason stays.
   * @param pause undefined: it is resumed
   * @throws DomainError `post.not_found`
   */
  async setPaused(ref: PostRef, pause: PauseWords | undefined, tx: Tx): Promise<StoredPost> {
    const post = await this.lock(ref, tx);
    if ((pause !== undefined) === (post.pausedAt !== undefined)) return post;
    await this.posts.setPaused(ref.workspaceId, ref.postId, pause, tx);
    return this.snapshot(ref.workspaceId, ref.postId, tx);
  }

  /**
   * Takes the post out of the library; its history stays.
   * @throws DomainError `post.not_found`, `post.changed`
   */
  async remove(ref: PostRef, tx: Tx): Promise<void> {
    await this.lock(ref, tx);
    await this.posts.markDeleted(ref.workspaceId, ref.postId, tx);
  }

  list(workspaceId: WorkspaceId, filter: PostFilter, place: ListPlace): Promise<Listed<StoredPost>[]> {
    return this.posts.list(workspaceId, filter, place);
  }
}

/** @throws DomainError `content.invalid` */
const assertFits = (words: Parameters<typeof checkPostWords>[0]): void => {
  const violations = checkPostWords(words);
  if (violations.length > 0) throw contentInvalid(violations);
};
