import { Injectable } from '@nestjs/common';
import type { PostId, WorkspaceId } from '../../../kernel/ids.js';
import type { Span } from '../../domain/queues/queue.js';
import { Recurrences, type StoredRecurrence } from '../../domain/recurring/recurrences.port.js';
import { whyItRuns } from '../../domain/recurring/why-it-runs.js';
import { formatWallTime } from '../../domain/wall-time.js';
import { ForeseeRuns } from './foresee-runs.js';

/** A run that planning has not made yet. */
export interface ForecastRun {
  readonly postId: PostId;
  readonly recurrenceId: string;
  /** Its name: the local time in `zone`. */
  readonly localTime: string;
  readonly zone: string;
  readonly at: Date;
  readonly accountIds: readonly string[];
  /** As `occurrence.variation`. */
  readonly variation: number;
  /** A sentence for a person. */
  readonly why: string;
}

/** What recurring posts will do beyond what is planned already; for the calendar. */
@Injectable()
export class RecurrenceForecast {
  constructor(
    private readonly recurrences: Recurrences,
    private readonly foresee: ForeseeRuns,
  ) {}

  /**
   * From now on, in order of time, at most `limit`.
   * @param accountIds only what goes to one of these; none: all
   */
  async between(
    workspaceId: WorkspaceId,
    span: Span,
    limit: number,
    accountIds: readonly string[] = [],
  ): Promise<readonly ForecastRun[]> {
    const goesThere = (ids: readonly string[]) => accountIds.length === 0 || ids.some((id) => accountIds.includes(id));
    const running = (await this.recurrences.running(workspaceId)).filter(({ targets }) =>
      goesThere(targets.map(({ accountId }) => accountId)),
    );
    const foreseen = await this.foresee.execute(workspaceId, running, span, limit);
    const forecast = running.flatMap((stored) =>
      (foreseen.get(stored.id) ?? [])
        .filter((run) => goesThere(run.accountIds) && run.accountIds.length > 0)
        .map((run) => {
          const { occurrence, why, ...place } = run;
          const { localTime, at } = occurrence;
          return {
            ...placeOf(stored),
            ...place,
            localTime: formatWallTime(localTime),
            at,
            why: whyItRuns(stored.recurrence, why),
          };
        }),
    );
    return forecast.sort((a, b) => a.at.getTime() - b.at.getTime()).slice(0, limit);
  }
}

const placeOf = ({ id: recurrenceId, postId, recurrence: { zone } }: StoredRecurrence) => ({
  recurrenceId,
  postId,
  zone,
});
