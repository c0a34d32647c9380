import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../kernel/transaction.js';
import { PostLibrary } from '../../../library/index.js';
import { AuditLog } from '../../../workspaces/index.js';
import { Recurrences } from '../../domain/recurring/recurrences.port.js';
import { noRecurrence, recurrenceChanged } from '../../domain/recurring/recurring.errors.js';
import type { ActingRef } from '../run-post.js';
import { TakeBackRuns } from './take-back-runs.js';

/** Ends the recurrence of a post. */
@Injectable()
export class EndRecurrence {
  constructor(
    private readonly library: PostLibrary,
    private readonly recurrences: Recurrences,
    private readonly takeBack: TakeBackRuns,
    private readonly audit: AuditLog,
  ) {}

  /**
   * Waiting runs that nobody touched or locked are cancelled; what went out stays.
   * @throws DomainError `post.not_found`, `recurrence.not_found`, `recurrence.changed`
   */
  async execute({ workspaceId, postId, actor, expectedVersion }: ActingRef, tx: Tx): Promise<void> {
    await this.library.lock({ workspaceId, postId }, tx);
    const stored = await this.recurrences.lock(workspaceId, postId, tx);
    if (!stored) throw noRecurrence(postId);
    if (expectedVersion !== undefined && expectedVersion !== stored.version) throw recurrenceChanged(stored.version);
    await this.takeBack.all({ stored, actor }, tx);
    await this.recurrences.remove(workspaceId, stored.id, tx);
    await this.audit.append({ workspaceId, actor, action: 'recurrence.removed', subjectId: postId }, tx);
  }
}
