import { Injectable } from '@nestjs/common';
import { AccountDirectory } from '../../../accounts/index.js';
import { Clock } from '../../../kernel/clock.port.js';
import { DAY_MS, plusMs } from '../../../kernel/durations.js';
import { newId, type WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { StoredPost } from '../../../library/index.js';
import type { PlatformName } from '../../../platforms/domain/platform-name.js';
import { type SchedulePlan, ScheduleTargets } from '../../../publishing/index.js';
import { runOf, runsToPlan, type RunToPlan } from '../../domain/recurring/plan-runs.js';
import { targetsOfRun } from '../../domain/recurring/planned-run.js';
import {
  OccurrenceChanges,
  type PlanningProgress,
  RecurrenceRuns,
  Recurrences,
  type StoredRecurrence,
} from '../../domain/recurring/recurrences.port.js';

/** Targets made in one transaction, about: an hourly post on 50 accounts has 36,000 in a month. */
const MOST_TARGETS = 2_000;

/** A local time lies within a day of its instant, in whatever zone: whose run is older cannot come again. */
const LOOK_BACK_MS = 2 * DAY_MS;

/** By account. */
type Platforms = ReadonlyMap<string, PlatformName>;

/** Recurrences of one workspace, locked, with their posts, locked before. */
export interface RecurrencesToPlan {
  readonly workspaceId: WorkspaceId;
  readonly recurrences: readonly StoredRecurrence[];
  readonly posts: readonly StoredPost[];
  readonly until: Date;
  readonly actor: string;
}

/** A run with everything it needs to be made. */
interface ReadyRun {
  readonly recurrence: StoredRecurrence;
  readonly post: StoredPost;
  readonly occurrenceId: string;
  readonly run: RunToPlan;
}

/** Makes the runs that recurrences have from now on: each local time once, whoever asks and however often. */
@Injectable()
export class MaterialiseRecurrences {
  constructor(
    private readonly recurrences: Recurrences,
    private readonly changes: OccurrenceChanges,
    private readonly runs: RecurrenceRuns,
    private readonly accounts: AccountDirectory,
    private readonly schedule: ScheduleTargets,
    private readonly clock: Clock,
  ) {}

  /** @returns how many runs were made */
  async execute(work: RecurrencesToPlan, tx: Tx): Promise<number> {
    const { workspaceId } = work;
    const platforms = await this.platformsOf(work, tx);
    const { ready, progress } = await this.compute(work, platforms, tx);
    const reserved = await this.runs.reserve(workspaceId, ready.map(toRow), tx);
    const made = ready.filter(({ occurrenceId }) => reserved.has(occurrenceId));
    const plans = made.map((run) => planOf(run, platforms, work.actor));
    if (plans.length > 0) await this.schedule.executeMany(plans, tx);
    await this.recurrences.notePlanned(workspaceId, progress, tx);
    return plans.length;
  }

  private async compute({ workspaceId, recurrences, posts, until }: RecurrencesToPlan, platforms: Platforms, tx: Tx) {
    const now = this.clock.now();
    const ids = recurrences.map(({ id }) => id);
    const changes = await this.changes.of(workspaceId, ids, tx);
    const since = await this.runs.since(workspaceId, ids, plusMs(now, -LOOK_BACK_MS), tx);
    const planned = Map.groupBy(since, (run) => run.recurrenceId);
    const postById = new Map(posts.map((post) => [post.id, post]));
    const ready: ReadyRun[] = [];
    const progress: PlanningProgress[] = [];
    for (const recurrence of recurrences) {
      const { id: recurrenceId, targets, postId } = recurrence;
      const post = postById.get(postId);
      if (!post) continue;
      const facts = { wish: recurrence, changes: changes.get(recurrenceId) ?? [] };
      const names = new Set(planned.get(recurrenceId)?.map(({ localTime }) => localTime));
      const room = Math.max(1, Math.floor(MOST_TARGETS / recurrences.length / targets.length));
      const plan = targets.some(({ accountId }) => platforms.has(accountId))
        ? tryPlan(() => runsToPlan(facts, names, { from: now, until }, room))
        : { runs: [], problem: 'None of its accounts is there any more. Send it again with others.' };
      progress.push({ recurrenceId, ...plan });
      for (const run of plan.runs) ready.push({ recurrence, post, occurrenceId: newId(), run });
    }
    return { ready, progress };
  }

  private async platformsOf({ workspaceId, recurrences }: RecurrencesToPlan, tx: Tx): Promise<Platforms> {
    const ids = new Set(recurrences.flatMap(({ targets }) => targets.map(({ accountId }) => accountId)));
    const found = await this.accounts.find(workspaceId, [...ids], tx);
    return new Map(found.map(({ id, platform }) => [`${id}`, platform]));
  }
}

/** One rule that cannot be followed does not keep the others from being planned. */
const tryPlan = (
  plan: () => ReturnType<typeof runsToPlan>,
): { runs: readonly RunToPlan[]; plannedUntil?: Date; problem?: string } => {
  try {
    return plan();
  } catch (error) {
    return { runs: [], problem: `The rule could not be followed: ${(error as Error).message}` };
  }
};

const toRow = ({ recurrence, run, occurrenceId }: ReadyRun) =>
  runOf(recurrence.id, run.occurrence, recurrence.targets, occurrenceId);

const planOf = (
  { recurrence, post, occurrenceId, run }: ReadyRun,
  platforms: Platforms,
  actor: string,
): SchedulePlan => {
  const { occurrence, freshUntil } = run;
  const targets = targetsOfRun(recurrence.targets, occurrence.change?.words).flatMap((target) => {
    const platform = platforms.get(target.accountId);
    const { zone } = recurrence.recurrence;
    return platform
      ? [{ ...target, platform, scheduledAt: occurrence.at, zone, ...(freshUntil ? { freshUntil } : {}) }]
      : [];
  });
  return { workspaceId: recurrence.workspaceId, post, source: 'rrule', actor, occurrenceId, targets };
};
