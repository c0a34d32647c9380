import { Injectable } from '@nestjs/common';
import { DomainError } from '../../../kernel/domain-error.js';
import type { PostId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import { checkPostWords } from '../../../library/domain/post-rules.js';
import type { TagRename } from '../../../library/domain/tags.port.js';
import { Tags } from '../../../library/index.js';
import { AuditLog } from '../../../workspaces/index.js';
import { assertNoFindings, contentFindings } from '../../domain/finding.js';
import { RENAME_BATCH, renamedTags, sameTag, tagHasRoute, unknownTag } from '../../domain/tags/renamed-tags.js';
import { TagUses } from '../../domain/tags/tag-uses.port.js';
import type { Caller } from '../create-post.js';
import { EditPost } from '../edit-post.js';

/** What a renaming did. */
export interface RenamedTag {
  readonly posts: number;
  /** Posts with waiting targets that still carry the old tag: the same call again takes the next ones. */
  readonly remainingPosts: number;
  /** Slots and recycling rules that named it. */
  readonly categories: number;
}

/**
 * Calls a tag otherwise, or merges it into another: on posts, in slots and recycling rules, and on targets that are not
 * going out yet. What was published keeps the tag it was published with.
 */
@Injectable()
export class RenameTag {
  constructor(
    private readonly tags: Tags,
    private readonly uses: TagUses,
    private readonly edit: EditPost,
    private readonly audit: AuditLog,
  ) {}

  /** @throws DomainError `tag.same`, `tag.not_found`, `tag.has_route`, `content.invalid`; nothing changes then */
  async execute(caller: Caller, rename: TagRename, tx: Tx): Promise<RenamedTag> {
    const { workspaceId, actor } = caller;
    const { from, to } = rename;
    if (from === to) throw sameTag();
    assertNoFindings(contentFindings(checkPostWords({ tags: [to] }).map((wrong) => ({ ...wrong, field: 'to' }))));
    const routes = await this.uses.routesOf(workspaceId, from, tx);
    if (routes > 0) throw tagHasRoute(from, routes);
    const categories = await this.uses.renameCategory(workspaceId, rename, tx);
    const idle = await this.tags.renameOnIdle(workspaceId, rename, tx);
    const waiting = await this.tags.waitingWith(workspaceId, from, RENAME_BATCH, tx);
    for (const { id, tags } of waiting.posts) await this.editOne(caller, id, renamedTags(tags, rename), tx);
    const posts = idle + waiting.posts.length;
    if (posts + categories === 0) throw unknownTag(from);
    const remainingPosts = waiting.total - waiting.posts.length;
    const detail = { from, posts, remainingPosts, categories };
    await this.audit.append({ workspaceId, actor, action: 'tag.renamed', subjectId: to, detail }, tx);
    return { posts, remainingPosts, categories };
  }

  private async editOne({ workspaceId, actor }: Caller, postId: PostId, tags: readonly string[], tx: Tx) {
    try {
      await this.edit.execute({ workspaceId, actor, postId }, { tags }, tx);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      // Everything that waited has begun to go out: the post has its new tag, what goes out the one it was frozen with.
      if (error.code === 'target.too_late') return;
      throw new DomainError(error.kind, error.code, error.message, { ...error.context, postId }, error.violations);
    }
  }
}
