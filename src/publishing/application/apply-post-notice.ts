import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../kernel/transaction.js';
import type { PlatformName } from '../../platforms/domain/platform-name.js';
import { PlatformRegistry } from '../../platforms/index.js';
import { AttemptJournal } from '../domain/firing.port.js';
import { NoticeInbox } from '../domain/notice-inbox.port.js';
import { isLiveNotice, judgeNotice, type NoticeJudgement, type PostNotice } from '../domain/notice.policy.js';
import { TargetStore } from '../domain/target-store.port.js';
import { SettleTarget } from './settle-target.js';

interface Place {
  readonly targetId: string;
  readonly attemptId: string;
}

const WAIT: NoticeJudgement = { kind: 'wait' };

/** Lets a platform's word about one publish settle it, by the same steps as a look of our own. */
@Injectable()
export class ApplyPostNotice {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly inbox: NoticeInbox,
    private readonly platforms: PlatformRegistry,
    private readonly store: TargetStore,
    private readonly journal: AttemptJournal,
    private readonly settle: SettleTarget,
  ) {}

  async execute(platform: PlatformName, notice: PostNotice): Promise<NoticeJudgement> {
    const place = await this.inbox.attemptOf(platform, notice.handle);
    // It may be faster than our own row.
    if (!place || !(await this.isFree(place, notice))) return WAIT;
    const rule = this.platforms.get(platform).absenceRule;
    let judgement = WAIT;
    await this.settle.execute({
      ...place,
      actor: platform,
      decide: (target, attempt, context) => {
        judgement = judgeNotice(notice, target, attempt, { ...context, rule });
        return judgement.kind === 'step' ? judgement.step : undefined;
      },
    });
    return judgement;
  }

  /**
   * No try of this target is under way. One that was proven empty and waits to be sent again is stopped first when the
   * platform says that it is live after all.
   */
  private isFree({ targetId, attemptId }: Place, notice: PostNotice): Promise<boolean> {
    return this.unitOfWork.run(async (tx) => {
      const target = await this.store.lock(targetId, tx);
      if (!target) return false;
      const { status, version } = target;
      if ((status === 'scheduled' || status === 'held') && isLiveNotice(notice))
        return this.store.takeVersion({ targetId, version }, 'hold', tx);
      const open = await this.journal.openOf(targetId, tx);
      return !open || (open.id === attemptId && (open.state === 'processing' || open.state === 'unknown'));
    });
  }
}
