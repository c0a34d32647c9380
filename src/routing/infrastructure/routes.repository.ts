import { Injectable } from '@nestjs/common';
import { Database, isForeignKeyViolation, isUniqueViolation } from '../../infra/database/database.js';
import { DomainError, notFound } from '../../kernel/domain-error.js';
import { newId, type WorkspaceId } from '../../kernel/ids.js';
import type { Tx } from '../../kernel/transaction.js';
import type { RoutePolicy } from '../domain/route.js';
import { type RouteFilter, Routes } from '../domain/routes.port.js';
import type { RoutePlace, StoredRoute } from '../domain/stored-route.js';
import { policyValues, ROUTE_COLUMNS, type RouteRow, toStoredRoute } from './route.rows.js';

@Injectable()
export class RoutesRepository extends Routes {
  constructor(private readonly database: Database) {
    super();
  }

  async insert(place: RoutePlace, policy: RoutePolicy, tx: Tx): Promise<StoredRoute> {
    const { workspaceId, scope, scopeId, platform } = place;
    const id = newId();
    await this.database
      .affected(
        `insert into route (id, workspace_id, scope, scope_id, platform, on_degraded, on_down, on_unknown,
                            on_account_trouble, hold_for_seconds, stale_after_seconds, broadcast_after_seconds,
                            failback, remove_late, announce, max_extra_per_day)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
        [id, workspaceId, scope, scopeId, platform, ...policyValues(policy)],
        tx,
      )
      .catch((error: unknown) => {
        throw isUniqueViolation(error) ? routeExists(place) : error;
      });
    await this.writeFallbacks(workspaceId, id, policy.fallbacks, tx);
    return this.stored(workspaceId, id, tx);
  }

  async find(workspaceId: WorkspaceId, id: string, tx?: Tx): Promise<StoredRoute | undefined> {
    const row = await this.database.row<RouteRow>(
      `select ${ROUTE_COLUMNS} from route r where r.workspace_id = $1 and r.id = $2`,
      [workspaceId, id],
      tx,
    );
    return row && toStoredRoute(row);
  }

  async lock(workspaceId: WorkspaceId, id: string, tx: Tx): Promise<StoredRoute | undefined> {
    await this.database.rows(
      `select 1 from route where workspace_id = $1 and id = $2 for update`,
      [workspaceId, id],
      tx,
    );
    return this.find(workspaceId, id, tx);
  }

  async update(workspaceId: WorkspaceId, id: string, policy: RoutePolicy, tx: Tx): Promise<StoredRoute> {
    await this.database.affected(
      `update route set on_degraded = $3, on_down = $4, on_unknown = $5, on_account_trouble = $6,
              hold_for_seconds = $7, stale_after_seconds = $8, broadcast_after_seconds = $9, failback = $10,
              remove_late = $11, announce = $12, max_extra_per_day = $13, version = version + 1, updated_at = now()
        where workspace_id = $1 and id = $2`,
      [workspaceId, id, ...policyValues(policy)],
      tx,
    );
    await this.database.affected(
      `delete from route_fallback where workspace_id = $1 and route_id = $2`,
      [workspaceId, id],
      tx,
    );
    await this.writeFallbacks(workspaceId, id, policy.fallbacks, tx);
    return this.stored(workspaceId, id, tx);
  }

  async remove(workspaceId: WorkspaceId, id: string, tx: Tx): Promise<void> {
    await this.database.affected(`delete from route where workspace_id = $1 and id = $2`, [workspaceId, id], tx);
  }

  async list(
    workspaceId: WorkspaceId,
    { scope, limit, after }: RouteFilter,
  ): Promise<(StoredRoute & { readonly at: string })[]> {
    const rows = await this.database.rows<RouteRow & { at: string }>(
      `select ${ROUTE_COLUMNS}, r.created_at::text as at from route r
        where r.workspace_id = $1 and ($2::text is null or r.scope = $2)
          and ($3::timestamptz is null or (r.created_at, r.id) < ($3, $4::uuid))
        order by r.created_at desc, r.id desc limit $5`,
      [workspaceId, scope ?? null, after?.at ?? null, after?.id ?? null, limit],
    );
    return rows.map((row) => ({ ...toStoredRoute(row), at: row.at }));
  }

  private async writeFallbacks(workspaceId: string, id: string, fallbacks: readonly string[], tx: Tx): Promise<void> {
    if (fallbacks.length === 0) return;
    await this.database
      .affected(
        `insert into route_fallback (route_id, workspace_id, position, account_id)
         select $1, $2, position - 1, account_id from unnest($3::uuid[]) with ordinality as f(account_id, position)`,
        [id, workspaceId, fallbacks],
        tx,
      )
      .catch((error: unknown) => {
        throw isForeignKeyViolation(error) ? notFound('account', fallbacks.join(', ')) : error;
      });
  }

  private async stored(workspaceId: string, id: string, tx: Tx): Promise<StoredRoute> {
    return (await this.find(workspaceId, id, tx)) as StoredRoute;
  }
}

const routeExists = ({ scope, scopeId, platform }: RoutePlace) =>
  new DomainError(
    'conflict',
    'route.exists',
    'There is a route for this scope and platform already. Change that one, or remove it first.',
    { scope, scopeId, platform },
  );
