import { Injectable } from '@nestjs/common';
import { DAY_MS, HOUR_MS, plusMs } from '../../../kernel/durations.js';
import type { PostId, WorkspaceId } from '../../../kernel/ids.js';
import { type Tx, UnitOfWork } from '../../../kernel/transaction.js';
import { PostLibrary } from '../../../library/index.js';
import { Recurrences, type StoredRecurrence } from '../../domain/recurring/recurrences.port.js';
import { HorizonPlanner } from '../queues/horizon-planner.js';
import { isHeldBack } from '../../domain/recurring/judge-runs.js';
import { GatherRunFacts } from './gather-run-facts.js';
import { MaterialiseRecurrences } from './materialise-recurrences.js';
import { TakeBackRuns } from './take-back-runs.js';

/** Recurrences planned in one transaction. */
const BATCH = 50;
/** Planned so much further than asked, so that a recurrence is looked at once a day and not at every tick. */
const AHEAD_MS = DAY_MS;
/** A recurrence that could not be planned is left alone for so long; all others go on. */
const PAUSE_AFTER_FAILURE_MS = HOUR_MS;

/** For journals. */
export const RECURRENCE_ACTOR = 'recurrence';

/** Plans the runs of every recurrence up to a horizon, workspace by workspace. */
@Injectable()
export class PlanRecurrences extends HorizonPlanner {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly library: PostLibrary,
    private readonly recurrences: Recurrences,
    private readonly materialise: MaterialiseRecurrences,
    private readonly gather: GatherRunFacts,
    private readonly takeBack: TakeBackRuns,
  ) {
    super();
  }

  async plan(until: Date): Promise<number> {
    let made = 0;
    for (;;) {
      const next = await this.recurrences.nextToPlan(until, BATCH);
      if (!next) return made;
      made += await this.planBatch(next, until);
    }
  }

  /** All together; when that fails each alone, so that one fault stops one recurrence. */
  private async planBatch(
    { workspaceId, postIds }: { readonly workspaceId: WorkspaceId; readonly postIds: readonly PostId[] },
    until: Date,
  ): Promise<number> {
    try {
      return await this.planPosts(workspaceId, postIds, until);
    } catch (error) {
      const [only] = postIds;
      if (postIds.length === 1 && only !== undefined) {
        const problem = `Planning failed and is tried again in an hour: ${(error as Error).message}`;
        await this.recurrences.postpone(workspaceId, only, problem, PAUSE_AFTER_FAILURE_MS);
        return 0;
      }
    }
    let made = 0;
    for (const postId of postIds) made += await this.planBatch({ workspaceId, postIds: [postId] }, until);
    return made;
  }

  private planPosts(workspaceId: WorkspaceId, postIds: readonly PostId[], until: Date): Promise<number> {
    return this.unitOfWork.run(async (tx) => {
      const posts = await this.library.lockMany(workspaceId, postIds, tx);
      const ids = posts.filter(({ pausedAt }) => pausedAt === undefined).map(({ id }) => id);
      const recurrences = await this.recurrences.lockToPlan(workspaceId, ids, until, tx);
      const work = { workspaceId, recurrences, posts, until: plusMs(until, AHEAD_MS), actor: RECURRENCE_ACTOR };
      if (recurrences.length === 0) return 0;
      await this.makeRoom(workspaceId, recurrences, tx);
      return this.materialise.execute(work, tx);
    });
  }

  /** A run that an outage took may let another go sooner; a zone with other rules moves them all. */
  private async makeRoom(workspaceId: WorkspaceId, recurrences: readonly StoredRecurrence[], tx: Tx): Promise<void> {
    const facts = await this.gather.execute(workspaceId, recurrences, [], tx);
    for (const stored of recurrences) {
      const item = facts.get(stored.id)?.item;
      const reason = { isHeldBack: item !== undefined && isHeldBack(item) };
      await this.takeBack.unfit({ stored, actor: RECURRENCE_ACTOR }, reason, tx);
    }
  }
}
