import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import { type RecurrenceRun, RecurrenceRuns, type WaitingRun } from '../../domain/recurring/recurrences.port.js';
import { formatWallTime } from '../../domain/wall-time.js';
import { localText, wallOf } from './recurrence.rows.js';

interface RunRow {
  readonly recurrence_id: string;
  readonly local_time: string;
  readonly at: Date;
  readonly fingerprint: string;
  readonly occurrence_id: string;
  readonly variation: number;
}

const toRun = (row: RunRow): RecurrenceRun => ({
  recurrenceId: row.recurrence_id,
  localTime: wallOf(row.local_time),
  at: row.at,
  fingerprint: row.fingerprint,
  occurrenceId: row.occurrence_id,
  variation: row.variation,
});

/** The primary key, recurrence and local time, is what makes planning twice harmless. */
const RESERVE = `
  insert into recurrence_run (recurrence_id, workspace_id, local_time, at, fingerprint, occurrence_id)
  select n.recurrence_id, $1, n.local_time, n.at, n.fingerprint, n.occurrence_id
    from jsonb_to_recordset($2::jsonb) as n(recurrence_id uuid, local_time timestamp, at timestamptz, fingerprint text,
         occurrence_id uuid)
   order by n.recurrence_id, n.local_time
  on conflict (recurrence_id, local_time) do nothing
  returning occurrence_id as id`;

@Injectable()
export class RecurrenceRunsRepository extends RecurrenceRuns {
  constructor(private readonly database: Database) {
    super();
  }

  async since(
    workspaceId: WorkspaceId,
    recurrenceIds: readonly string[],
    from: Date,
    tx?: Tx,
  ): Promise<readonly RecurrenceRun[]> {
    const rows = await this.database.rows<RunRow>(
      `select r.recurrence_id, ${localText('r.local_time')} as local_time, r.at, r.fingerprint, r.occurrence_id,
              o.variation::int as variation
         from recurrence_run r join occurrence o on o.id = r.occurrence_id
        where r.workspace_id = $1 and r.recurrence_id = any($2::uuid[])
          and (r.at >= $3::timestamptz or r.local_time >= $3::timestamptz at time zone 'UTC')
        order by r.recurrence_id, r.at`,
      [workspaceId, recurrenceIds, from],
      tx,
    );
    return rows.map(toRun);
  }

  async reserve(workspaceId: WorkspaceId, runs: readonly RecurrenceRun[], tx: Tx): Promise<ReadonlySet<string>> {
    if (runs.length === 0) return new Set();
    const rows = runs.map(({ recurrenceId, localTime, at, fingerprint, occurrenceId }) => ({
      recurrence_id: recurrenceId,
      local_time: formatWallTime(localTime),
      at,
      fingerprint,
      occurrence_id: occurrenceId,
    }));
    const taken = await this.database.rows<{ id: string }>(RESERVE, [workspaceId, JSON.stringify(rows)], tx);
    return new Set(taken.map(({ id }) => id));
  }

  async waiting(
    workspaceId: WorkspaceId,
    occurrenceIds: readonly string[],
    tx: Tx,
  ): Promise<ReadonlyMap<string, WaitingRun>> {
    if (occurrenceIds.length === 0) return new Map();
    const rows = await this.database.rows<WaitingRun & { id: string }>(
      `select o.id, o.variation::int as variation, array_agg(t.account_id) as "accountIds"
         from occurrence o join target t on t.post_id = o.post_id and t.occurrence_id = o.id
        where o.workspace_id = $1 and o.id = any($2::uuid[])
        group by o.id having bool_and(t.status in ('draft', 'scheduled', 'held'))`,
      [workspaceId, occurrenceIds],
      tx,
    );
    return new Map(rows.map(({ id, ...run }) => [id, run]));
  }

  async release(workspaceId: WorkspaceId, occurrenceIds: readonly string[], tx: Tx): Promise<void> {
    if (occurrenceIds.length === 0) return;
    await this.database.affected(
      `delete from recurrence_run where workspace_id = $1 and occurrence_id = any($2::uuid[])`,
      [workspaceId, occurrenceIds],
      tx,
    );
  }
}
