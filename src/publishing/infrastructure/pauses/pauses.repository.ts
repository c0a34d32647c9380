import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import { newId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { PlatformName } from '../../../platforms/domain/platform-name.js';
import type { PauseScope } from '../../../routing/domain/pause-fact.js';
import { type PauseKey, type PausePage, Pauses, type StandingPause } from '../../domain/pauses/pauses.port.js';
import { present } from '../targets/target.rows.js';

/** $1 workspace, $2 scope, $3 and $4 the last one of the page before, $5 how many. */
const STANDING = `
  select s.*, at::text as place from (
    select id, case when platform is null then 'workspace' else 'platform' end as scope, workspace_id is null as instance_wide,
           platform, null::uuid as account_id, null::uuid as post_id, reason, actor, created_at as at
      from pause where workspace_id is null or workspace_id = $1
    union all
    select id, 'account', false, platform, id, null, status_reason, status_by, coalesce(status_at, updated_at)
      from account where workspace_id = $1 and status = 'paused'
    union all
    select id, 'post', false, null, null, id, pause_reason, paused_by, paused_at
      from post where workspace_id = $1 and paused_at is not null and deleted_at is null
  ) s
   where ($2::text is null or scope = $2) and ($3::timestamptz is null or (at, id) < ($3, $4::uuid))
   order by at desc, id desc limit $5`;

interface StandingRow {
  readonly id: string;
  readonly place: string;
  readonly scope: PauseScope;
  readonly instance_wide: boolean;
  readonly platform: PlatformName | null;
  readonly account_id: string | null;
  readonly post_id: string | null;
  readonly reason: string | null;
  readonly actor: string | null;
  readonly at: Date;
}

@Injectable()
export class PausesRepository extends Pauses {
  constructor(private readonly database: Database) {
    super();
  }

  async switchOn(
    { workspaceId, platform }: PauseKey,
    by: { actor: string; reason?: string },
    tx: Tx,
  ): Promise<boolean> {
    const written = await this.database.affected(
      `insert into pause (id, workspace_id, platform, reason, actor) values ($1, $2, $3, $4, $5)
       on conflict (workspace_id, platform) do nothing`,
      [newId(), workspaceId, platform, by.reason ?? null, by.actor],
      tx,
    );
    return written === 1;
  }

  async switchOff({ workspaceId, platform }: PauseKey, tx: Tx): Promise<boolean> {
    const gone = await this.database.affected(
      `delete from pause where workspace_id is not distinct from $1::uuid and platform is not distinct from $2::text`,
      [workspaceId, platform],
      tx,
    );
    return gone > 0;
  }

  async standing(workspaceId: string, { scope, limit, after }: PausePage): Promise<readonly StandingPause[]> {
    const place = [after?.at ?? null, after?.id ?? null];
    const rows = await this.database.rows<StandingRow>(STANDING, [workspaceId, scope ?? null, ...place, limit]);
    return rows.map((row) => ({
      id: row.id,
      at: row.place,
      scope: row.scope,
      instanceWide: row.instance_wide,
      pausedAt: row.at,
      ...present('platform', row.platform),
      ...present('accountId', row.account_id),
      ...present('postId', row.post_id),
      ...present('reason', row.reason),
      ...present('actor', row.actor),
    }));
  }
}
