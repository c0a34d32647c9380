import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock.port.js';
import { MINUTE_MS, plusMs } from '../../../kernel/durations.js';
import type { Tx } from '../../../kernel/transaction.js';
import { isHeldBack, judgeRuns } from '../../domain/recurring/judge-runs.js';
import { occurrencesOf } from '../../domain/recurring/occurrences.js';
import { isKept, type OccurrenceChange } from '../../domain/recurring/recurrence.js';
import {
  type RecurrenceRun,
  RecurrenceRuns,
  type StoredRecurrence,
  type WaitingRun,
} from '../../domain/recurring/recurrences.port.js';
import type { WallTime } from '../../domain/wall-time.js';
import { GatherRunFacts, type RunFacts } from './gather-run-facts.js';

/** A run that begins sooner is left alone: its worker may hold it already. */
const LEAD_MS = 2 * MINUTE_MS;

/** A recurrence as it is now, with the runs that are planned. */
export interface PlannedRecurrence {
  readonly stored: StoredRecurrence;
  readonly changes: readonly OccurrenceChange[];
  readonly planned: readonly RecurrenceRun[];
  /** The one occurrence that a person changes at this moment. */
  readonly subject?: WallTime | undefined;
}

/**
 * Finds planned runs that would not be planned so any more: another run of the post was lost, skipped or restored, so
 * that a rest ends earlier or later, or another wording has its turn.
 */
@Injectable()
export class FindDisplacedRuns {
  constructor(
    private readonly runs: RecurrenceRuns,
    private readonly gather: GatherRunFacts,
    private readonly clock: Clock,
  ) {}

  async execute({ stored, changes, planned, subject }: PlannedRecurrence, tx: Tx): Promise<readonly RecurrenceRun[]> {
    const now = this.clock.now();
    const kept = new Set(changes.filter((one) => isKept(one) && one.localTime !== subject).map(nameOf));
    const open = planned.filter((run) => run.at > plusMs(now, LEAD_MS) && !kept.has(run.localTime));
    if (open.length === 0) return [];
    const ids = open.map(({ occurrenceId }) => occurrenceId);
    const waiting = await this.runs.waiting(stored.workspaceId, ids, tx);
    const facts = (await this.gather.execute(stored.workspaceId, [stored], [...waiting.keys()], tx)).get(stored.id);
    if (!facts?.item || !isHeldBack(facts.item)) return [];
    const judged = this.judged({ stored, changes, planned }, waiting, facts, now);
    return open.filter((run) => {
      const was = waiting.get(run.occurrenceId);
      return was !== undefined && !isSame(was, judged.get(run.localTime));
    });
  }

  /** The runs as they would be planned from now to the last that is, by name. */
  private judged(
    { stored: { recurrence }, changes, planned }: PlannedRecurrence,
    waiting: ReadonlyMap<string, WaitingRun>,
    { item, accounts, wordings }: RunFacts,
    now: Date,
  ): ReadonlyMap<WallTime, WaitingRun> {
    if (!item) return new Map();
    const last = planned.reduce((latest, { at }) => (at > latest ? at : latest), now);
    const fixed = new Set(planned.filter(({ occurrenceId }) => !waiting.has(occurrenceId)).map(nameOf));
    const all = occurrencesOf(recurrence, changes, { from: now, until: plusMs(last, 1) });
    const open = all.filter(({ localTime }) => !fixed.has(localTime));
    const runs = judgeRuns(open, { item, accounts, zone: recurrence.zone });
    return new Map(
      runs.map(({ occurrence, accountIds, variation }) => [
        occurrence.localTime,
        { accountIds, variation: wordings[variation]?.number ?? 0 },
      ]),
    );
  }
}

const nameOf = ({ localTime }: { readonly localTime: WallTime }): WallTime => localTime;

const isSame = (was: WaitingRun, is: WaitingRun | undefined): boolean =>
  is !== undefined &&
  was.variation === is.variation &&
  was.accountIds.length === is.accountIds.length &&
  was.accountIds.every((id) => is.accountIds.includes(id));
