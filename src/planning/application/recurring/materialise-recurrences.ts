import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock.port.js';
import { DAY_MS, plusMs } from '../../../kernel/durations.js';
import { newId, type WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { StoredPost } from '../../../library/index.js';
import { type SchedulePlan, ScheduleTargets } from '../../../publishing/index.js';
import { wordedBy } from '../../domain/queues/variation.js';
import { judgeRuns } from '../../domain/recurring/judge-runs.js';
import { runOf, runsToPlan, type RunToPlan } from '../../domain/recurring/plan-runs.js';
import { targetsOfRun } from '../../domain/recurring/planned-run.js';
import {
  OccurrenceChanges,
  type PlanningProgress,
  RecurrenceRuns,
  Recurrences,
  type StoredRecurrence,
} from '../../domain/recurring/recurrences.port.js';
import { GatherRunFacts, type RunFacts } from './gather-run-facts.js';

/** Targets made in one transaction, about: an hourly post on 50 accounts has 36,000 in a month. */
const MOST_TARGETS = 2_000;

/** A local time lies within a day of its instant, in whatever zone: whose run is older cannot come again. */
const LOOK_BACK_MS = 2 * DAY_MS;

/** Recurrences of one workspace, locked, with their posts, locked before. */
export interface RecurrencesToPlan {
  readonly workspaceId: WorkspaceId;
  readonly recurrences: readonly StoredRecurrence[];
  readonly posts: readonly StoredPost[];
  readonly until: Date;
  readonly actor: string;
}

/** A run with everything it needs to be made. */
interface ReadyRun extends PlaceOfRun {
  readonly recurrence: StoredRecurrence;
  readonly post: StoredPost;
  readonly facts: RunFacts;
  readonly occurrenceId: string;
}

/** A run, where it goes, and the index of its wording. */
interface PlaceOfRun {
  readonly run: RunToPlan;
  readonly accountIds: readonly string[];
  readonly wording: number;
}

/**
 * Makes the runs that recurrences have from now on: each local time once, whoever asks and however often. What rests,
 * or is over, is not made; it is looked at again with every round.
 */
@Injectable()
export class MaterialiseRecurrences {
  constructor(
    private readonly recurrences: Recurrences,
    private readonly changes: OccurrenceChanges,
    private readonly runs: RecurrenceRuns,
    private readonly gather: GatherRunFacts,
    private readonly schedule: ScheduleTargets,
    private readonly clock: Clock,
  ) {}

  /** @returns how many runs were made */
  async execute(work: RecurrencesToPlan, tx: Tx): Promise<number> {
    const { workspaceId } = work;
    const { ready, progress } = await this.compute(work, tx);
    const reserved = await this.runs.reserve(workspaceId, ready.map(toRow), tx);
    const made = ready.filter(({ occurrenceId }) => reserved.has(occurrenceId));
    const plans = made.map((run) => planOf(run, work.actor));
    if (plans.length > 0) await this.schedule.executeMany(plans, tx);
    await this.recurrences.notePlanned(workspaceId, progress, tx);
    return plans.length;
  }

  private async compute({ workspaceId, recurrences, posts, until }: RecurrencesToPlan, tx: Tx) {
    const now = this.clock.now();
    const ids = recurrences.map(({ id }) => id);
    const changes = await this.changes.of(workspaceId, ids, tx);
    const since = await this.runs.since(workspaceId, ids, plusMs(now, -LOOK_BACK_MS), tx);
    const known = await this.gather.execute(workspaceId, recurrences, [], tx);
    const planned = Map.groupBy(since, (run) => run.recurrenceId);
    const postById = new Map(posts.map((post) => [post.id, post]));
    const ready: ReadyRun[] = [];
    const progress: PlanningProgress[] = [];
    for (const recurrence of recurrences) {
      const { id: recurrenceId, targets, postId } = recurrence;
      const [post, facts] = [postById.get(postId), known.get(recurrenceId)];
      if (!post || !facts) continue;
      const said = { wish: recurrence, changes: changes.get(recurrenceId) ?? [] };
      const names = new Set(planned.get(recurrenceId)?.map(({ localTime }) => localTime));
      const room = Math.max(1, Math.floor(MOST_TARGETS / recurrences.length / targets.length));
      const plan =
        facts.accounts.length > 0
          ? tryPlan(() => runsToPlan(said, names, { from: now, until }, room))
          : { runs: [], problem: 'None of its accounts is there any more. Send it again with others.' };
      progress.push({ recurrenceId, ...plan });
      for (const place of placesOf(plan.runs, facts, recurrence))
        ready.push({ ...place, recurrence, post, facts, occurrenceId: newId() });
    }
    return { ready, progress };
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

/** Those of the runs that go somewhere. */
const placesOf = (
  runs: readonly RunToPlan[],
  { item, accounts }: RunFacts,
  { recurrence: { zone } }: StoredRecurrence,
): readonly PlaceOfRun[] => {
  if (!item) return runs.map((run) => ({ run, accountIds: accounts.map(({ id }) => id), wording: 0 }));
  const occurrences = runs.map(({ occurrence }) => occurrence);
  return judgeRuns(occurrences, { item, accounts, zone }).flatMap(({ accountIds, variation: wording }, index) => {
    const run = runs[index];
    return run && accountIds.length > 0 ? [{ run, accountIds, wording }] : [];
  });
};

const toRow = ({ recurrence, run, occurrenceId }: ReadyRun) =>
  runOf(recurrence.id, run.occurrence, recurrence.targets, occurrenceId);

const planOf = (ready: ReadyRun, actor: string): SchedulePlan => {
  const { recurrence, post, facts, run, accountIds, wording, occurrenceId } = ready;
  const { occurrence, freshUntil } = run;
  const platforms = new Map(facts.accounts.map(({ id, platform }) => [id, platform]));
  const variation = facts.wordings[wording];
  const targets = targetsOfRun(recurrence.targets, occurrence.change?.words).flatMap((target) => {
    const platform = accountIds.includes(target.accountId) ? platforms.get(target.accountId) : undefined;
    const { zone } = recurrence.recurrence;
    return platform
      ? [{ ...target, platform, scheduledAt: occurrence.at, zone, ...(freshUntil ? { freshUntil } : {}) }]
      : [];
  });
  const { workspaceId } = recurrence;
  const words = { post: wordedBy(post, variation), variation: variation?.number ?? 0 };
  return { workspaceId, ...words, source: 'rrule', actor, occurrenceId, targets };
};
