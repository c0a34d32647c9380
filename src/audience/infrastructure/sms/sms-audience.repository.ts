import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { Broadcast } from '../../domain/sending/broadcast.js';
import { topicOf } from '../../domain/lists/channels.js';
import { EVERYONE } from '../../domain/lists/segment.js';
import { Segments } from '../../domain/lists/segments.port.js';
import { SmsAudience, type SmsReader } from '../../domain/sms/sms-audience.port.js';
import { reachable } from '../lists/reach.sql.js';
import { segmentWhere } from '../lists/segment.sql.js';

/** An all-clear by text is for those whose phone got, or may have got, the blackout notice. */
const PAGE = (segment: string): string => `
select s.id as "subscriberId", s.phone, s.phone_hmac as "phoneHmac" from subscriber s
 where s.workspace_id = $1 and (${reachable('sms', '$2::text')})
   and (cardinality($3::text[]) = 0 or s.tags && $3::text[])
   and ($4::text <> 'all_clear' or $5::uuid is null or exists (
       select 1 from sms_message m join broadcast b on b.id = m.broadcast_id
        where b.workspace_id = $1 and b.incident_id = $5 and b.kind = 'blackout'
          and m.phone_hmac = s.phone_hmac and m.state in ('accepted', 'unknown')))
   and ($6::uuid is null or s.id > $6::uuid) and ${segment}
 order by s.id limit $7`;
const FIRST_OF_SEGMENT = 8;

@Injectable()
export class SmsAudienceRepository extends SmsAudience {
  constructor(
    private readonly database: Database,
    private readonly segments: Segments,
  ) {
    super();
  }

  async page(broadcast: Broadcast, after: string | undefined, limit: number, tx?: Tx): Promise<SmsReader[]> {
    const { workspaceId, kind, tags, incidentId, segmentId } = broadcast;
    const segment = segmentId === null ? undefined : await this.segments.get(workspaceId, segmentId, tx);
    const { sql, params } = segmentWhere(segment?.filter ?? EVERYONE, FIRST_OF_SEGMENT);
    const place = [after ?? null, limit, ...params];
    return this.database.rows(PAGE(sql), [workspaceId, topicOf(kind), tags, kind, incidentId, ...place], tx);
  }
}
