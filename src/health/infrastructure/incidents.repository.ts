import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import { newId } from '../../kernel/ids.js';
import type { Tx } from '../../kernel/transaction.js';
import type { Incident } from '../domain/incident.js';
import { type IncidentFilter, Incidents } from '../domain/incidents.port.js';
import { INCIDENT_COLUMNS, type IncidentRow, toIncident } from './health.rows.js';

@Injectable()
export class IncidentsRepository extends Incidents {
  constructor(private readonly database: Database) {
    super();
  }

  async open(trouble: Omit<Incident, 'id' | 'closedAt'>, tx: Tx): Promise<string> {
    const row = await this.database.row<{ id: string }>(
      `insert into incident as i (id, platform, region, opened_at, worst_state, reason) values ($1, $2, $3, $4, $5, $6)
       on conflict (platform, region) where closed_at is null do update
          set worst_state = case when excluded.worst_state = 'down' then 'down' else i.worst_state end,
              reason = case when excluded.worst_state = 'down' and i.worst_state = 'degraded'
                            then excluded.reason else i.reason end
       returning id`,
      [newId(), trouble.platform, trouble.region, trouble.openedAt, trouble.worstState, trouble.reason],
      tx,
    );
    return (row as { id: string }).id;
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
