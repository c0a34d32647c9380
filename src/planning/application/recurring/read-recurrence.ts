import { Injectable } from '@nestjs/common';
import { HOUR_MS, plusMs } from '../../../kernel/durations.js';
import type { PostId, WorkspaceId } from '../../../kernel/ids.js';
import { PostLibrary } from '../../../library/index.js';
import type { TargetSummary } from '../../../publishing/domain/targets/target-summary.js';
import { TargetReader } from '../../../publishing/index.js';
import type { Span } from '../../domain/queues/queue.js';
import { MAX_OCCURRENCES, occurrenceNamed, occurrencesWithSkipped } from '../../domain/recurring/occurrences.js';
import type { RecurrenceOccurrence } from '../../domain/recurring/recurrence.js';
import {
  OccurrenceChanges,
  type RecurrenceRun,
  RecurrenceRuns,
  Recurrences,
  type StoredRecurrence,
} from '../../domain/recurring/recurrences.port.js';
import { noOccurrence, noRecurrence } from '../../domain/recurring/recurring.errors.js';
import { whyItRuns } from '../../domain/recurring/why-it-runs.js';
import { formatWallTime, type WallTime } from '../../domain/wall-time.js';
import { type ForeseenRun, ForeseeRuns } from './foresee-runs.js';

/** Targets go out within so long after their run's time. */
const MOST_SPREAD_MS = HOUR_MS;
/** A page of 100 runs on 50 accounts. */
const MOST_TARGETS = 5_000;

/** The run that was made of an occurrence; `variation` as `occurrence.variation`. */
export interface PlannedOccurrence {
  readonly occurrenceId: string;
  readonly variation: number;
  readonly targets: readonly TargetSummary[];
}

/** An occurrence with the run that was made of it. */
export interface ListedOccurrence {
  readonly occurrence: RecurrenceOccurrence;
  readonly zone: string;
  /** Absent: it is still to be planned, or skipped. */
  readonly run?: PlannedOccurrence;
  /** What it will be, where it is still to be planned. */
  readonly foreseen?: ForeseenRun;
  /** Sentences for a person. */
  readonly why: string;
}

/** Shows recurrences and their occurrences. */
@Injectable()
export class ReadRecurrence {
  constructor(
    private readonly library: PostLibrary,
    private readonly recurrences: Recurrences,
    private readonly changes: OccurrenceChanges,
    private readonly runs: RecurrenceRuns,
    private readonly reader: TargetReader,
    private readonly foresee: ForeseeRuns,
  ) {}

  /** @throws DomainError `post.not_found`, `recurrence.not_found` */
  async get(workspaceId: WorkspaceId, postId: PostId): Promise<StoredRecurrence> {
    await this.library.snapshot(workspaceId, postId);
    const stored = await this.recurrences.find(workspaceId, postId);
    if (!stored) throw noRecurrence(postId);
    return stored;
  }

  /**
   * The occurrences of a span in order, skipped ones included, at most `limit + 1`.
   * @throws DomainError `post.not_found`, `recurrence.not_found`
   */
  async occurrences(
    workspaceId: WorkspaceId,
    postId: PostId,
    span: Span,
    limit: number,
  ): Promise<readonly ListedOccurrence[]> {
    const stored = await this.get(workspaceId, postId);
    const changes = (await this.changes.of(workspaceId, [stored.id])).get(stored.id) ?? [];
    const found = occurrencesWithSkipped(stored.recurrence, changes, span, limit + 1);
    return this.withRuns(stored, found);
  }

  /** @throws DomainError `post.not_found`, `recurrence.not_found`, `recurrence.no_occurrence` */
  async occurrence(workspaceId: WorkspaceId, postId: PostId, localTime: WallTime): Promise<ListedOccurrence> {
    const stored = await this.get(workspaceId, postId);
    const changes = (await this.changes.of(workspaceId, [stored.id])).get(stored.id) ?? [];
    const occurrence = occurrenceNamed(stored.recurrence, changes, localTime);
    const [listed] = occurrence ? await this.withRuns(stored, [occurrence]) : [];
    if (!listed) throw noOccurrence(formatWallTime(localTime));
    return listed;
  }

  private async withRuns(
    stored: StoredRecurrence,
    found: readonly RecurrenceOccurrence[],
  ): Promise<readonly ListedOccurrence[]> {
    const { id, workspaceId, postId, recurrence } = stored;
    const [first, last] = [found[0], found.at(-1)];
    if (!first || !last) return [];
    const runs = await this.runs.since(workspaceId, [id], first.at);
    const targets = await this.targetsOf(workspaceId, postId, { from: first.at, until: last.at });
    const byName = new Map(runs.map((run) => [run.localTime, run]));
    const coming = await this.comingOf(stored, { from: first.at, until: plusMs(last.at, 1) });
    return found.map((occurrence) => {
      const run = byName.get(occurrence.localTime);
      const foreseen = run ? undefined : coming.get(occurrence.localTime);
      return {
        ...{ occurrence, zone: recurrence.zone, why: whyItRuns(recurrence, foreseen?.why) },
        ...(run ? { run: madeRun(run, targets) } : {}),
        ...(foreseen ? { foreseen } : {}),
      };
    });
  }

  private async comingOf(stored: StoredRecurrence, span: Span): Promise<ReadonlyMap<WallTime, ForeseenRun>> {
    const foreseen = await this.foresee.execute(stored.workspaceId, [stored], span, MAX_OCCURRENCES);
    return new Map(foreseen.get(stored.id)?.map((run) => [run.occurrence.localTime, run]));
  }

  private async targetsOf(workspaceId: WorkspaceId, postId: PostId, { from, until }: Span) {
    const to = plusMs(until, MOST_SPREAD_MS + 1);
    const targets = await this.reader.list(workspaceId, { postId, from, to }, { limit: MOST_TARGETS });
    return Map.groupBy(targets, ({ occurrenceId }) => occurrenceId);
  }
}

const madeRun = (
  { occurrenceId, variation = 0 }: RecurrenceRun,
  targets: ReadonlyMap<string, readonly TargetSummary[]>,
): PlannedOccurrence => ({ occurrenceId, variation, targets: targets.get(occurrenceId) ?? [] });
