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
import { type NewRun, Occurrences, type RunSource } from '../../domain/targets/occurrences.port.js';
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
  /** Worth nothing after this instant, whatever the route says. */
  readonly freshUntil?: Date;
}

export interface SchedulePlan {
  readonly workspaceId: string;
  readonly post: PostSnapshot;
  readonly source: RunSource;
  readonly actor: string;
  readonly targets: readonly TargetPlan[];
  /** Of the run to be; drawn when left out. */
  readonly occurrenceId?: string;
  /** Which wording of the post `post` has; 0, the default: its own words. */
  readonly variation?: number;
  /** The routes that hold, by account, where the caller has read them in this transaction. */
  readonly routes?: ReadonlyMap<string, Route>;
}

/** A run that was made. */
export interface ScheduledRun {
  readonly occurrenceId: string;
  readonly targets: readonly TargetSummary[];
}

/** Makes occurrences of posts with their targets and wake-ups, in the caller's transaction. */
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
  async execute(plan: SchedulePlan, tx: Tx): Promise<ScheduledRun> {
    const [run] = await this.executeMany([plan], tx);
    if (!run) throw new Error('A run that was asked for was not made.');
    return run;
  }

  /**
   * The same for many, with a statement for each kind of row.
   * @returns the runs in the order of the plans
   */
  async executeMany(plans: readonly SchedulePlan[], tx: Tx): Promise<readonly ScheduledRun[]> {
    if (plans.length === 0) return [];
    const runs = plans.map((plan) => ({ plan, id: plan.occurrenceId ?? newId() }));
    await this.occurrences.createMany(
      runs.map(({ plan, id }) => runOf(plan, id)),
      tx,
    );
    const targets = await this.targetsOf(runs, tx);
    const stored: NewTarget[] = [];
    for (const [actor, own] of Map.groupBy(targets, ({ plan }) => plan.actor)) {
      const fresh = own.map(({ target }) => target);
      stored.push(...(await this.insert.execute(fresh, { actor }, tx)));
    }
    const byRun = Map.groupBy(stored, ({ occurrenceId }) => occurrenceId);
    return runs.map(({ id }) => ({
      occurrenceId: id,
      targets: (byRun.get(id) ?? []).map(summaryOfNew),
    }));
  }

  /** Plans that bring their routes keep them; for all others the routes are read at once. */
  private async targetsOf(runs: readonly { readonly plan: SchedulePlan; readonly id: string }[], tx: Tx) {
    const drafts = runs.flatMap(({ plan, id }) =>
      plan.targets.map((wish) => ({ plan, wish, draft: draftOf(plan, id, wish) })),
    );
    const stored = new Map<string, NewTarget>();
    for (const [routes, own] of Map.groupBy(drafts, ({ plan }) => plan.routes))
      for (const target of await this.freshness.withStaleAt(
        own.map(({ draft }) => draft),
        tx,
        routes,
      ))
        stored.set(target.id, target);
    return drafts.flatMap(({ plan, wish: { freshUntil }, draft }) => {
      const target = stored.get(draft.id);
      if (!target) return [];
      const staleAt = freshUntil && freshUntil < target.staleAt ? freshUntil : target.staleAt;
      return [{ plan, target: { ...target, staleAt } }];
    });
  }
}

const runOf = ({ workspaceId, post, source, variation = 0, targets }: SchedulePlan, id: string): NewRun => ({
  id,
  workspaceId,
  postId: post.id,
  source,
  variation,
  plannedAt: targets.map(({ scheduledAt }) => scheduledAt).reduce((a, b) => (a < b ? a : b)),
});

const draftOf = (
  { workspaceId, post, source }: SchedulePlan,
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
    role: source === 'fill' ? 'fill' : 'origin',
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
