import { Injectable } from '@nestjs/common';
import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import { PostLibrary } from '../../../library/index.js';
import { AuditLog } from '../../../workspaces/index.js';
import { assertNoFindings } from '../../domain/finding.js';
import { echoFindings, type Variation, variationFindings, type VariationWish } from '../../domain/queues/variation.js';
import { Variations } from '../../domain/queues/variations.port.js';
import type { ActingRef } from '../run-post.js';

/** The other wordings of a post, rotated over its runs. */
@Injectable()
export class VariationDesk {
  constructor(
    private readonly library: PostLibrary,
    private readonly variations: Variations,
    private readonly audit: AuditLog,
  ) {}

  /** @throws DomainError `post.not_found` */
  async read(workspaceId: WorkspaceId, postId: string, tx?: Tx): Promise<readonly Variation[]> {
    await this.library.snapshot(workspaceId, postId, tx);
    return (await this.variations.forPosts(workspaceId, [postId], tx)).get(postId) ?? [];
  }

  /**
   * Replaces all of them; runs that are planned keep the words they have.
   * @throws DomainError `post.not_found`, `variation.duplicate` and the other findings
   */
  async replace(ref: ActingRef, wishes: readonly VariationWish[], tx: Tx): Promise<readonly Variation[]> {
    const { workspaceId, postId, actor } = ref;
    const post = await this.library.lock(ref, tx);
    assertNoFindings([...variationFindings(wishes), ...echoFindings(wishes, post)]);
    const stored = await this.variations.replace(workspaceId, postId, wishes, tx);
    await this.audit.append({ workspaceId, actor, action: 'post.variations_changed', subjectId: postId }, tx);
    return stored;
  }
}
