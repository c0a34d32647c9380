import { Injectable } from '@nestjs/common';
import type { Tx } from '../../kernel/transaction.js';
import { PostLibrary } from '../../library/index.js';
import { CancelTargets, TargetReader } from '../../publishing/index.js';
import { AuditLog } from '../../workspaces/index.js';
import { type PostView, viewOf } from '../domain/post-view.js';
import type { ActingRef } from './run-post.js';

/** Pauses, resumes and deletes posts. */
@Injectable()
export class StopPost {
  constructor(
    private readonly library: PostLibrary,
    private readonly cancelTargets: CancelTargets,
    private readonly reader: TargetReader,
    private readonly audit: AuditLog,
  ) {}

  /** @throws DomainError `post.not_found` */
  async setPaused(ref: ActingRef, paused: boolean, tx: Tx): Promise<PostView> {
    const post = await this.library.setPaused(ref, paused, tx);
    await this.note(ref, paused ? 'post.paused' : 'post.resumed', tx);
    const targets = (await this.reader.forPosts(ref.workspaceId, [ref.postId], tx)).get(ref.postId) ?? [];
    return viewOf(post, targets);
  }

  /**
   * Cancels what waits and takes the post out of the library; what went out stays in its history.
   * @throws DomainError `post.not_found`, `post.changed`, `target.too_late` while something is being published
   */
  async remove(ref: ActingRef, tx: Tx): Promise<void> {
    const { workspaceId, postId, actor } = ref;
    await this.library.remove(ref, tx);
    await this.cancelTargets.execute({ workspaceId, postId, actor }, tx);
    await this.note(ref, 'post.deleted', tx);
  }

  private note({ workspaceId, postId, actor }: ActingRef, action: string, tx: Tx): Promise<void> {
    return this.audit.append({ workspaceId, actor, action, subjectId: postId }, tx);
  }
}
