import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { Broadcast } from '../../domain/broadcast.js';
import { topicOf } from '../../domain/lists/channels.js';
import { SmsAudience, type SmsReader } from '../../domain/sms/sms-audience.port.js';
import { reachable } from '../lists/reach.sql.js';

/** An all-clear by text is for those whose phone got, or may have got, the blackout notice. */
const PAGE = `
select s.id as "subscriberId", s.phone, s.phone_hmac as "phoneHmac" from subscriber s
 where s.workspace_id = $1 and (${reachable('sms', '$2::text')})
   and (cardinality($3::text[]) = 0 or s.tags && $3::text[])
   and ($4::text <> 'all_clear' or $5::uuid is null or exists (
       select 1 from sms_message m join broadcast b on b.id = m.broadcast_id
        where b.workspace_id = $1 and b.incident_id = $5 and b.kind = 'blackout'
          and m.phone_hmac = s.phone_hmac and m.state in ('accepted', 'unknown')))
   and ($6::uuid is null or s.id > $6::uuid)
 order by s.id limit $7`;

@Injectable()
export class SmsAudienceRepository extends SmsAudience {
  constructor(private readonly database: Database) {
    super();
  }

  page(broadcast: Broadcast, after: string | undefined, limit: number, tx?: Tx): Promise<SmsReader[]> {
    const { workspaceId, kind, tags, incidentId } = broadcast;
    const place = [after ?? null, limit];
    return this.database.rows(PAGE, [workspaceId, topicOf(kind), tags, kind, incidentId, ...place], tx);
  }
}
