import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { AnnouncementStep } from '../../domain/rerouting/announcement.policy.js';
import {
  type AnnouncementDue,
  Announcements,
  type MovedRoot,
  type NewAnnouncement,
} from '../../domain/rerouting/announcements.port.js';

const MOVED = `
  select distinct o.id as "targetId", o.workspace_id as "workspaceId", o.post_id as "postId",
         o.account_id as "accountId", o.platform, o.content->'tags' as tags
    from target t
    join target o on o.workspace_id = t.workspace_id and o.id = t.root_id
   where t.id = any($1::uuid[]) and t.role = 'reroute' and t.status = 'published'`;

const PLAN = `
  insert into announcement (root_id, account_id, workspace_id, state, next_at)
  select n.root_id, n.account_id, n.workspace_id, 'planned', clock_timestamp()
    from unnest($1::uuid[], $2::uuid[], $3::uuid[]) as n(root_id, account_id, workspace_id)
    join account a on a.workspace_id = n.workspace_id and a.id = n.account_id
  on conflict (root_id, account_id) do nothing`;

const GIVE_UP = `
  update announcement
     set state = case state when 'intended' then 'unknown' else 'expired' end, next_at = null,
         outcome_at = clock_timestamp(),
         detail = coalesce(detail, case state when 'intended' then 'Our process ended while it was being sent.'
                                              else 'There was no link to show in time.' end)
   where (state = 'intended' and next_at <= clock_timestamp())
      or (state = 'planned' and next_at <= clock_timestamp() and created_at < clock_timestamp() - $1 * interval '1 ms')`;

const DUE = `
  select n.root_id as "rootId", n.account_id as "accountId", n.workspace_id as "workspaceId", a.platform,
         o.content->>'caption' as caption, n.created_at as "createdAt",
         (select jsonb_agg(jsonb_build_object('platform', l.platform, 'permalink', l.permalink) order by l.published_at)
            from target l where l.workspace_id = n.workspace_id and l.root_id = n.root_id
                            and l.status = 'published' and l.permalink is not null) as links
    from announcement n
    join account a on a.workspace_id = n.workspace_id and a.id = n.account_id and a.status = 'active'
    join target o on o.workspace_id = n.workspace_id and o.id = n.root_id
   where n.state = 'planned' and n.next_at <= clock_timestamp()
     and exists (select 1 from target l where l.workspace_id = n.workspace_id and l.root_id = n.root_id
                    and l.status = 'published' and l.permalink is not null)
   order by n.next_at limit $1`;

@Injectable()
export class AnnouncementsRepository extends Announcements {
  constructor(private readonly database: Database) {
    super();
  }

  movedRoots(targetIds: readonly string[], tx: Tx): Promise<readonly MovedRoot[]> {
    return this.database.rows<MovedRoot>(MOVED, [targetIds], tx);
  }

  async plan(messages: readonly NewAnnouncement[], tx: Tx): Promise<void> {
    if (messages.length === 0) return;
    const columns = [
      messages.map(({ rootId }) => rootId),
      messages.map(({ accountId }) => accountId),
      messages.map(({ workspaceId }) => workspaceId),
    ];
    await this.database.affected(PLAN, columns, tx);
  }

  async due(limit: number, forMs: number): Promise<readonly AnnouncementDue[]> {
    await this.database.affected(GIVE_UP, [forMs]);
    return this.database.rows<AnnouncementDue>(DUE, [limit]);
  }

  async intend({ rootId, accountId, workspaceId }: NewAnnouncement, text: string, lostMs: number): Promise<boolean> {
    const written = await this.database.affected(
      `update announcement set state = 'intended', body_text = $4, intent_at = clock_timestamp(), tries = tries + 1,
              next_at = clock_timestamp() + $5 * interval '1 ms'
        where root_id = $1 and account_id = $2 and workspace_id = $3 and state = 'planned'`,
      [rootId, accountId, workspaceId, text, lostMs],
    );
    return written === 1;
  }

  async settle({ rootId, accountId, workspaceId }: NewAnnouncement, step: AnnouncementStep, tx: Tx): Promise<void> {
    const { state, nextAt, messageId, permalink, detail } = step;
    await this.database.affected(
      `update announcement set state = $4, next_at = $5, message_id = $6, permalink = $7, detail = $8,
              outcome_at = clock_timestamp()
        where root_id = $1 and account_id = $2 and workspace_id = $3 and state = 'intended'`,
      [rootId, accountId, workspaceId, state, nextAt ?? null, messageId ?? null, permalink ?? null, detail ?? null],
      tx,
    );
  }
}
