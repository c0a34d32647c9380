import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { PlatformName } from '../../../platforms/domain/platform-name.js';
import {
  type FirstCommentDue,
  FirstComments,
  type FirstCommentState,
} from '../../domain/comments/first-comments.port.js';
import type { AnnouncementStep } from '../../domain/rerouting/announcement.policy.js';

const PLAN = `
  insert into first_comment (target_id, workspace_id, state, body_text, next_at)
  select t.id, t.workspace_id, 'planned', t.content -> 'options' ->> 'firstComment', clock_timestamp()
    from target t
   where t.id = any($1::uuid[]) and t.status = 'published' and t.platform = any($2::text[])
     and t.platform_post_id is not null and btrim(t.content -> 'options' ->> 'firstComment') <> ''
  on conflict (target_id) do nothing`;

const GIVE_UP = `
  update first_comment
     set state = case state when 'intended' then 'unknown' else 'expired' end, next_at = null,
         outcome_at = clock_timestamp(),
         detail = coalesce(detail, case state when 'intended' then 'Our process ended while it was being sent.'
                                              else 'There was no way to the account in time.' end)
   where (state = 'intended' and next_at <= clock_timestamp())
      or (state = 'planned' and next_at <= clock_timestamp() and created_at < clock_timestamp() - $1 * interval '1 ms')`;

const DUE = `
  select c.target_id as "targetId", c.workspace_id as "workspaceId", t.account_id as "accountId", t.platform,
         t.platform_post_id as "platformPostId", t.published_at as "publishedAt", c.body_text as text,
         c.created_at as "createdAt"
    from first_comment c
    join target t on t.workspace_id = c.workspace_id and t.id = c.target_id
    join account a on a.workspace_id = t.workspace_id and a.id = t.account_id and a.status = 'active'
   where c.state = 'planned' and c.next_at <= clock_timestamp()
   order by c.next_at limit $1`;

@Injectable()
export class FirstCommentsRepository extends FirstComments {
  constructor(private readonly database: Database) {
    super();
  }

  async plan(targetIds: readonly string[], platforms: readonly PlatformName[], tx: Tx): Promise<void> {
    if (targetIds.length > 0) await this.database.affected(PLAN, [targetIds, platforms], tx);
  }

  async due(limit: number, forMs: number): Promise<readonly FirstCommentDue[]> {
    await this.database.affected(GIVE_UP, [forMs]);
    return this.database.rows<FirstCommentDue>(DUE, [limit]);
  }

  async intend({ targetId, workspaceId }: FirstCommentDue, lostMs: number): Promise<boolean> {
    const written = await this.database.affected(
      `update first_comment set state = 'intended', intent_at = clock_timestamp(), tries = tries + 1,
              next_at = clock_timestamp() + $3 * interval '1 ms'
        where workspace_id = $1 and target_id = $2 and state = 'planned'`,
      [workspaceId, targetId, lostMs],
    );
    return written === 1;
  }

  async settle({ targetId, workspaceId }: FirstCommentDue, step: AnnouncementStep): Promise<void> {
    const { state, nextAt, messageId, detail } = step;
    await this.database.affected(
      `update first_comment set state = $3, next_at = $4, message_id = $5, detail = $6, outcome_at = clock_timestamp()
        where workspace_id = $1 and target_id = $2 and state = 'intended'`,
      [workspaceId, targetId, state, nextAt ?? null, messageId ?? null, detail ?? null],
    );
  }

  async of(workspaceId: string, targetId: string): Promise<FirstCommentState | null | undefined> {
    const found = await this.database.row<FirstCommentState>(
      `select state, body_text as text, tries, message_id as "messageId", detail, outcome_at as "outcomeAt"
         from first_comment where workspace_id = $1 and target_id = $2`,
      [workspaceId, targetId],
    );
    if (found) return found;
    const known = `select 1 from target where workspace_id = $1 and id = $2`;
    return (await this.database.row(known, [workspaceId, targetId])) ? null : undefined;
  }
}
