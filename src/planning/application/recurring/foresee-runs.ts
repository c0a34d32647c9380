import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock.port.js';
import { DAY_MS, plusMs } from '../../../kernel/durations.js';
import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Span } from '../../domain/queues/queue.js';
import { isHeldBack, judgeRuns } from '../../domain/recurring/judge-runs.js';
import { MAX_OCCURRENCES, occurrencesOf } from '../../domain/recurring/occurrences.js';
import type { OccurrenceChange, RecurrenceOccurrence } from '../../domain/recurring/recurrence.js';
import { OccurrenceChanges, RecurrenceRuns, type StoredRecurrence } from '../../domain/recurring/recurrences.port.js';
import type { WallTime } from '../../domain/wall-time.js';
import { GatherRunFacts, type RunFacts } from './gather-run-facts.js';

/** An occurrence that planning has not made a run of. */
export interface ForeseenRun {
  readonly occurrence: RecurrenceOccurrence;
  /** Where it will run; none: it is left out. */
  readonly accountIds: readonly string[];
  /** As `occurrence.variation`. */
  readonly variation: number;
  /** Why it is left out, somewhere or everywhere. */
  readonly why?: string;
}

/** Whose name still holds a run may lie a day or two off its instant. */
const LOOK_BACK_MS = 2 * DAY_MS;

/** Tells what recurrences will do beyond what is planned, by the rules that planning goes by. */
@Injectable()
export class ForeseeRuns {
  constructor(
    private readonly changes: OccurrenceChanges,
    private readonly runs: RecurrenceRuns,
    private readonly gather: GatherRunFacts,
    private readonly clock: Clock,
  ) {}

  /**
   * From now on, those of each recurrence in order of time, at most `limit` and as many as are planned.
   * @returns by the recurrence's id
   */
  async execute(
    workspaceId: WorkspaceId,
    recurrences: readonly StoredRecurrence[],
    asked: Span,
    limit: number,
  ): Promise<ReadonlyMap<string, readonly ForeseenRun[]>> {
    const now = this.clock.now();
    const span = { from: asked.from > now ? asked.from : now, until: asked.until };
    if (recurrences.length === 0 || span.from >= span.until) return new Map();
    const ids = recurrences.map(({ id }) => id);
    const changes = await this.changes.of(workspaceId, ids);
    const planned = Map.groupBy(
      await this.runs.since(workspaceId, ids, plusMs(now, -LOOK_BACK_MS)),
      (run) => run.recurrenceId,
    );
    const facts = await this.gather.execute(workspaceId, recurrences);
    return new Map(
      recurrences.map((stored) => {
        const names = new Set(planned.get(stored.id)?.map(({ localTime }) => localTime));
        const known = { stored, changes: changes.get(stored.id) ?? [], names };
        return [stored.id, foreseen(known, facts.get(stored.id), { now, span, limit: limit + names.size })];
      }),
    );
  }
}

interface Known {
  readonly stored: StoredRecurrence;
  readonly changes: readonly OccurrenceChange[];
  /** Of occurrences that have their run. */
  readonly names: ReadonlySet<WallTime>;
}

interface Sight {
  readonly now: Date;
  readonly span: Span;
  readonly limit: number;
}

/** What rests or rotates hangs on all runs before it: it is walked through from now on. */
const foreseen = (known: Known, facts: RunFacts | undefined, { now, span, limit }: Sight): readonly ForeseenRun[] => {
  const { stored, changes, names } = known;
  const { recurrence, targets } = stored;
  const isOpen = ({ localTime }: RecurrenceOccurrence) => !names.has(localTime);
  if (!facts?.item || !isHeldBack(facts.item)) {
    const accountIds = targets.map(({ accountId }) => accountId);
    const open = occurrencesOf(recurrence, changes, span, limit).filter(isOpen);
    return open.map((occurrence) => ({ occurrence, accountIds, variation: 0 }));
  }
  const { item, accounts, wordings } = facts;
  const all = occurrencesOf(recurrence, changes, { from: now, until: span.until }, MAX_OCCURRENCES).filter(isOpen);
  return judgeRuns(all, { item, accounts, zone: recurrence.zone })
    .filter(({ occurrence }) => occurrence.at >= span.from)
    .slice(0, limit)
    .map((run) => ({ ...run, variation: wordings[run.variation]?.number ?? 0 }));
};
