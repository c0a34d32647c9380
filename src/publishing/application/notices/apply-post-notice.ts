import { Injectable } from '@nestjs/common';
import type { PlatformName } from '../../../platforms/domain/platform-name.js';
import { PlatformRegistry } from '../../../platforms/index.js';
import { NoticeInbox } from '../../domain/notices/notice-inbox.port.js';
import {
  judgeNotice,
  type NoticeJudgement,
  type PostNotice,
  secondCopyOf,
} from '../../domain/notices/notice.policy.js';
import { SettleTarget } from '../firing/settle-target.js';
import { MakeWay, type Way } from '../reconcile/make-way.js';
import { ReportSecondCopy } from '../reconcile/report-second-copy.js';

const WAIT: NoticeJudgement = { kind: 'wait' };

/** Lets a platform's word about one publish settle it, by the same steps as a look of our own. */
@Injectable()
export class ApplyPostNotice {
  constructor(
    private readonly inbox: NoticeInbox,
    private readonly platforms: PlatformRegistry,
    private readonly settle: SettleTarget,
    private readonly makeWay: MakeWay,
    private readonly report: ReportSecondCopy,
  ) {}

  async execute(platform: PlatformName, notice: PostNotice): Promise<NoticeJudgement> {
    const place = await this.inbox.attemptOf(platform, notice);
    // It may be faster than our own row.
    if (!place) return WAIT;
    const rule = this.platforms.get(platform).absenceRule;
    let judgement = WAIT;
    let way: Way = 'free';
    const written = await this.settle.execute({
      ...place,
      actor: platform,
      decide: (target, attempt, context) => {
        judgement = judgeNotice(notice, target, attempt, { ...context, rule });
        return judgement.kind === 'step' ? judgement.step : undefined;
      },
      makeWay: async (target, tx) => {
        way = await this.makeWay.execute(target, place.attemptId, tx);
        return way === 'free';
      },
    });
    if ((way as Way) === 'rival_live') judgement = secondCopyOf(notice);
    if (judgement.kind === 'second_copy')
      await this.report.execute({ ...place, actor: platform, platformPostId: judgement.platformPostId });
    return judgement.kind === 'step' && !written ? WAIT : judgement;
  }
}
