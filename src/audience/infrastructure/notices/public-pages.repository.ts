import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Broadcast } from '../../domain/sending/broadcast.js';
import { Broadcasts } from '../../domain/sending/broadcasts.port.js';
import { platformTitle } from '../../../platforms/domain/platform-title.js';
import type { ArchivedNotice, LinksPage, LiveVideo, TroubledPlatform } from '../../domain/notices/public-page.js';
import { PublicPages } from '../../domain/notices/public-pages.port.js';
import { OPENABLE, TITLE } from './live-copies.sql.js';

const MAX_VIDEOS = 30;

/** More copies than videos, since one video is on several platforms. */
const COPIES = `
select t.occurrence_id as "occurrenceId", t.platform, t.permalink as url, t.published_at as "publishedAt",
       ${TITLE} as title
  from target t
 where t.workspace_id = $1 and ${OPENABLE}
   and t.scheduled_at > statement_timestamp() - interval '30 days'
 order by t.scheduled_at desc, t.id desc limit 200`;

const TROUBLED = `
select i.platform, i.region, coalesce(i.reopened_at, i.opened_at) as since from incident i
 where i.closed_at is null
   and exists (select 1 from account a where a.workspace_id = $1 and a.platform = i.platform
                  and a.region = i.region and a.status = 'active')
 order by i.opened_at`;

const NOTICES = `
select b.id, b.kind, b.frozen_at as "sentAt", i.platform
  from broadcast b join incident i on i.id = b.incident_id
 where b.workspace_id = $1 and b.kind in ('blackout', 'all_clear') and b.frozen_at is not null
 order by b.frozen_at desc limit 20`;

interface CopyRow {
  readonly occurrenceId: string;
  readonly platform: string;
  readonly url: string;
  readonly publishedAt: Date;
  readonly title: string;
}

@Injectable()
export class PublicPagesRepository extends PublicPages {
  constructor(
    private readonly database: Database,
    private readonly broadcasts: Broadcasts,
  ) {
    super();
  }

  async links(workspaceId: WorkspaceId): Promise<LinksPage | undefined> {
    const workspace = await this.database.row<{ name: string }>('select name from workspace where id = $1', [
      workspaceId,
    ]);
    if (!workspace) return undefined;
    const copies = await this.database.rows<CopyRow>(COPIES, [workspaceId]);
    const troubled = await this.named<Omit<TroubledPlatform, 'platformName'>>(TROUBLED, workspaceId);
    const notices = await this.named<Omit<ArchivedNotice, 'platformName'>>(NOTICES, workspaceId);
    return { workspaceName: workspace.name, troubled, videos: videosOf(copies), notices };
  }

  async notice(broadcastId: string): Promise<Broadcast | undefined> {
    const found = await this.database.row<{ workspaceId: WorkspaceId }>(
      `select workspace_id as "workspaceId" from broadcast
        where id = $1 and kind in ('blackout', 'all_clear') and frozen_at is not null`,
      [broadcastId],
    );
    return found && this.broadcasts.get(found.workspaceId, broadcastId);
  }

  private async named<Row>(sql: string, workspaceId: WorkspaceId): Promise<(Row & { platformName: string })[]> {
    const rows = await this.database.rows<Row & { platform: string }>(sql, [workspaceId]);
    return rows.map((row) => ({ ...row, platformName: platformTitle(row.platform) }));
  }
}

/** One entry per run of a post, newest first, as its first copy calls it. */
const videosOf = (copies: readonly CopyRow[]): LiveVideo[] => {
  const byRun = Map.groupBy(copies, ({ occurrenceId }) => occurrenceId);
  return [...byRun.values()].slice(0, MAX_VIDEOS).flatMap((of) => {
    const [first] = of;
    if (!first) return [];
    const places = of.map(({ platform, url }) => ({ platform, platformName: platformTitle(platform), url }));
    return [{ title: first.title, publishedAt: first.publishedAt, places }];
  });
};
