import { Injectable, Logger } from '@nestjs/common';
import { MINUTE_MS } from '../../../kernel/durations.js';
import type { Look } from '../../domain/reconcile/look.policy.js';
import { SecondCopies, type SecondLookDue } from '../../domain/reconcile/second-copies.port.js';
import { judgeLateSign, type LateSign, nextSecondLookMs } from '../../domain/reconcile/second-look.policy.js';
import { Engine } from '../engine.js';
import { SettleTarget } from '../firing/settle-target.js';
import { LookAtPlatform, type Search } from './look-at-platform.js';
import { MakeWay, type Way } from './make-way.js';
import { ReportSecondCopy } from './report-second-copy.js';

const BATCH = 20;
/** A look takes less; what was cut off in the middle is looked at again after it. */
const LEASE_MS = 120_000;
/** Until a try that is under way may have ended (under the time scale). */
const WAIT_MS = 10 * MINUTE_MS;

/**
 * After an absence was believed: a few cheap looks for what landed all the same. The only copy is adopted as late; one
 * beside another is reported.
 */
@Injectable()
export class SecondLooks {
  private readonly logger = new Logger('SecondLook');

  constructor(
    private readonly copies: SecondCopies,
    private readonly lookAt: LookAtPlatform,
    private readonly settle: SettleTarget,
    private readonly makeWay: MakeWay,
    private readonly report: ReportSecondCopy,
    private readonly engine: Engine,
  ) {}

  /** @returns how many attempts were looked at */
  async runOnce(): Promise<number> {
    await this.copies.plan(nextSecondLookMs(this.engine.settings.timing, 0) ?? 0);
    const due = await this.copies.claim(BATCH, LEASE_MS);
    await Promise.all(
      due.map((item) =>
        this.look(item).catch((error: unknown) => {
          this.logger.warn({ err: error, targetId: item.target.id }, 'A second look failed; it is done again');
        }),
      ),
    );
    return due.length;
  }

  private async look(item: SecondLookDue): Promise<void> {
    const { attempt, sharesHandle } = item;
    // One handle is one post: whatever it shows belongs to the try that used it last.
    if (sharesHandle) return this.copies.plannedNext(attempt.id, item.looks, undefined);
    const look = await this.lookAt.execute(item, await this.searchOf(item));
    const sign = await this.act(item, look);
    const done = sign.kind === 'wait' ? item.looks : item.looks + 1;
    const isOver = sign.kind === 'adopt' || (sign.kind === 'second_copy' && isNamed(look));
    const next = sign.kind === 'wait' ? this.engine.waitMs(WAIT_MS) : nextSecondLookMs(this.timing, done);
    await this.copies.plannedNext(attempt.id, done, isOver ? undefined : next);
  }

  /** While another try may own what the list shows, only the handle can tell. */
  private async searchOf({ target, attempt, otherIsOpen }: SecondLookDue): Promise<Search | undefined> {
    const carriesUnnamed = target.status === 'published' && target.platformPostId === undefined;
    if (otherIsOpen || carriesUnnamed) return undefined;
    const since = attempt.commitStartedAt ?? target.scheduledAt;
    return { since, takenIds: await this.copies.knownPostIds(target.accountId) };
  }

  private async act({ target, attempt, otherIsOpen }: SecondLookDue, { sighting, rule }: Look): Promise<LateSign> {
    const place = { targetId: target.id, attemptId: attempt.id, actor: 'reconciler' };
    const seen: { sign: LateSign; way: Way } = { sign: { kind: 'nothing' }, way: 'free' };
    const written = await this.settle.execute({
      ...place,
      decide: (current, tried, context) => {
        seen.sign = judgeLateSign({ ...current, otherIsOpen }, tried, sighting, { ...context, rule });
        return seen.sign.kind === 'adopt' ? seen.sign.step : undefined;
      },
      makeWay: async (current, tx) => {
        seen.way = await this.makeWay.execute(current, attempt.id, tx);
        return seen.way === 'free';
      },
    });
    const isSecond = seen.sign.kind === 'second_copy' || seen.way === 'rival_live';
    if (!isSecond) return seen.sign.kind === 'adopt' && !written ? { kind: 'wait' } : seen.sign;
    if (sighting.kind === 'published')
      await this.report.execute({ ...place, platformPostId: sighting.platformPostId, permalink: sighting.permalink });
    return { kind: 'second_copy' };
  }

  private get timing() {
    return this.engine.settings.timing;
  }
}

const isNamed = ({ sighting }: Look): boolean => sighting.kind === 'published' && sighting.platformPostId !== undefined;
