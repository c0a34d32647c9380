import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock.port.js';
import { DAY_MS, plusMs } from '../../../kernel/durations.js';
import type { PostId, WorkspaceId } from '../../../kernel/ids.js';
import type { Span } from '../../domain/queues/queue.js';
import { occurrencesOf } from '../../domain/recurring/occurrences.js';
import { formatRule } from '../../domain/recurring/recurrence-rule.js';
import {
  OccurrenceChanges,
  RecurrenceRuns,
  Recurrences,
  type StoredRecurrence,
} from '../../domain/recurring/recurrences.port.js';
import { formatWallTime } from '../../domain/wall-time.js';

/** A run that planning has not made yet. */
export interface ForecastRun {
  readonly postId: PostId;
  readonly recurrenceId: string;
  /** Its name: the local time in `zone`. */
  readonly localTime: string;
  readonly zone: string;
  readonly at: Date;
  readonly accountIds: readonly string[];
  /** A sentence for a person. */
  readonly why: string;
}

/** What recurring posts will do beyond what is planned already; for the calendar. */
@Injectable()
export class RecurrenceForecast {
  constructor(
    private readonly recurrences: Recurrences,
    private readonly changes: OccurrenceChanges,
    private readonly runs: RecurrenceRuns,
    private readonly clock: Clock,
  ) {}

  /**
   * From now on, in order of time, at most `limit`.
   * @param accountIds only what goes to one of these; none: all
   */
  async between(
    workspaceId: WorkspaceId,
    asked: Span,
    limit: number,
    accountIds: readonly string[] = [],
  ): Promise<readonly ForecastRun[]> {
    const now = this.clock.now();
    const span = { from: asked.from > now ? asked.from : now, until: asked.until };
    if (span.from >= span.until) return [];
    const running = (await this.recurrences.running(workspaceId)).filter(goesTo(accountIds));
    const ids = running.map(({ id }) => id);
    const changes = await this.changes.of(workspaceId, ids);
    const runs = await this.runs.since(workspaceId, ids, plusMs(span.from, -2 * DAY_MS));
    const made = new Set(runs.map(({ recurrenceId, localTime }) => `${recurrenceId} ${localTime}`));
    const forecast = running.flatMap(({ id, postId, recurrence, targets }) => {
      const of = { recurrenceId: id, postId, zone: recurrence.zone, accountIds: targets.map((one) => one.accountId) };
      const why = `Recurs by ${formatRule(recurrence.rule)} in ${recurrence.zone}.`;
      const room = limit + made.size;
      return occurrencesOf(recurrence, changes.get(id) ?? [], span, room)
        .filter(({ localTime }) => !made.has(`${id} ${localTime}`))
        .map(({ localTime, at }) => ({ ...of, localTime: formatWallTime(localTime), at, why }));
    });
    return forecast.sort((a, b) => a.at.getTime() - b.at.getTime()).slice(0, limit);
  }
}

const goesTo =
  (accountIds: readonly string[]) =>
  ({ targets }: StoredRecurrence): boolean =>
    accountIds.length === 0 || targets.some(({ accountId }) => accountIds.includes(accountId));
