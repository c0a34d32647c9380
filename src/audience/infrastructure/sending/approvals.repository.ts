import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { Broadcast } from '../../domain/sending/broadcast.js';
import { Approvals } from '../../domain/sending/approvals.port.js';

@Injectable()
export class ApprovalsRepository extends Approvals {
  constructor(private readonly database: Database) {
    super();
  }

  async add({ workspaceId, id }: Broadcast, { actor, hash }: { actor: string; hash: Buffer }, tx: Tx): Promise<void> {
    await this.database.affected(
      `insert into broadcast_approval (broadcast_id, workspace_id, actor, content_hash) values ($1, $2, $3, $4)
       on conflict (broadcast_id, actor) do update set content_hash = excluded.content_hash, at = clock_timestamp()`,
      [id, workspaceId, actor, hash],
      tx,
    );
  }

  async clear({ workspaceId, id }: Broadcast, tx: Tx): Promise<void> {
    const sql = 'delete from broadcast_approval where workspace_id = $1 and broadcast_id = $2';
    await this.database.affected(sql, [workspaceId, id], tx);
  }

  async of({ workspaceId, id }: Broadcast, hash: Buffer, tx: Tx): Promise<string[]> {
    const rows = await this.database.rows<{ actor: string }>(
      'select actor from broadcast_approval where workspace_id = $1 and broadcast_id = $2 and content_hash = $3',
      [workspaceId, id, hash],
      tx,
    );
    return rows.map(({ actor }) => actor);
  }
}
