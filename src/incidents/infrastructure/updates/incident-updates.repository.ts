import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { IncidentUpdate } from '../../domain/updates/incident-update.js';
import { IncidentUpdates, type UpdateFilter } from '../../domain/updates/incident-updates.port.js';

const UPDATE = `id, incident_id as "incidentId", workspace_id as "workspaceId", feature, status, text, author, at`;
const VISIBLE = `incident_id = $2 and (workspace_id = $1 or workspace_id is null)`;

@Injectable()
export class IncidentUpdatesRepository extends IncidentUpdates {
  constructor(private readonly database: Database) {
    super();
  }

  async insert(update: Omit<IncidentUpdate, 'at'>, tx: Tx): Promise<IncidentUpdate> {
    const { id, incidentId, workspaceId, feature, status, text, author } = update;
    const row = await this.database.row<IncidentUpdate>(
      `insert into incident_update (id, incident_id, workspace_id, feature, status, text, author)
       values ($1, $2, $3, $4, $5, $6, $7) returning ${UPDATE}`,
      [id, incidentId, workspaceId, feature, status, text, author],
      tx,
    );
    return row as IncidentUpdate;
  }

  list(workspaceId: string, incidentId: string, { feature, limit, after }: UpdateFilter) {
    return this.database.rows<IncidentUpdate & { readonly sortKey: string }>(
      `select ${UPDATE}, at::text as "sortKey" from incident_update
        where ${VISIBLE} and ($3::text is null or feature = $3)
          and ($4::timestamptz is null or (at, id) < ($4, $5::uuid))
        order by incident_update.at desc, id desc limit $6`,
      [workspaceId, incidentId, feature ?? null, after?.at ?? null, after?.id ?? null, limit],
    );
  }

  latestPerFeature(workspaceId: string, incidentId: string): Promise<IncidentUpdate[]> {
    return this.database.rows<IncidentUpdate>(
      `select distinct on (feature) ${UPDATE} from incident_update where ${VISIBLE}
        order by feature, incident_update.at desc, id desc`,
      [workspaceId, incidentId],
    );
  }
}
