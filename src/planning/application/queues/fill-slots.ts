import { Injectable } from '@nestjs/common';
import { newId, type WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import { PostLibrary, type StoredPost } from '../../../library/index.js';
import type { PlatformName } from '../../../platforms/domain/platform-name.js';
import { ScheduleTargets } from '../../../publishing/index.js';
import { chooseFills, type EvergreenPost, type Fill } from '../../domain/fill.policy.js';
import { cooldownDaysOn } from '../../domain/queues/duplicate-rules.js';
import { mayReturn } from '../../domain/queues/may-return.js';
import type { PlanningItem } from '../../domain/queues/planning-facts.port.js';
import { Queues } from '../../domain/queues/queues.port.js';
import { Reservations } from '../../domain/queues/reservations.port.js';
import { FindFreeSlots, type FreePlace } from './find-free-slots.js';
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
    const first = soonest[0];
    if (!first) return 0;
    const candidates = items
      .filter((item) => mayReturn(item, first.at))
      .toSorted(byRest)
      .slice(0, MAX_CANDIDATES);
    const { library, review } = this.tools;
    const locked = await library.lockMany(
      workspaceId,
      candidates.map(({ postId }) => postId),
      tx,
    );
    const posts = new Map(locked.filter((post) => !post.pausedAt).map((post) => [post.id, post]));
    const platforms = [...new Set(soonest.map(({ account }) => account.platform))];
    const fills = chooseFills({
      ...trouble,
      slots: soonest,
      posts: candidates.map((item) => evergreenOf(item, platforms)),
      fits: (postId, { platform }) => {
        const post = posts.get(postId);
        return post !== undefined && review.violationsOf(post, platform).length === 0;
      },
    });
    return this.make(workspaceId, { fills, slots: soonest, posts }, tx);
  }

  private async make(
    workspaceId: WorkspaceId,
    chosen: { fills: readonly Fill[]; slots: readonly FreePlace[]; posts: ReadonlyMap<string, StoredPost> },
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
const soonestOfEach = (slots: readonly FreePlace[]): FreePlace[] => {
  const sorted = slots.toSorted((one, other) => one.at.getTime() - other.at.getTime());
  const seen = new Set<string>();
  return sorted.filter(({ account }) => seen.size !== seen.add(account.id).size);
};

const byRest = (one: PlanningItem, other: PlanningItem): number =>
  (one.past.lastAt?.getTime() ?? 0) - (other.past.lastAt?.getTime() ?? 0);

const evergreenOf = (
  { postId, recycling, past, runs }: PlanningItem,
  platforms: readonly PlatformName[],
): EvergreenPost => {
  const lastOn = new Map(past.lastOn);
  for (const { at, accountIds } of runs)
    for (const id of accountIds) if ((lastOn.get(id) ?? new Date(0)) < at) lastOn.set(id, at);
  const cooldownDays = Math.max(...platforms.map((platform) => cooldownDaysOn(platform, recycling)));
  return { id: postId, cooldownDays, lastOn };
};
