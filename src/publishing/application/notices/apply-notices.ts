import { Injectable, Logger } from '@nestjs/common';
import { NoticeInbox, type WaitingNotice } from '../../domain/notices/notice-inbox.port.js';
import { NOTICE_KEPT_MS, noticeRetryMs } from '../../domain/notices/notice.policy.js';
import { ApplyPostNotice } from './apply-post-notice.js';
import { Engine } from '../engine.js';
import { LoseConsent } from '../targets/lose-consent.js';
import { TellGone } from '../targets/tell-gone.js';

const BATCH = 50;
/** Applying a batch takes less; what was cut off in the middle is looked at again after it. */
const LEASE_MS = 30_000;
/** Repetitions come for 72 h (`platforms.md` 1.12); after a month no key is needed any more. */
const FORGET_DAYS = 30;

/** Works through what platforms told us. What cannot be applied yet (the event outran our row) is kept for 72 h. */
@Injectable()
export class ApplyNotices {
  private readonly logger = new Logger('Notices');

  constructor(
    private readonly inbox: NoticeInbox,
    private readonly posts: ApplyPostNotice,
    private readonly gone: TellGone,
    private readonly consent: LoseConsent,
    private readonly engine: Engine,
  ) {}

  /** @returns how many notices were looked at */
  async runOnce(): Promise<number> {
    const waiting = await this.inbox.claim(BATCH, LEASE_MS);
    // One after the other: several may speak of the same post.
    for (const item of waiting) await this.apply(item).catch((error: unknown) => this.failed(item, error));
    return waiting.length;
  }

  forget(): Promise<void> {
    return this.inbox.forget(FORGET_DAYS);
  }

  private async apply(item: WaitingNotice): Promise<void> {
    const { notice, platform } = item;
    if (notice.kind === 'consent_lost') return this.consent.execute(item, notice);
    if (notice.kind === 'gone') {
      if (!(await this.gone.execute(item, notice))) await this.wait(item);
      return;
    }
    const judgement = await this.posts.execute(platform, notice);
    if (judgement.kind === 'wait') return this.wait(item);
    if (judgement.kind === 'ignored')
      this.logger.debug({ platform, kind: notice.kind, handle: notice.handle }, judgement.because);
    await this.inbox.settle(item, judgement.kind === 'ignored' ? 'ignored' : 'applied');
  }

  private wait(item: WaitingNotice): Promise<void> {
    const ageMs = this.engine.now().getTime() - item.receivedAt.getTime();
    return ageMs > NOTICE_KEPT_MS
      ? this.inbox.settle(item, 'expired')
      : this.inbox.postpone(item, noticeRetryMs(ageMs));
  }

  /** It waits like one that came too early; where even that cannot be written, its lease runs out. */
  private async failed(item: WaitingNotice, error: unknown): Promise<void> {
    const { platform, notice } = item;
    this.logger.warn({ err: error, platform, key: notice.key }, 'A notice cannot be applied now');
    await this.wait(item).catch(() => undefined);
  }
}
