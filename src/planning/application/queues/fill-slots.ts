import { Injectable } from '@nestjs/common';
import { newId, type WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import { PostLibrary, type StoredPost } from '../../../library/index.js';
import { ScheduleTargets } from '../../../publishing/index.js';
import { chooseFills, type Fill, type FreeSlot } from '../../domain/fill.policy.js';
import { mayReturn } from '../../domain/queues/item-rest.js';
import type { PlanningItem } from '../../domain/queues/planning-facts.port.js';
import { Queues } from '../../domain/queues/queues.port.js';
import { Reservations } from '../../domain/queues/reservations.port.js';
import { FindFreeSlots } from './find-free-slots.js';
import { ReadTrouble } from './read-trouble.js';
import { ReviewRuns } from './review-runs.js';

/** Posts looked at in one round: those that rested longest. */
const MAX_CANDIDATES = 200;

/** What a round needs to lock, judge and make runs. */
@Injectable()
export class FillTools {
  constructor(
    readonly library: PostLibrary,
    readonly review: ReviewRuns,
    readonly reservations: Reservations,
    readonly scheduleTargets: ScheduleTargets,
  ) {}
}

/** While a platform is down, gives free slots of healthy accounts to evergreen posts, one of each account a round. */
@Injectable()
export class FillSlots {
  constructor(
    private readonly queues: Queues,
    private readonly trouble: ReadTrouble,
    private readonly free: FindFreeSlots,
    private readonly tools: FillTools,
  ) {}

  /** Workspaces that may have something to fill; none while nothing is down. */
  async workspaces(): Promise<readonly WorkspaceId[]> {
    return this.trouble.isQuiet() ? [] : this.queues.workspaces();
  }

  /** @returns how many fills were planned */
  async execute(workspaceId: WorkspaceId, tx: Tx): Promise<number> {
    const trouble = await this.trouble.of(workspaceId, tx);
    if (!trouble.hasIncident || trouble.isPanic) return 0;
    await this.queues.lockPlanning(workspaceId, tx);
    const { slots, items } = await this.free.execute(workspaceId, trouble, tx);
    const soonest = soonestOfEach(slots);
    if (soonest.length === 0) return 0;
    const candidates = items
      .filter((item) => soonest.some((slot) => mayReturn(item, slot)))
      .toSorted(byRest)
      .slice(0, MAX_CANDIDATES);
    const { library, review } = this.tools;
    const locked = await library.lockMany(
      workspaceId,
      candidates.map(({ postId }) => postId),
      tx,
    );
    const posts = new Map(locked.filter((post) => !post.pausedAt).map((post) => [post.id, post]));
    const fills = chooseFills({
      ...trouble,
      slots: soonest,
      posts: candidates,
      fits: (postId, { platform }) => {
        const post = posts.get(postId);
        return post !== undefined && review.violationsOf(post, platform).length === 0;
      },
    });
    return this.make(workspaceId, { fills, slots: soonest, posts }, tx);
  }

  private async make(
    workspaceId: WorkspaceId,
    chosen: { fills: readonly Fill[]; slots: readonly FreeSlot[]; posts: ReadonlyMap<string, StoredPost> },
    tx: Tx,
  ): Promise<number> {
    const wanted = chosen.fills.map((fill) => ({ ...fill, occurrenceId: newId() }));
    const got = await this.tools.reservations.reserveAccounts(workspaceId, wanted, tx);
    const plans = wanted.flatMap(({ postId, accountId, at, occurrenceId }) => {
      const post = chosen.posts.get(postId);
      const slot = chosen.slots.find(({ account }) => account.id === accountId);
      if (!post || !slot || !got.has(occurrenceId)) return [];
      const { platform } = slot.account;
      const targets = [{ accountId, platform, scheduledAt: at, zone: slot.zone }];
      return [{ workspaceId, post, source: 'fill' as const, actor: 'planner', occurrenceId, targets }];
    });
    if (plans.length > 0) await this.tools.scheduleTargets.executeMany(plans, tx);
    return plans.length;
  }
}

/** The pace: one free slot of each account, its next. */
const soonestOfEach = (slots: readonly FreeSlot[]): FreeSlot[] => {
  const sorted = slots.toSorted((one, other) => one.at.getTime() - other.at.getTime());
  const seen = new Set<string>();
  return sorted.filter(({ account }) => seen.size !== seen.add(account.id).size);
};

const byRest = (one: PlanningItem, other: PlanningItem): number =>
  (one.past.lastAt?.getTime() ?? 0) - (other.past.lastAt?.getTime() ?? 0);
