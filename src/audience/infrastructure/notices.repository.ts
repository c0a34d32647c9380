import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import { newId, type WorkspaceId } from '../../kernel/ids.js';
import type { Tx } from '../../kernel/transaction.js';
import type { BroadcastKind } from '../domain/broadcast.js';
import { type NoticeDraft, Notices } from '../domain/broadcasts.port.js';

const CONCERNED = `
select distinct a.workspace_id as id from account a
 where a.platform = $1 and a.region = $2 and a.status = 'active'
   and exists (select 1 from subscriber s where s.workspace_id = a.workspace_id and s.status = 'confirmed')`;

const TOLD = `
select b.workspace_id as id from broadcast b
 where b.incident_id = $1 and b.kind = 'blackout'
   and exists (select 1 from broadcast_recipient r where r.broadcast_id = b.id and r.state in ('accepted', 'unknown'))`;

/** The route of the platform itself goes before the workspace's, one for this platform before one for any. */
const DUE = `
select b.workspace_id as "workspaceId", b.id
  from broadcast b
  join incident i on i.id = b.incident_id and i.closed_at is null
  cross join lateral (
    select r.broadcast_after_seconds as after_seconds from route r
     where r.workspace_id = b.workspace_id and r.platform in ('*', i.platform)
       and (r.scope = 'workspace' or (r.scope = 'platform' and r.scope_id = i.platform))
     order by (r.scope = 'platform') desc, (r.platform <> '*') desc limit 1) as policy
 where b.kind = 'blackout' and b.status = 'draft' and policy.after_seconds is not null
   -- Trouble that came back is given its time anew: an hour that was well is no outage.
   and coalesce(i.reopened_at, i.opened_at) + policy.after_seconds / $1::float8 * interval '1 second' <= statement_timestamp()
 order by b.created_at limit 100`;

@Injectable()
export class NoticesRepository extends Notices {
  constructor(private readonly database: Database) {
    super();
  }

  async draftBlackouts(draft: NoticeDraft, tx: Tx): Promise<number> {
    const concerned = await this.database.rows<{ id: string }>(CONCERNED, [draft.platform, draft.region], tx);
    return this.insert('blackout', draft, concerned, tx);
  }

  async draftAllClears(draft: NoticeDraft, tx: Tx): Promise<number> {
    const told = await this.database.rows<{ id: string }>(TOLD, [draft.incidentId], tx);
    return this.insert('all_clear', draft, told, tx);
  }

  due(scale: number): Promise<{ workspaceId: WorkspaceId; id: string }[]> {
    return this.database.rows(DUE, [scale]);
  }

  private insert(
    kind: BroadcastKind,
    { incidentId, content }: NoticeDraft,
    workspaces: readonly { readonly id: string }[],
    tx: Tx,
  ): Promise<number> {
    return this.database.affected(
      `insert into broadcast (id, workspace_id, kind, incident_id, status, subject, body_text, body_html)
       select n.id, n.workspace_id, $3, $4, 'draft', $5, $6, $7
         from unnest($1::uuid[], $2::uuid[]) as n(id, workspace_id)
       on conflict (workspace_id, incident_id, kind) do nothing`,
      [
        workspaces.map(() => newId()),
        workspaces.map(({ id }) => id),
        kind,
        incidentId,
        content.subject,
        content.bodyText,
        content.bodyHtml,
      ],
      tx,
    );
  }
}
