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
import { type PostView, viewOf } from '../domain/post-view.js';
import { ReviewSchedule } from './review-schedule.js';

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
  ) {}

  /** @throws DomainError `post.not_found`, `post.changed`, `content.invalid`, `target.too_late`; nothing changes then */
  async execute(ref: PostRef & { readonly actor: string }, change: PostChange, tx: Tx): Promise<PostView> {
    const { workspaceId, actor } = ref;
    const post = await this.library.update(ref, change, tx);
    const waiting = (await this.targetsOf(ref, tx)).filter(({ status }) => WAITING.includes(status));
    const { validate } = this.reviewSchedule;
    const platforms = waiting.map(({ platform }) => platform);
    assertNoFindings(checkPlatforms(platforms, { source: contentSourceOf(post), validate }));
    const runs = await this.variations.ofRuns(workspaceId, post.id, tx);
    const worded = new Map([...runs].map(([occurrenceId, variation]) => [occurrenceId, wordedBy(post, variation)]));
    await this.refreeze.execute({ workspaceId, post, actor, worded }, tx);
    return viewOf(post, await this.targetsOf(ref, tx));
  }

  private async targetsOf({ workspaceId, postId }: PostRef, tx: Tx) {
    return (await this.reader.forPosts(workspaceId, [postId], tx)).get(postId) ?? [];
  }
}
