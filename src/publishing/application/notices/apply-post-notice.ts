import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../kernel/transaction.js';
import type { PlatformName } from '../../../platforms/domain/platform-name.js';
import { PlatformRegistry } from '../../../platforms/index.js';
import { AttemptJournal } from '../../domain/firing/firing.port.js';
import { NoticeInbox } from '../../domain/notices/notice-inbox.port.js';
import { judgeNotice, type NoticeJudgement, type PostNotice } from '../../domain/notices/notice.policy.js';
import type { TargetRecord } from '../../domain/targets/target-record.js';
import { TERMINAL_STATUSES } from '../../domain/targets/target-status.js';
import { TargetStore } from '../../domain/targets/target-store.port.js';
import { SettleTarget } from '../firing/settle-target.js';

const WAIT: NoticeJudgement = { kind: 'wait' };

/** Lets a platform's word about one publish settle it, by the same steps as a look of our own. */
@Injectable()
export class ApplyPostNotice {
  constructor(
    private readonly inbox: NoticeInbox,
    private readonly platforms: PlatformRegistry,
    private readonly store: TargetStore,
    private readonly journal: AttemptJournal,
    private readonly settle: SettleTarget,
  ) {}

  async execute(platform: PlatformName, notice: PostNotice): Promise<NoticeJudgement> {
    const place = await this.inbox.attemptOf(platform, notice.handle);
    // It may be faster than our own row.
    if (!place) return WAIT;
    const rule = this.platforms.get(platform).absenceRule;
    let judgement = WAIT;
    const written = await this.settle.execute({
      ...place,
      actor: platform,
      decide: (target, attempt, context) => {
        judgement = judgeNotice(notice, target, attempt, { ...context, rule });
        return judgement.kind === 'step' ? judgement.step : undefined;
      },
      makeWay: (target, tx) => this.makeWay(target, place.attemptId, tx),
    });
    return judgement.kind === 'step' && !written ? WAIT : judgement;
  }

  /**
   * A target that was proven empty may be about to be sent again, by itself or by a catch-up: that is stopped first,
   * in the same transaction. A call that runs is its worker's.
   */
  private async makeWay(target: TargetRecord, attemptId: string, tx: Tx): Promise<boolean> {
    const { id: targetId, status, version } = target;
    if (status === 'scheduled' || status === 'held') return this.store.takeVersion({ targetId, version }, 'hold', tx);
    const open = await this.journal.openOf(targetId, tx);
    if (open) return open.id === attemptId && (open.state === 'processing' || open.state === 'unknown');
    return !TERMINAL_STATUSES.includes(status) || this.takeBackRival(targetId, tx);
  }

  private async takeBackRival(targetId: string, tx: Tx): Promise<boolean> {
    const rivalId = await this.inbox.rivalOf(targetId, tx);
    const rival = rivalId === undefined ? undefined : await this.store.lock(rivalId, tx);
    if (!rival) return true;
    if (rival.status !== 'scheduled' && rival.status !== 'held') return false;
    if (!(await this.store.takeVersion({ targetId: rival.id, version: rival.version }, 'cancel', tx))) return false;
    const reasons = [{ code: 'live_already', text: 'The platform says that this run is live on the account.' }];
    const step = { cause: 'live_already', target: { status: 'cancelled', nextCheckAt: null }, effects: [] } as const;
    await this.store.apply({ target: rival, step, cause: { actor: rival.platform, reasons } }, tx);
    return true;
  }
}
