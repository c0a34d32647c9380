import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { Switches } from '../../domain/pauses/switches.js';
import {
  type CarriedBy,
  type CooldownSpans,
  RouteEvidence,
  type UsedOn,
} from '../../domain/rerouting/route-evidence.port.js';
import { present } from '../targets/target.rows.js';

interface SwitchRow {
  readonly workspaceId: string | null;
  readonly platform: string | null;
  readonly reason: string | null;
  readonly postId: string | null;
}

/** A longer cooldown means "never again"; more would leave the range of dates. */
const MOST_DAYS = 3_650;

@Injectable()
export class RouteEvidenceRepository extends RouteEvidence {
  constructor(private readonly database: Database) {
    super();
  }

  carriers(occurrenceIds: readonly string[], tx?: Tx): Promise<readonly CarriedBy[]> {
    return this.database.rows<CarriedBy>(
      // All but the cancelled, in two halves: each is one index on runs.
      `select occurrence_id as "occurrenceId", account_id as "accountId" from target
        where occurrence_id = any($1::uuid[]) and status not in ('cancelled', 'missed', 'failed', 'rerouted')
       union
       select occurrence_id, account_id from target
        where occurrence_id = any($1::uuid[]) and status in ('missed', 'failed', 'rerouted')`,
      [occurrenceIds],
      tx,
    );
  }

  recentUses(
    postIds: readonly string[],
    now: Date,
    { leastMs, dayMs }: CooldownSpans,
    tx?: Tx,
  ): Promise<readonly UsedOn[]> {
    return this.database.rows<UsedOn>(
      `select distinct t.post_id as "postId", t.account_id as "accountId"
         from target t
         join lateral (
           select greatest($3::float8, case when jsonb_typeof(p.recycling->'cooldownDays') = 'number'
                    then least((p.recycling->>'cooldownDays')::float8, ${MOST_DAYS}) * $4::float8 else 0 end)
                  * interval '1 ms' as span
             from post p where p.id = t.post_id) c on true
        where t.post_id = any($1::uuid[])
          and (t.published_at >= $2::timestamptz - c.span
               or (t.status in ('scheduled', 'held', 'publishing', 'unconfirmed', 'needs_decision')
                   and t.scheduled_at <= $2::timestamptz + c.span))`,
      [postIds, now, leastMs, dayMs],
      tx,
    );
  }

  async evergreen(postIds: readonly string[], tx?: Tx): Promise<ReadonlySet<string>> {
    const rows = await this.database.rows<{ id: string }>(
      `select id from post where id = any($1::uuid[]) and kind = 'evergreen'`,
      [postIds],
      tx,
    );
    return new Set(rows.map(({ id }) => id));
  }

  async letThrough(targetIds: readonly string[], tx?: Tx): Promise<ReadonlySet<string>> {
    const rows = await this.database.rows<{ id: string }>(
      `select e.target_id as id from target_event e
        where e.target_id = any($1::uuid[]) and e.cause = 'released' and e.reasons @> '[{"code": "admitted"}]'
          and not exists (select 1 from target_event n where n.target_id = e.target_id and n.seq > e.seq)`,
      [targetIds],
      tx,
    );
    return new Set(rows.map(({ id }) => id));
  }

  async switches(
    { workspaceIds, postIds }: { readonly workspaceIds: readonly string[]; readonly postIds: readonly string[] },
    tx?: Tx,
  ): Promise<Switches> {
    const rows = await this.database.rows<SwitchRow>(
      `select workspace_id as "workspaceId", platform, reason, null::uuid as "postId" from pause
        where workspace_id is null or workspace_id = any($1::uuid[])
       union all
       select null, null, pause_reason, id from post where id = any($2::uuid[]) and paused_at is not null`,
      [workspaceIds, postIds],
      tx,
    );
    return {
      pauses: rows
        .filter(({ postId }) => postId === null)
        .map(({ workspaceId, platform, reason }) => ({ workspaceId, platform, ...present('reason', reason) })),
      pausedPosts: new Map(
        rows.flatMap(({ postId, reason }) => (postId === null ? [] : [[postId, reason ?? undefined] as const])),
      ),
    };
  }
}
