import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { Channel } from '../../domain/lists/channels.js';
import {
  type ListedSuppression,
  REASONS_BY_STRENGTH,
  type StoredSuppression,
  type Suppression,
  type SuppressionFilter,
  Suppressions,
} from '../../domain/lists/suppressions.port.js';
import type { SuppressionReason } from '../../domain/lists/subscriber.js';

const BY_STRENGTH = `'{${REASONS_BY_STRENGTH.join(',')}}'::text[]`;

/** In order of the key, so that two calls with the same addresses cannot deadlock; of twins in one call the stronger. */
const ADD = `
  insert into suppression as x (workspace_id, channel, address_hmac, reason, note)
  select distinct on (r.channel, r.hmac) $1, r.channel, decode(r.hmac, 'hex'), r.reason, r.note
    from jsonb_to_recordset($2::jsonb) as r (channel text, hmac text, reason text, note text)
   order by r.channel, r.hmac, array_position(${BY_STRENGTH}, r.reason) desc
  on conflict (workspace_id, channel, address_hmac) do update
     set reason = excluded.reason, note = excluded.note, at = clock_timestamp()
   where array_position(${BY_STRENGTH}, x.reason) < array_position(${BY_STRENGTH}, excluded.reason)`;

const COLUMNS = `x.channel, x.address_hmac as "addressHmac", x.reason, x.note, x.at,
  case x.channel when 'email' then s.email else p.phone end as address`;

/** Whose address it is, while someone has it. */
const HOLDERS = `
  left join subscriber s on x.channel = 'email' and s.workspace_id = x.workspace_id and s.email_hmac = x.address_hmac
  left join lateral (select phone from subscriber p where x.channel = 'sms' and p.workspace_id = x.workspace_id
                        and p.phone_hmac = x.address_hmac limit 1) p on true`;

@Injectable()
export class SuppressionsRepository extends Suppressions {
  constructor(private readonly database: Database) {
    super();
  }

  async add(workspaceId: WorkspaceId, rows: readonly Suppression[], tx: Tx): Promise<number> {
    if (rows.length === 0) return 0;
    const json = rows.map(({ addressHmac, ...row }) => ({ ...row, hmac: addressHmac.toString('hex') }));
    return this.database.affected(ADD, [workspaceId, JSON.stringify(json)], tx);
  }

  async has(workspaceId: WorkspaceId, channel: Channel, addressHmac: Buffer, tx?: Tx): Promise<boolean> {
    return (await this.find(workspaceId, { channel, addressHmac }, tx)) !== undefined;
  }

  find(
    workspaceId: WorkspaceId,
    { channel, addressHmac }: Pick<Suppression, 'channel' | 'addressHmac'>,
    tx?: Tx,
  ): Promise<StoredSuppression | undefined> {
    return this.database.row<StoredSuppression>(
      `select ${COLUMNS} from suppression x ${HOLDERS}
        where x.workspace_id = $1 and x.channel = $2 and x.address_hmac = $3`,
      [workspaceId, channel, addressHmac],
      tx,
    );
  }

  async remove(
    workspaceId: WorkspaceId,
    which: Pick<Suppression, 'channel' | 'addressHmac'> & { readonly reason?: SuppressionReason },
    tx: Tx,
  ): Promise<boolean> {
    const removed = await this.database.affected(
      `delete from suppression where workspace_id = $1 and channel = $2 and address_hmac = $3
          and ($4::text is null or reason = $4)`,
      [workspaceId, which.channel, which.addressHmac, which.reason ?? null],
      tx,
    );
    return removed > 0;
  }

  /** A place in the order is named by an instant and the first 16 bytes of the hash, shaped as a uuid. */
  list(workspaceId: WorkspaceId, { channel, reason, limit, after }: SuppressionFilter): Promise<ListedSuppression[]> {
    return this.database.rows<ListedSuppression>(
      `select ${COLUMNS}, x.at::text as "cursorAt",
              encode(substring(x.address_hmac from 1 for 16), 'hex')::uuid::text as id
         from suppression x ${HOLDERS}
        where x.workspace_id = $1 and ($2::text is null or x.channel = $2) and ($3::text is null or x.reason = $3)
          and ($4::timestamptz is null
               or (x.at, x.address_hmac) < ($4, decode(replace($5::text, '-', ''), 'hex')))
        order by x.at desc, x.address_hmac desc limit $6`,
      [workspaceId, channel ?? null, reason ?? null, after?.at ?? null, after?.id ?? null, limit],
    );
  }
}
