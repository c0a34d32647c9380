import { Injectable } from '@nestjs/common';
import type { Tx } from '../../kernel/transaction.js';
import { PostLibrary } from '../../library/index.js';
import {
  CancelTargets,
  HoldPaused,
  type PauseCount,
  type Release,
  ReleasePaused,
  TargetReader,
} from '../../publishing/index.js';
import { AuditLog } from '../../workspaces/index.js';
import { type PostView, viewOf } from '../domain/post-view.js';
import type { ActingRef } from './run-post.js';

/** A post whose switch was used, and what that did to its targets. */
export interface SwitchedPost extends PauseCount, Release {
  readonly post: PostView;
}

/** How a post is to stand; the reason is shown with every target that waits. */
export interface PostSwitch {
  readonly paused: boolean;
  readonly reason?: string | undefined;
}

/** Pauses, resumes and deletes posts. */
@Injectable()
export class StopPost {
  constructor(
    private readonly library: PostLibrary,
    private readonly cancelTargets: CancelTargets,
    private readonly reader: TargetReader,
    private readonly audit: AuditLog,
    private readonly hold: HoldPaused,
    private readonly releases: ReleasePaused,
  ) {}

  /**
   * Stops the post's waiting targets before their next intent, or lets them go; a second time changes nothing.
   * @throws DomainError `post.not_found`
   */
  async setPaused(ref: ActingRef, { paused, reason }: PostSwitch, tx: Tx): Promise<SwitchedPost> {
    const { workspaceId, postId, actor } = ref;
    const why = reason === undefined ? {} : { reason };
    const post = await this.library.setPaused(ref, paused ? { by: actor, ...why } : undefined, tx);
    await this.note(ref, { action: paused ? 'post.paused' : 'post.resumed', detail: why }, tx);
    const none: Release = { released: 0, missed: 0 };
    const released = paused ? none : await this.releases.execute({ workspaceId, postId }, actor, tx);
    const counted = await this.hold.execute({ workspaceId, postId }, actor, tx);
    const targets = (await this.reader.forPosts(workspaceId, [postId], tx)).get(postId) ?? [];
    return { post: viewOf(post, targets), ...counted, ...released };
  }

  /** After the commit of a pause, before its answer. */
  latecomers({ workspaceId, postId, actor }: ActingRef): Promise<void> {
    return this.hold.latecomers({ workspaceId, postId }, actor);
  }

  /**
   * Cancels what waits and takes the post out of the library; what went out stays in its history.
   * @throws DomainError `post.not_found`, `post.changed`, `target.too_late` while something is being published
   */
  async remove(ref: ActingRef, tx: Tx): Promise<void> {
    const { workspaceId, postId, actor } = ref;
    await this.library.remove(ref, tx);
    await this.cancelTargets.execute({ workspaceId, postId, actor }, tx);
    await this.note(ref, { action: 'post.deleted' }, tx);
  }

  private note(
    { workspaceId, postId, actor }: ActingRef,
    deed: { readonly action: string; readonly detail?: Readonly<Record<string, string>> },
    tx: Tx,
  ): Promise<void> {
    return this.audit.append({ workspaceId, actor, ...deed, subjectId: postId }, tx);
  }
}
