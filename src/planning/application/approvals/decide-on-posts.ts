import { Injectable } from '@nestjs/common';
import type { WorkspaceId } from '../../../kernel/ids.js';
import { notFound } from '../../../kernel/domain-error.js';
import type { Tx } from '../../../kernel/transaction.js';
import { PostLibrary } from '../../../library/index.js';
import { nothingToDecide } from '../../../publishing/domain/approvals/approval.errors.js';
import type { Verdict } from '../../../publishing/domain/approvals/verdict.policy.js';
import type { TargetSummary } from '../../../publishing/domain/targets/target-summary.js';
import { DecideApprovals, TargetReader, type VerdictResult } from '../../../publishing/index.js';
import { AuditLog } from '../../../workspaces/index.js';

/** Who says what. */
export interface Decision {
  readonly workspaceId: WorkspaceId;
  readonly actor: string;
  readonly verdict: Verdict;
  readonly comment?: string;
}

/** One of many; `contentHash`: what the approver looked at. */
export interface DecisionItem {
  readonly targetId: string;
  readonly contentHash?: string;
}

/** A verdict about one target, a whole post, or many targets. */
@Injectable()
export class DecideOnPosts {
  constructor(
    private readonly decide: DecideApprovals,
    private readonly reader: TargetReader,
    private readonly library: PostLibrary,
    private readonly audit: AuditLog,
  ) {}

  /**
   * @throws DomainError `target.not_found`, `approval.not_needed`, `approval.not_waiting`, `approval.content_changed`,
   *   `target.too_late`, `target.not_possible`
   */
  async one(decision: Decision, item: DecisionItem, tx: Tx): Promise<TargetSummary> {
    const { refused } = await this.many(decision, [item], tx);
    if (refused[0]) throw refused[0].error;
    const [target] = await this.reader.byIds(decision.workspaceId, [item.targetId], tx);
    if (!target) throw notFound('target', item.targetId);
    return target;
  }

  /**
   * Every target of a post about which it can be said now.
   * @throws DomainError `post.not_found`, `target.too_late` when that alone stood in the way, `approval.nothing_to_decide`
   */
  async post(decision: Decision, postId: string, tx: Tx): Promise<readonly TargetSummary[]> {
    const { workspaceId } = decision;
    await this.library.lock({ workspaceId, postId }, tx);
    const before = (await this.reader.forPosts(workspaceId, [postId], tx)).get(postId) ?? [];
    const items = before.filter(({ approval }) => approval !== undefined).map(({ id: targetId }) => ({ targetId }));
    const { changed, refused } = await this.many(decision, items, tx);
    const late = refused.find(({ error }) => error.code === 'target.too_late');
    if (changed.length === 0) throw late?.error ?? nothingToDecide(postId);
    return (await this.reader.forPosts(workspaceId, [postId], tx)).get(postId) ?? [];
  }

  /** Each for itself: what is refused stays as it is. */
  async many(decision: Decision, items: readonly DecisionItem[], tx: Tx): Promise<VerdictResult> {
    const result = await this.decide.execute({ ...decision, items }, tx);
    const { workspaceId, actor, verdict } = decision;
    if (result.changed.length > 0) {
      const detail = { targetIds: result.changed.slice(0, 100), count: result.changed.length };
      const subjectId = result.changed[0] ?? '';
      await this.audit.append({ workspaceId, actor, action: `approval.${verdict}`, subjectId, detail }, tx);
    }
    return result;
  }
}
