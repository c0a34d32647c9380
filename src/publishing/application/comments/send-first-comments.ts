import { Injectable, Logger } from '@nestjs/common';
import { plusMs } from '../../../kernel/durations.js';
import { derivedId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { CommitOutcome } from '../../../platforms/domain/publish-outcome.js';
import { PlatformRegistry } from '../../../platforms/index.js';
import { type FirstCommentDue, FirstComments } from '../../domain/comments/first-comments.port.js';
import { ANNOUNCE_FOR_MS, CALL_LOST_MS, settleAnnouncement } from '../../domain/rerouting/announcement.policy.js';
import { Engine } from '../engine.js';
import { PlatformAccess } from '../firing/platform-access.js';

const BATCH = 20;
/** One comment; well below `CALL_LOST_MS`. */
const CALL_TIMEOUT_MS = 30_000;

/**
 * Writes first comments under posts that are live, where the platform has them. The intent is committed first, and a
 * doubtful one is never sent again, as with announcements. Whatever becomes of it, the post stays as it is.
 */
@Injectable()
export class SendFirstComments {
  private readonly logger = new Logger('FirstComment');

  constructor(
    private readonly comments: FirstComments,
    private readonly platforms: PlatformRegistry,
    private readonly access: PlatformAccess,
    private readonly engine: Engine,
  ) {}

  /** @param targetIds targets that went live */
  async plan(targetIds: readonly string[], tx: Tx): Promise<void> {
    const able = this.platforms.all().filter(({ canComment }) => canComment);
    await this.comments.plan(
      targetIds,
      able.map(({ name }) => name),
      tx,
    );
  }

  /** @returns how many comments were tried */
  async runOnce(): Promise<number> {
    const due = await this.comments.due(BATCH, ANNOUNCE_FOR_MS);
    for (const comment of due) await this.send(comment);
    return due.length;
  }

  private async send(comment: FirstCommentDue): Promise<void> {
    if (!(await this.comments.intend(comment, CALL_LOST_MS))) return;
    const outcome = await this.call(comment);
    const step = settleAnnouncement(outcome, plusMs(comment.createdAt, ANNOUNCE_FOR_MS), this.engine.now());
    await this.comments.settle(comment, step);
    this.logger.log({ targetId: comment.targetId, state: step.state }, 'A first comment was tried');
  }

  private async call({ accountId, platform, targetId, ...comment }: FirstCommentDue): Promise<CommitOutcome> {
    const context = await this.access.contextOf(accountId, AbortSignal.timeout(CALL_TIMEOUT_MS)).catch(() => undefined);
    if (!context) return { kind: 'unavailable', detail: 'The account has no credentials to speak with.' };
    const { platformPostId, text, publishedAt } = comment;
    const wish = { platformPostId, text, publishedAt, marker: derivedId('first-comment', targetId) };
    const outcome = await this.platforms.get(platform).comment(context, wish).catch(asUnknown);
    // The next try needs another token than the refused one.
    if (outcome.kind === 'unauthorised' && !outcome.reconnect) await this.access.renewed(context);
    return outcome;
  }
}

/** An adapter that throws in the call is a bug, and its effect is unknown. */
const asUnknown = (error: unknown): CommitOutcome => ({ kind: 'unknown', detail: String(error) });
