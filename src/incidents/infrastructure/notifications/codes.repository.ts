import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import { newId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import { Codes, type SentCode } from '../../domain/notifications/channels.port.js';

@Injectable()
export class CodesRepository extends Codes {
  constructor(private readonly database: Database) {
    super();
  }

  async countUnderLock(
    workspaceId: string,
    address: Buffer,
    withinMs: number,
    tx: Tx,
  ): Promise<{ toAddress: number; byWorkspace: number }> {
    await this.database.rows(`select pg_advisory_xact_lock(hashtextextended('notification_codes', 0))`, [], tx);
    const row = await this.database.row<{ toAddress: number; byWorkspace: number }>(
      `select (select count(*)::int from notification_code
                where address_hmac = $2 and sent_at > now() - $3 * interval '1 ms') as "toAddress",
              (select count(*)::int from notification_code
                where workspace_id = $1 and sent_at > now() - $3 * interval '1 ms') as "byWorkspace"`,
      [workspaceId, address, withinMs],
      tx,
    );
    return row ?? { toAddress: 0, byWorkspace: 0 };
  }

  async add({ workspaceId, channelId, address, hash, lifeMs }: Parameters<Codes['add']>[0], tx: Tx): Promise<void> {
    await this.end(workspaceId, channelId, tx);
    await this.database.affected(
      `insert into notification_code (id, workspace_id, channel_id, address_hmac, code_hash, expires_at)
       values ($1, $2, $3, $4, $5, now() + $6 * interval '1 ms')`,
      [newId(), workspaceId, channelId, address, hash, lifeMs],
      tx,
    );
  }

  takeTry(workspaceId: string, channelId: string, maxTries: number): Promise<SentCode | undefined> {
    return this.database.row<SentCode>(
      `update notification_code set tries = tries + 1
        where workspace_id = $1 and channel_id = $2 and not ended and tries < $3 and expires_at > now()
       returning id, code_hash as hash, tries`,
      [workspaceId, channelId, maxTries],
    );
  }

  async end(workspaceId: string, channelId: string, tx: Tx): Promise<boolean> {
    const sql = `update notification_code set ended = true where workspace_id = $1 and channel_id = $2 and not ended`;
    return (await this.database.affected(sql, [workspaceId, channelId], tx)) > 0;
  }
}
