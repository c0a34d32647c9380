import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import type { TargetId } from '../../kernel/ids.js';
import type { Tx } from '../../kernel/transaction.js';
import { DEFAULT_ROUTE, type Route } from '../domain/route.js';
import { type RouteQuestion, RouteReader } from '../domain/routes.port.js';
import { ROUTE_COLUMNS, type RouteRow, toRoute } from './route.rows.js';

@Injectable()
export class RouteReaderRepository extends RouteReader {
  constructor(private readonly database: Database) {
    super();
  }

  async forTargets(targets: readonly RouteQuestion[], tx?: Tx): Promise<Map<TargetId, Route>> {
    const routes = new Map<TargetId, Route>(targets.map(({ targetId }) => [targetId, DEFAULT_ROUTE]));
    if (targets.length === 0) return routes;
    const rows = await this.database.rows<RouteRow & { targetId: string; accountId: string }>(
      `select distinct on (q."targetId") q."targetId", q."accountId", ${ROUTE_COLUMNS}
         from jsonb_to_recordset($1::jsonb)
                as q("targetId" uuid, "workspaceId" uuid, "postId" text, "accountId" text, platform text, tags text[])
         cross join lateral (
           values ('post', 5), ('tag', 4), ('account', 3), ('platform', 2), ('workspace', 1)
         ) as p(scope, rank)
         join route r on r.workspace_id = q."workspaceId" and r.scope = p.scope
                     and r.platform in (q.platform, '*')
                     and case p.scope when 'post' then r.scope_id = q."postId"
                                      when 'tag' then r.scope_id = any(q.tags)
                                      when 'account' then r.scope_id = q."accountId"
                                      when 'platform' then r.scope_id = q.platform
                                      else r.scope_id = '' end
        order by q."targetId", p.rank desc, (r.platform = '*'), r.created_at, r.id`,
      [JSON.stringify(targets.map(toQuestion))],
      tx,
    );
    for (const row of rows) routes.set(row.targetId, toRoute(row, row.accountId));
    return routes;
  }
}

const toQuestion = ({ targetId, workspaceId, postId, accountId, platform, tags }: RouteQuestion) => ({
  targetId,
  workspaceId,
  postId,
  accountId,
  platform,
  tags,
});
