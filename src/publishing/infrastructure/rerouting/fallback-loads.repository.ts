import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { FallbackLoad } from '../../../routing/domain/load-spread.policy.js';
import type { OwnLoad } from '../../domain/rerouting/failback.policy.js';
import { FallbackLoads, type LoadHolder } from '../../domain/rerouting/fallback-loads.port.js';
import { PublishingSettings } from '../../publishing-settings.js';

/** Days before today whose same hour is looked at. */
const DAYS = 7;

const HOLDERS = `unnest($1::uuid[], $2::uuid[]) as h(id, workspace_id)`;

/** Its own posts, planned in the hour that ends at $3 or at the same time of one of the days before; the most. */
const USUAL_HOUR = `
  (select coalesce(max(u.n), 0)::int
     from generate_series(0, ${DAYS}) as d(ago)
     cross join lateral (
       select count(*) as n from target t
        where t.workspace_id = h.workspace_id and t.account_id = h.id
          and t.role in ('origin', 'fill') and t.status not in ('draft', 'cancelled')
          and t.scheduled_at > $3::timestamptz - d.ago * $5 * interval '1 ms' - $4 * interval '1 ms'
          and t.scheduled_at <= $3::timestamptz - d.ago * $5 * interval '1 ms') u)`;

const READ = `
  select h.id, ${USUAL_HOUR} as "usualHour", m.taken as "takenAt", m.troubled as "troubledCount"
    from ${HOLDERS}
   cross join lateral (
     select coalesce(array_agg(t.scheduled_at order by t.scheduled_at), '{}') as taken,
            count(*) filter (where t.scheduled_at > $3::timestamptz - $4 * interval '1 ms'
              and t.scheduled_at <= $3::timestamptz
              and (t.tries > 0 or t.status in ('failed', 'unconfirmed', 'needs_decision')))::int as troubled
       from target t
      where t.workspace_id = h.workspace_id and t.account_id = h.id and t.role = 'reroute'
        and t.status not in ('cancelled', 'missed', 'rerouted')
        and t.scheduled_at > $3::timestamptz - $5 * interval '1 ms') m`;

const GOES = `t.status in ('scheduled', 'held', 'publishing', 'unconfirmed', 'needs_decision', 'published')`;

const OWN = `
  select h.id, ${USUAL_HOUR} as "usualHour", g.before as "lastHour", g.after as "nextHour", c.at as "lastCatchUpAt"
    from ${HOLDERS}
   cross join lateral (
     select count(*) filter (where t.scheduled_at <= $3::timestamptz)::int as before,
            count(*) filter (where t.scheduled_at > $3::timestamptz)::int as after
       from target t
      where t.workspace_id = h.workspace_id and t.account_id = h.id and t.role <> 'catch_up' and ${GOES}
        and t.scheduled_at > $3::timestamptz - $4 * interval '1 ms'
        and t.scheduled_at <= $3::timestamptz + $4 * interval '1 ms') g
   cross join lateral (
     select max(t.scheduled_at) as at from target t
      where t.workspace_id = h.workspace_id and t.account_id = h.id and t.role = 'catch_up' and ${GOES}
        and t.scheduled_at > $3::timestamptz - $5 * interval '1 ms') c`;

type OwnRow = Omit<OwnLoad, 'lastCatchUpAt'> & { readonly id: string; readonly lastCatchUpAt: Date | null };

@Injectable()
export class FallbackLoadsRepository extends FallbackLoads {
  constructor(
    private readonly database: Database,
    private readonly settings: PublishingSettings,
  ) {
    super();
  }

  async lock(accountIds: readonly string[], tx: Tx): Promise<void> {
    await this.database.rows(
      `select pg_advisory_xact_lock(hashtextextended('fallback|' || id, 0))
         from (select distinct id from unnest($1::text[]) as a(id) order by id) o`,
      [accountIds],
      tx,
    );
  }

  async read(holders: readonly LoadHolder[], at: Date, tx?: Tx): Promise<ReadonlyMap<string, FallbackLoad>> {
    if (holders.length === 0) return new Map();
    const rows = await this.database.rows<FallbackLoad & { readonly id: string }>(READ, this.asked(holders, at), tx);
    return new Map(rows.map(({ id, ...load }) => [id, load]));
  }

  async own(holders: readonly LoadHolder[], at: Date, tx?: Tx): Promise<ReadonlyMap<string, OwnLoad>> {
    if (holders.length === 0) return new Map();
    const rows = await this.database.rows<OwnRow>(OWN, this.asked(holders, at), tx);
    return new Map(
      rows.map(({ id, lastCatchUpAt, ...load }) => [id, { ...load, ...(lastCatchUpAt ? { lastCatchUpAt } : {}) }]),
    );
  }

  private asked(holders: readonly LoadHolder[], at: Date): unknown[] {
    const { hourMs, dayMs } = this.settings.routing.load;
    return [holders.map(({ id }) => id), holders.map(({ workspaceId }) => workspaceId), at, hourMs, dayMs];
  }
}
