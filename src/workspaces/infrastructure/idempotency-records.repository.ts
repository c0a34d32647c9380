import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import type { Tx } from '../../kernel/transaction.js';
import { IdempotencyRecords, type RecordName, type RememberedCall } from '../domain/idempotency-records.port.js';

@Injectable()
export class IdempotencyRecordsRepository extends IdempotencyRecords {
  constructor(private readonly database: Database) {
    super();
  }

  async tryLock({ workspaceId, route, key }: RecordName, tx: Tx): Promise<boolean> {
    const row = await this.database.row<{ taken: boolean }>(
      `select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as taken`,
      [`idempotency|${workspaceId}|${route}|${key}`],
      tx,
    );
    return row?.taken === true;
  }

  find({ workspaceId, route, key }: RecordName, tx?: Tx): Promise<RememberedCall | undefined> {
    return this.database.row<RememberedCall>(
      `select body_hash as "bodyHash", response from idempotency_record
        where workspace_id = $1 and route = $2 and key = $3 and state = 'done' and expires_at > now()`,
      [workspaceId, route, key],
      tx,
    );
  }

  async remember(
    { workspaceId, route, key }: RecordName,
    { bodyHash, status, response, forMs }: RememberedCall & { status: number; forMs: number },
    tx: Tx,
  ): Promise<void> {
    // The row can only be there when it is expired and not purged yet.
    await this.database.affected(
      `insert into idempotency_record (workspace_id, route, key, body_hash, state, status, response, expires_at)
       values ($1, $2, $3, $4, 'done', $5, $6, now() + $7 * interval '1 millisecond')
       on conflict (workspace_id, route, key) do update
         set body_hash = excluded.body_hash, status = excluded.status, response = excluded.response,
             expires_at = excluded.expires_at`,
      [workspaceId, route, key, bodyHash, status, JSON.stringify(response ?? null), forMs],
      tx,
    );
  }

  purge(): Promise<number> {
    return this.database.affected(`delete from idempotency_record where expires_at <= now()`);
  }
}
