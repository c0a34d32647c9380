import { Injectable, Logger } from '@nestjs/common';
import { EventLog } from '../../../kernel/event-log.port.js';
import { UnitOfWork } from '../../../kernel/transaction.js';
import { SecondCopies } from '../../domain/reconcile/second-copies.port.js';
import { targetEvent } from '../../domain/targets/target-event.js';
import { TargetStore } from '../../domain/targets/target-store.port.js';

/** A copy that is live although its attempt was believed absent. */
export interface LateCopy {
  readonly targetId: string;
  readonly attemptId: string;
  /** `reconciler`, or the platform that told it. */
  readonly actor: string;
  readonly platformPostId?: string | undefined;
  readonly permalink?: string | undefined;
}

/** Tells of a second live copy, once: in the target's history, to its followers and in the log. Nothing is removed. */
@Injectable()
export class ReportSecondCopy {
  private readonly logger = new Logger('SecondCopy');

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: TargetStore,
    private readonly copies: SecondCopies,
    private readonly events: EventLog,
  ) {}

  /** @returns false when it was known */
  async execute({ targetId, attemptId, actor, platformPostId, permalink }: LateCopy): Promise<boolean> {
    const seen = {
      ...(platformPostId === undefined ? {} : { platformPostId }),
      ...(permalink === undefined ? {} : { permalink }),
    };
    const isNew = await this.unitOfWork.run(async (tx) => {
      // The lock keeps the numbers of its history without gaps.
      const target = await this.store.lock(targetId, tx);
      if (!target) return false;
      const { workspaceId, accountId, status } = target;
      if (!(await this.copies.record({ targetId, attemptId, workspaceId, accountId, ...seen }, actor, tx)))
        return false;
      const happening = { status, cause: 'second_copy_found', ...seen };
      await this.events.append([targetEvent('post.duplicated', target, happening)], tx);
      return true;
    });
    if (isNew) this.logger.error({ targetId, attemptId, ...seen }, 'A second copy is live; a person must look at both');
    return isNew;
  }
}
