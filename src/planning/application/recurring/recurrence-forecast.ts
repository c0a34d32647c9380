import { Injectable } from '@nestjs/common';
import { DAY_MS, plusMs } from '../../../kernel/durations.js';
import type { PostId, WorkspaceId } from '../../../kernel/ids.js';
import type { Span } from '../../domain/queues/queue.js';
import { occurrencesOf } from '../../domain/recurring/occurrences.js';
import { formatRule } from '../../domain/recurring/recurrence-rule.js';
import { OccurrenceChanges, RecurrenceRuns, Recurrences } from '../../domain/recurring/recurrences.port.js';
import { formatWallTime } from '../../domain/wall-time.js';

/** A run that planning has not made yet. */
export interface ForecastRun {
  readonly postId: PostId;
  /** Its name: the local time in the zone of its recurrence. */
  readonly localTime: string;
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
  ) {}

  /** In order of time, at most `limit`. */
  async between(workspaceId: WorkspaceId, span: Span, limit: number): Promise<readonly ForecastRun[]> {
    const running = await this.recurrences.running(workspaceId);
    const ids = running.map(({ id }) => id);
    const changes = await this.changes.of(workspaceId, ids);
    const runs = await this.runs.since(workspaceId, ids, plusMs(span.from, -2 * DAY_MS));
    const made = new Set(runs.map(({ recurrenceId, localTime }) => `${recurrenceId} ${localTime}`));
    const forecast = running.flatMap(({ id, postId, recurrence, targets }) => {
      const accountIds = targets.map(({ accountId }) => accountId);
      const why = `Recurs by ${formatRule(recurrence.rule)} in ${recurrence.zone}.`;
      const room = limit + made.size;
      return occurrencesOf(recurrence, changes.get(id) ?? [], span, room)
        .filter(({ localTime }) => !made.has(`${id} ${localTime}`))
        .map(({ localTime, at }) => ({ postId, localTime: formatWallTime(localTime), at, accountIds, why }));
    });
    return forecast.sort((a, b) => a.at.getTime() - b.at.getTime()).slice(0, limit);
  }
}
