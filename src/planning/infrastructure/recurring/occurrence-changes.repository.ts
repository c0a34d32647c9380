import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { OccurrenceChange } from '../../domain/recurring/recurrence.js';
import { OccurrenceChanges } from '../../domain/recurring/recurrences.port.js';
import { formatWallTime, type WallTime } from '../../domain/wall-time.js';
import { type ChangeRow, localText, toChange } from './recurrence.rows.js';

@Injectable()
export class OccurrenceChangesRepository extends OccurrenceChanges {
  constructor(private readonly database: Database) {
    super();
  }

  async of(
    workspaceId: WorkspaceId,
    recurrenceIds: readonly string[],
    tx?: Tx,
  ): Promise<ReadonlyMap<string, readonly OccurrenceChange[]>> {
    const rows = await this.database.rows<ChangeRow>(
      `select recurrence_id, ${localText('local_time')} as local_time, is_skipped, ${localText('moved_to')} as moved_to,
              words, is_locked
         from recurrence_exception where workspace_id = $1 and recurrence_id = any($2::uuid[])
        order by recurrence_id, recurrence_exception.local_time`,
      [workspaceId, recurrenceIds],
      tx,
    );
    const byRecurrence = Map.groupBy(rows, ({ recurrence_id }) => recurrence_id);
    return new Map([...byRecurrence].map(([id, changes]) => [id, changes.map(toChange)]));
  }

  async put(workspaceId: WorkspaceId, recurrenceId: string, change: OccurrenceChange, tx: Tx): Promise<void> {
    const { localTime, isSkipped, movedTo, words, isLocked } = change;
    await this.database.affected(
      `insert into recurrence_exception (recurrence_id, workspace_id, local_time, is_skipped, moved_to, words, is_locked)
       values ($1, $2, $3::timestamp, $4, $5::timestamp, $6::jsonb, $7)
       on conflict (recurrence_id, local_time) do update
          set is_skipped = excluded.is_skipped, moved_to = excluded.moved_to, words = excluded.words,
              is_locked = excluded.is_locked, updated_at = now()`,
      [
        recurrenceId,
        workspaceId,
        formatWallTime(localTime),
        isSkipped,
        movedTo === undefined ? null : formatWallTime(movedTo),
        words === undefined ? null : JSON.stringify(words),
        isLocked,
      ],
      tx,
    );
  }

  async remove(workspaceId: WorkspaceId, recurrenceId: string, localTime: WallTime, tx: Tx): Promise<void> {
    await this.database.affected(
      `delete from recurrence_exception
        where workspace_id = $1 and recurrence_id = $2 and local_time = $3::timestamp`,
      [workspaceId, recurrenceId, formatWallTime(localTime)],
      tx,
    );
  }
}
