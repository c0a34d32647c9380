import { Injectable } from '@nestjs/common';
import { plusMs } from '../../../kernel/durations.js';
import { newId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { PlatformName } from '../../../platforms/domain/platform-name.js';
import type { PostSnapshot } from '../../../library/domain/post-snapshot.js';
import type { Route } from '../../../routing/domain/route.js';
import { contentSourceOf } from '../../domain/targets/content-source.js';
import { freezeContent, type Wording } from '../../domain/targets/frozen-content.js';
import { localTimeIn } from '../../domain/targets/local-time.js';
import { Occurrences } from '../../domain/targets/occurrences.port.js';
import { spreadOf } from '../../domain/targets/spread.js';
import { summaryOfNew } from '../../domain/targets/summary-of-new.js';
import type { TargetSummary } from '../../domain/targets/target-summary.js';
import type { NewTarget } from '../../domain/targets/target-store.port.js';
import { Freshness } from './freshness.js';
import { InsertTargets } from './insert-targets.js';

/** One account's part of a run. */
export interface TargetPlan extends Wording {
  readonly accountId: string;
  /** The account's. */
  readonly platform: PlatformName;
  readonly scheduledAt: Date;
  /** IANA zone the time was meant in. */
  readonly zone: string;
  /** 0: exactly then; else within so many seconds after it, the same for the same target. */
  readonly spreadSeconds?: number;
}

export interface SchedulePlan {
  readonly workspaceId: string;
  readonly post: PostSnapshot;
  readonly source: 'api' | 'fill';
  readonly actor: string;
  readonly targets: readonly TargetPlan[];
  /** The routes that hold, by account, where the caller has read them in this transaction. */
  readonly routes?: ReadonlyMap<string, Route>;
}

/** Makes one occurrence of a post with its targets and their wake-ups, in the caller's transaction. */
@Injectable()
export class ScheduleTargets {
  constructor(
    private readonly freshness: Freshness,
    private readonly occurrences: Occurrences,
    private readonly insert: InsertTargets,
  ) {}

  /**
   * The caller has reviewed the accounts, and locked or just created the post.
   * @throws DomainError `target.account_taken`
   */
  async execute(plan: SchedulePlan, tx: Tx): Promise<{ occurrenceId: string; targets: readonly TargetSummary[] }> {
    const { workspaceId, post } = plan;
    const plannedAt = plan.targets.map((target) => target.scheduledAt).reduce((a, b) => (a < b ? a : b));
    const run = { workspaceId, postId: post.id, source: plan.source, plannedAt };
    const occurrenceId = await this.occurrences.create(run, tx);
    const drafts = plan.targets.map((target) => draftOf(plan, occurrenceId, target));
    const targets = await this.freshness.withStaleAt(drafts, tx, plan.routes);
    await this.insert.execute(targets, { actor: plan.actor }, tx);
    return { occurrenceId, targets: targets.map(summaryOfNew) };
  }
}

const draftOf = (
  { workspaceId, post }: SchedulePlan,
  occurrenceId: string,
  target: TargetPlan,
): Omit<NewTarget, 'staleAt'> => {
  const { accountId, platform, zone, spreadSeconds = 0 } = target;
  const id = newId();
  const scheduledAt = plusMs(target.scheduledAt, spreadOf(id, spreadSeconds));
  return {
    id,
    workspaceId,
    postId: post.id,
    occurrenceId,
    accountId,
    platform,
    role: 'origin',
    rootId: id,
    scheduledAt,
    localTime: localTimeIn(zone, scheduledAt),
    zone,
    spreadSeconds,
    content: freezeContent(contentSourceOf(post), platform, ownWords(target)),
  };
};

const ownWords = ({ caption, title, options }: TargetPlan): Wording => ({
  ...(caption === undefined ? {} : { caption }),
  ...(title === undefined ? {} : { title }),
  ...(options === undefined ? {} : { options }),
});
