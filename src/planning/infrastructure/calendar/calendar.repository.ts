import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import type { WorkspaceId } from '../../../kernel/ids.js';
import { Calendar, type CalendarQuestion } from '../../domain/calendar/calendar.port.js';
import { type CalendarTarget, EXCERPT_LENGTH, excerptOf, whyThere } from '../../domain/calendar/calendar.js';

type Row = Omit<CalendarTarget, 'kind' | 'place' | 'why'> & {
  readonly title: string | null;
  readonly queueId: string | null;
  readonly slotId: string | null;
  readonly localDate: string | null;
  readonly why: string | null;
};

/** $1 workspace, $2 from, $3 until, $4 accounts (none: all), $5 and $6 the last one seen, $7 most rows, $8 most characters of words. */
const TARGETS = `
select t.id, t.scheduled_at as at, t.post_id as "postId", t.occurrence_id as "occurrenceId",
       t.account_id as "accountId", t.platform, t.role, t.status, o.source, o.variation,
       left(t.content ->> 'title', $8) as title, left(coalesce(t.content ->> 'caption', ''), $8) as caption,
       to_char(t.local_time, 'YYYY-MM-DD"T"HH24:MI:SS') as "localTime", t.zone, r.locked_at is not null as "isLocked",
       r.queue_id as "queueId", r.slot_id as "slotId", r.local_date::text as "localDate",
       case when t.role = 'origin' then r.why end as why
  from target t
  join occurrence o on o.id = t.occurrence_id
  left join slot_reservation r on r.occurrence_id = t.occurrence_id
 where t.workspace_id = $1 and t.scheduled_at >= $2 and t.scheduled_at < $3 and t.status <> 'cancelled'
   and (cardinality($4::uuid[]) = 0 or t.account_id = any ($4::uuid[]))
   and ($5::timestamptz is null or (t.scheduled_at, t.id) > ($5, $6::uuid))
 order by t.scheduled_at, t.id limit $7`;

@Injectable()
export class CalendarRepository extends Calendar {
  constructor(private readonly database: Database) {
    super();
  }

  async targets(
    workspaceId: WorkspaceId,
    { from, until, accountIds, limit, after }: CalendarQuestion,
  ): Promise<readonly CalendarTarget[]> {
    const place = [after?.at ?? null, after?.id ?? null];
    const rows = await this.database.rows<Row>(TARGETS, [
      workspaceId,
      from,
      until,
      accountIds,
      ...place,
      limit,
      EXCERPT_LENGTH,
    ]);
    return rows.map(({ queueId, slotId, localDate, why, title, ...row }) => ({
      ...row,
      caption: excerptOf({ title: title ?? undefined, caption: row.caption }),
      kind: 'target',
      ...(queueId && slotId && localDate ? { place: { queueId, slotId, localDate } } : {}),
      why: why ?? whyThere(row),
    }));
  }
}
