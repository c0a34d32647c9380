import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import { newId } from '../../kernel/ids.js';
import type { Tx } from '../../kernel/transaction.js';
import type { Incident, Trouble } from '../domain/incident.js';
import { type IncidentFilter, Incidents } from '../domain/incidents.port.js';
import { INCIDENT_COLUMNS, type IncidentRow, toIncident } from './health.rows.js';

@Injectable()
export class IncidentsRepository extends Incidents {
  constructor(private readonly database: Database) {
    super();
  }

  async latest(platform: string, region: string, tx: Tx): Promise<Incident | undefined> {
    const row = await this.database.row<IncidentRow>(
      `select ${INCIDENT_COLUMNS} from incident where platform = $1 and region = $2
        order by opened_at desc, id desc limit 1 for update`,
      [platform, region],
      tx,
    );
    return row && toIncident(row);
  }

  async open(trouble: Trouble, tx: Tx): Promise<string> {
    const id = newId();
    const { platform, region, openedAt, worstState, reason } = trouble;
    await this.database.affected(
      `insert into incident (id, platform, region, opened_at, worst_state, reason) values ($1, $2, $3, $4, $5, $6)`,
      [id, platform, region, openedAt, worstState, reason],
      tx,
    );
    await this.worsen(id, trouble, tx);
    return id;
  }

  async reopen(id: string, trouble: Trouble, tx: Tx): Promise<void> {
    await this.database.affected(
      `update incident set closed_at = null, reopened_at = $2, reopened_count = reopened_count + 1 where id = $1`,
      [id, trouble.openedAt],
      tx,
    );
    await this.worsen(id, trouble, tx);
  }

  async worsen(id: string, { worstState, reason }: Pick<Trouble, 'worstState' | 'reason'>, tx: Tx): Promise<void> {
    await this.database.affected(
      `update incident i
          set worst_state = case when $2 = 'down' then 'down' else i.worst_state end,
              reason = case when $2 = 'down' and i.worst_state = 'degraded' then $3 else i.reason end,
              capabilities = (
                select array_agg(distinct c order by c) from (
                  select unnest(i.capabilities) as c
                   union select h.capability from platform_health h
                   where h.platform = i.platform and h.region = i.region and h.state in ('degraded', 'down')) known)
        where i.id = $1`,
      [id, worstState, reason],
      tx,
    );
  }

  async affect(id: string, capability: string, tx: Tx): Promise<void> {
    await this.database.affected(
      `update incident set capabilities = array_append(capabilities, $2)
        where id = $1 and not $2 = any(capabilities)`,
      [id, capability],
      tx,
    );
  }

  async close(platform: string, region: string, closedAt: Date, tx: Tx): Promise<string | undefined> {
    const row = await this.database.row<{ id: string }>(
      `update incident set closed_at = $3 where platform = $1 and region = $2 and closed_at is null returning id`,
      [platform, region, closedAt],
      tx,
    );
    return row?.id;
  }

  async openOne(platform: string, region: string, tx: Tx): Promise<string | undefined> {
    const row = await this.database.row<{ id: string }>(
      `select id from incident where platform = $1 and region = $2 and closed_at is null`,
      [platform, region],
      tx,
    );
    return row?.id;
  }

  async get(id: string): Promise<Incident | undefined> {
    const row = await this.database.row<IncidentRow>(`select ${INCIDENT_COLUMNS} from incident where id = $1`, [id]);
    return row && toIncident(row);
  }

  async list({ platform, isOpen, limit, after }: IncidentFilter): Promise<(Incident & { readonly at: string })[]> {
    const rows = await this.database.rows<IncidentRow & { at: string }>(
      `select ${INCIDENT_COLUMNS}, opened_at::text as at from incident
        where ($1::text is null or platform = $1) and ($2::boolean is null or (closed_at is null) = $2)
          and ($3::timestamptz is null or (opened_at, id) < ($3, $4::uuid))
        order by opened_at desc, id desc limit $5`,
      [platform ?? null, isOpen ?? null, after?.at ?? null, after?.id ?? null, limit],
    );
    return rows.map((row) => ({ ...toIncident(row), at: row.at }));
  }
}
