import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import { type Holder, Holders } from '../../domain/lists/holders.port.js';
import type { Suppression } from '../../domain/lists/suppressions.port.js';

const MOVING_REASONS = ['unsubscribed', 'bounced', 'complained'];

/** A complaint is the strongest word. Who left has left: a bounce that comes later makes nobody come back when it ends. */
const MOVE_BY_MAIL = `
  update subscriber set status = $3, updated_at = clock_timestamp()
   where workspace_id = $1 and email_hmac = $2 and status <> $3 and status not in ('erased', 'complained')
     and ($3 <> 'bounced' or status in ('confirmed', 'pending'))
  returning id as "subscriberId"`;

const MOVE_BY_PHONE = `
  update subscriber set phone_status = 'stopped', updated_at = clock_timestamp()
   where workspace_id = $1 and phone_hmac = $2 and phone_status in ('pending', 'confirmed')
  returning id as "subscriberId"`;

@Injectable()
export class HoldersRepository extends Holders {
  constructor(private readonly database: Database) {
    super();
  }

  async move(workspaceId: WorkspaceId, { channel, addressHmac, reason }: Suppression, tx: Tx): Promise<Holder[]> {
    if (!MOVING_REASONS.includes(reason)) return [];
    return channel === 'email'
      ? this.database.rows<Holder>(MOVE_BY_MAIL, [workspaceId, addressHmac, reason], tx)
      : this.database.rows<Holder>(MOVE_BY_PHONE, [workspaceId, addressHmac], tx);
  }

  async revive(workspaceId: WorkspaceId, addressHmac: Buffer, tx: Tx): Promise<void> {
    await this.database.affected(
      `update subscriber set status = case when confirmed_at is null then 'pending' else 'confirmed' end,
              updated_at = clock_timestamp()
        where workspace_id = $1 and email_hmac = $2 and status = 'bounced'`,
      [workspaceId, addressHmac],
      tx,
    );
  }
}
