import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import { IncidentReader } from '../../domain/notices/incident-reader.port.js';
import { platformTitle } from '../../../platforms/domain/platform-title.js';
import type { IncidentFacts, NoticeLink } from '../../domain/sending/template.port.js';
import { OPENABLE, TITLE } from './live-copies.sql.js';

const LINKS = `
select t.platform, t.permalink as url, ${TITLE} as title
  from incident i
  join target t on t.workspace_id = $1 and t.role = 'reroute' and ${OPENABLE}
   -- The window lets the calendar index find them among a year's targets.
   and t.scheduled_at > i.opened_at - interval '7 days' and t.published_at >= i.opened_at
   and (i.closed_at is null or t.published_at <= i.closed_at)
  join target root on root.workspace_id = t.workspace_id and root.id = t.root_id and root.platform = i.platform
 where i.id = $2
 order by t.published_at desc limit 10`;

@Injectable()
export class IncidentReaderRepository extends IncidentReader {
  constructor(private readonly database: Database) {
    super();
  }

  async facts(incidentId: string, tx?: Tx): Promise<IncidentFacts | undefined> {
    const row = await this.database.row<{
      platform: string;
      region: string;
      reason: string;
      openedAt: Date;
      isOpen: boolean;
    }>(
      `select platform, region, reason, opened_at as "openedAt", closed_at is null as "isOpen"
         from incident where id = $1`,
      [incidentId],
      tx,
    );
    return row && { ...row, openedAt: row.openedAt.toISOString(), platformName: platformTitle(row.platform) };
  }

  async links(workspaceId: WorkspaceId, incidentId: string, tx?: Tx): Promise<NoticeLink[]> {
    const rows = await this.database.rows<Omit<NoticeLink, 'platformName'>>(LINKS, [workspaceId, incidentId], tx);
    return rows.map((row) => ({ ...row, platformName: platformTitle(row.platform) }));
  }
}
