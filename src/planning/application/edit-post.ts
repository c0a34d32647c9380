import { Injectable } from '@nestjs/common';
import type { Tx } from '../../kernel/transaction.js';
import { type PostChange, PostLibrary, type PostRef } from '../../library/index.js';
import { contentSourceOf } from '../../publishing/domain/targets/content-source.js';
import type { TargetStatus } from '../../publishing/domain/targets/target-status.js';
import { RefreezeTargets, TargetReader } from '../../publishing/index.js';
import { checkPlatforms } from '../domain/check-targets.js';
import { assertNoFindings } from '../domain/finding.js';
import { wordedBy } from '../domain/queues/variation.js';
import { Variations } from '../domain/queues/variations.port.js';
import { type DressedPost, leftOutWarnings } from '../domain/hashtags/dressed-post.js';
import { changeTo, editedCaptions } from '../domain/hashtags/edited-captions.js';
import { type PostView, viewOf } from '../domain/post-view.js';
import { DressPost } from './hashtags/dress-post.js';
import { ReviewSchedule } from './review-schedule.js';

/** A change of a post, with sets whose hashtags are appended to what it says then. */
export interface PostEdit extends PostChange {
  readonly hashtagSetIds?: readonly string[];
}

/** Targets that will say the new words. */
const WAITING: readonly TargetStatus[] = ['draft', 'scheduled', 'held'];

/** Changes the words of a post, and of its targets that are not going out yet. */
@Injectable()
export class EditPost {
  constructor(
    private readonly library: PostLibrary,
    private readonly reader: TargetReader,
    private readonly reviewSchedule: ReviewSchedule,
    private readonly refreeze: RefreezeTargets,
    private readonly variations: Variations,
    private readonly dress: DressPost,
  ) {}

  /** @throws DomainError `post.not_found`, `post.changed`, `content.invalid`, `target.too_late`; nothing changes then */
  async execute(ref: PostRef & { readonly actor: string }, edit: PostEdit, tx: Tx): Promise<PostView> {
    const { workspaceId, actor } = ref;
    const { change, leftOut } = await this.dressed(ref, edit, tx);
    const post = await this.library.update(ref, change, tx);
    const waiting = (await this.targetsOf(ref, tx)).filter(({ status }) => WAITING.includes(status));
    const { validate } = this.reviewSchedule;
    const platforms = waiting.map(({ platform }) => platform);
    assertNoFindings(checkPlatforms(platforms, { source: contentSourceOf(post), validate }));
    const runs = await this.variations.ofRuns(workspaceId, post.id, tx);
    const worded = new Map([...runs].map(([occurrenceId, variation]) => [occurrenceId, wordedBy(post, variation)]));
    await this.refreeze.execute({ workspaceId, post, actor, worded }, tx);
    const targets = await this.targetsOf(ref, tx);
    const says = targets.map(({ status, platform }) => (WAITING.includes(status) ? platform : undefined));
    return { ...viewOf(post, targets), warnings: leftOutWarnings(says, { leftOut }) };
  }

  /** @throws DomainError `hashtag_set.not_found` */
  private async dressed(
    ref: PostRef,
    { hashtagSetIds = [], ...change }: PostEdit,
    tx: Tx,
  ): Promise<{ readonly change: PostChange } & Pick<DressedPost, 'leftOut'>> {
    if (hashtagSetIds.length === 0) return { change, leftOut: {} };
    const post = editedCaptions(await this.library.lock(ref, tx), change);
    const asked = { request: { ...post, hashtagSetIds }, source: contentSourceOf(post) };
    const { request, findings, leftOut } = await this.dress.execute(ref.workspaceId, asked, tx);
    assertNoFindings(findings);
    return { change: changeTo(change, request), leftOut };
  }

  private async targetsOf({ workspaceId, postId }: PostRef, tx: Tx) {
    return (await this.reader.forPosts(workspaceId, [postId], tx)).get(postId) ?? [];
  }
}
