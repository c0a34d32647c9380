import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { PlatformName } from '../../../platforms/domain/platform-name.js';
import type { RemovalStep } from '../../domain/rerouting/removal.policy.js';
import { type LateCopy, type RemovalDue, Removals } from '../../domain/rerouting/removals.port.js';

const UNDECIDED = `
  select t.id as "targetId", t.workspace_id as "workspaceId", t.platform, t.platform_post_id as "platformPostId",
         jsonb_build_object('id', o.id, 'postId', o.post_id, 'accountId', o.account_id, 'platform', o.platform,
           'tags', o.content->'tags') as root
    from target t
    join target r on r.workspace_id = t.workspace_id and r.id = t.replacement_id and r.status = 'published'
    join target o on o.workspace_id = t.workspace_id and o.id = t.root_id
   where t.late and t.status = 'published' and t.published_at > statement_timestamp() - interval '30 days'
     and (t.platform_post_id is not null or t.platform = any($1::text[]))
     and not exists (select 1 from removal m where m.workspace_id = t.workspace_id and m.target_id = t.id)
   order by t.published_at limit $2`;

const PLAN = `
  insert into removal (target_id, workspace_id, state, platform_post_id, next_at, detail)
  select target_id, workspace_id, state, platform_post_id, next_at, detail
    from jsonb_to_recordset($1::jsonb) as n(target_id uuid, workspace_id uuid, state text, platform_post_id text,
         next_at timestamptz, detail text)
  on conflict (target_id) do nothing`;

const CLAIM = `
  with due as (
    select m.target_id, m.workspace_id from removal m
     where m.state in ('planned', 'intended') and m.next_at <= clock_timestamp()
     order by m.next_at limit $1 for update skip locked
  ), judged as (
    select d.target_id, d.workspace_id, t.account_id, t.platform,
           exists (select 1 from target r where r.workspace_id = t.workspace_id and r.id = t.replacement_id
                      and r.status = 'published') and t.status = 'published' as is_doubled
      from due d join target t on t.workspace_id = d.workspace_id and t.id = d.target_id
  ), claimed as (
    update removal m
       set state = case when j.is_doubled then 'intended' else 'kept' end,
           tries = m.tries + case when j.is_doubled then 1 else 0 end,
           intent_at = case when j.is_doubled then clock_timestamp() else m.intent_at end,
           next_at = case when j.is_doubled then clock_timestamp() + $2 * interval '1 ms' end,
           detail = case when j.is_doubled then m.detail else 'Nothing else of this run is live any more.' end
      from judged j where m.target_id = j.target_id and m.workspace_id = j.workspace_id
    returning m.target_id, j.account_id, j.platform, m.platform_post_id, m.tries, m.state
  )
  select target_id as "targetId", account_id as "accountId", platform, platform_post_id as "platformPostId", tries
    from claimed where state = 'intended'`;

@Injectable()
export class RemovalsRepository extends Removals {
  constructor(private readonly database: Database) {
    super();
  }

  async undecided(cannotRemove: readonly PlatformName[], limit: number): Promise<readonly LateCopy[]> {
    const rows = await this.database.rows<Omit<LateCopy, 'platformPostId'> & { platformPostId: string | null }>(
      UNDECIDED,
      [cannotRemove, limit],
    );
    return rows.map((row) => ({ ...row, platformPostId: row.platformPostId ?? undefined }));
  }

  async plan(copies: readonly (LateCopy & { readonly step: RemovalStep })[]): Promise<void> {
    if (copies.length === 0) return;
    const rows = copies.map(({ targetId, workspaceId, platformPostId, step }) => ({
      target_id: targetId,
      workspace_id: workspaceId,
      platform_post_id: platformPostId,
      state: step.state,
      next_at: step.nextAt,
      detail: step.detail,
    }));
    await this.database.affected(PLAN, [JSON.stringify(rows)]);
  }

  claim(limit: number, leaseMs: number): Promise<readonly RemovalDue[]> {
    return this.database.rows<RemovalDue>(CLAIM, [limit, leaseMs]);
  }

  async settle(targetId: string, { state, nextAt, detail }: RemovalStep, tx: Tx): Promise<void> {
    await this.database.affected(
      `update removal set state = $2, next_at = $3, detail = $4, outcome_at = clock_timestamp()
        where target_id = $1 and state = 'intended'`,
      [targetId, state, nextAt ?? null, detail ?? null],
      tx,
    );
  }
}
