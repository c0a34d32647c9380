import { Injectable } from '@nestjs/common';
import { AccountDirectory } from '../../../accounts/index.js';
import type { AccountFacts } from '../../../accounts/domain/account-facts.js';
import { notFound } from '../../../kernel/domain-error.js';
import { plusMs } from '../../../kernel/durations.js';
import { newId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { PostSnapshot } from '../../../library/domain/post-snapshot.js';
import { contentSourceOf } from '../../domain/targets/content-source.js';
import { freezeContent, type Wording } from '../../domain/targets/frozen-content.js';
import { localTimeIn } from '../../domain/targets/local-time.js';
import { Occurrences } from '../../domain/targets/occurrences.port.js';
import { spreadOf } from '../../domain/targets/spread.js';
import type { TargetSummary } from '../../domain/targets/target-summary.js';
import type { NewTarget } from '../../domain/targets/target-store.port.js';
import { Freshness } from './freshness.js';
import { InsertTargets } from './insert-targets.js';
import { TargetReader } from './target-reader.js';

/** One account's part of a run. */
export interface TargetPlan extends Wording {
  readonly accountId: string;
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
}

/** Makes one occurrence of a post with its targets and their wake-ups, in the caller's transaction. */
@Injectable()
export class ScheduleTargets {
  constructor(
    private readonly accounts: AccountDirectory,
    private readonly freshness: Freshness,
    private readonly occurrences: Occurrences,
    private readonly insert: InsertTargets,
    private readonly reader: TargetReader,
  ) {}

  /** @throws DomainError `account.not_found`, `target.account_taken` */
  async execute(plan: SchedulePlan, tx: Tx): Promise<{ occurrenceId: string; targets: readonly TargetSummary[] }> {
    const { workspaceId, post } = plan;
    const accounts = await this.accountsOf(plan, tx);
    const plannedAt = plan.targets.map((target) => target.scheduledAt).reduce((a, b) => (a < b ? a : b));
    const run = { workspaceId, postId: post.id, source: plan.source, plannedAt };
    const occurrenceId = await this.occurrences.create(run, tx);
    const drafts = plan.targets.map((target) => this.draftOf(plan, { occurrenceId, accounts }, target));
    const targets = await this.freshness.withStaleAt(drafts, tx);
    await this.insert.execute(targets, { actor: plan.actor }, tx);
    const summaries = await this.reader.byIds(
      workspaceId,
      targets.map((target) => target.id),
      tx,
    );
    return { occurrenceId, targets: summaries };
  }

  private async accountsOf(plan: SchedulePlan, tx: Tx): Promise<ReadonlyMap<string, AccountFacts>> {
    const ids = plan.targets.map((target) => target.accountId);
    const found = new Map(
      (await this.accounts.find(plan.workspaceId, ids, tx)).map((account) => [account.id, account]),
    );
    for (const id of ids) if (!found.has(id)) throw notFound('account', id);
    return found;
  }

  private draftOf(
    { workspaceId, post }: SchedulePlan,
    { occurrenceId, accounts }: { occurrenceId: string; accounts: ReadonlyMap<string, AccountFacts> },
    target: TargetPlan,
  ): Omit<NewTarget, 'staleAt'> {
    const platform = accounts.get(target.accountId)?.platform ?? 'tiktok';
    const id = newId();
    const spreadSeconds = target.spreadSeconds ?? 0;
    const scheduledAt = plusMs(target.scheduledAt, spreadOf(id, spreadSeconds));
    return {
      id,
      workspaceId,
      postId: post.id,
      occurrenceId,
      accountId: target.accountId,
      platform,
      role: 'origin',
      rootId: id,
      scheduledAt,
      localTime: localTimeIn(target.zone, scheduledAt),
      zone: target.zone,
      spreadSeconds,
      content: freezeContent(contentSourceOf(post), platform, ownWords(target)),
    };
  }
}

const ownWords = ({ caption, title, options }: TargetPlan): Wording => ({
  ...(caption === undefined ? {} : { caption }),
  ...(title === undefined ? {} : { title }),
  ...(options === undefined ? {} : { options }),
});
