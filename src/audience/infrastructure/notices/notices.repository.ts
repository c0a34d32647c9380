import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import { newId, type WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { BroadcastContent, BroadcastKind } from '../../domain/sending/broadcast.js';
import { type DueNotice, type NoticeDraft, Notices } from '../../domain/notices/notices.port.js';
import * as sql from './notices.sql.js';

/** For which workspace, about which incident. */
interface Place {
  readonly workspaceId: WorkspaceId;
  readonly incidentId: string;
}

@Injectable()
export class NoticesRepository extends Notices {
  constructor(private readonly database: Database) {
    super();
  }

  async draftBlackouts({ platform, region, incidentId, content }: NoticeDraft, mergeMs: number, tx: Tx) {
    const facts = [platform, region, incidentId, mergeMs];
    const concerned = await this.database.rows<{ id: string }>(sql.CONCERNED, facts, tx);
    const places = concerned.map(({ id }) => ({ workspaceId: id, incidentId }));
    return this.insert('blackout', places, content, tx);
  }

  async draftAllClears({ incidentId, platform, content }: NoticeDraft, tx: Tx): Promise<number> {
    return this.insert('all_clear', await this.database.rows<Place>(sql.TOLD, [incidentId, platform], tx), content, tx);
  }

  dueBlackouts(scale: number): Promise<DueNotice[]> {
    return this.database.rows(sql.DUE_BLACKOUTS, [scale]);
  }

  dueAllClears(settleMs: number): Promise<DueNotice[]> {
    return this.database.rows(sql.DUE_ALL_CLEARS, [settleMs]);
  }

  async lockDue({ workspaceId, id, version }: DueNotice, tx: Tx): Promise<boolean> {
    return (await this.database.rows(sql.LOCK_DUE, [workspaceId, id, version], tx)).length > 0;
  }

  async markWaiting(
    { workspaceId, id }: Pick<DueNotice, 'workspaceId' | 'id'>,
    reason: string,
    tx: Tx,
  ): Promise<boolean> {
    const changed = await this.database.affected(
      `update broadcast set waiting_since = clock_timestamp(), waiting_reason = $3
        where workspace_id = $1 and id = $2 and status = 'draft' and waiting_since is null`,
      [workspaceId, id, reason],
      tx,
    );
    return changed > 0;
  }

  async withdrawLate(): Promise<number> {
    const mails = await this.database.affected(sql.withdrawLate('broadcast_recipient'));
    return mails + (await this.database.affected(sql.withdrawLate('sms_message')));
  }

  private insert(kind: BroadcastKind, places: readonly Place[], content: BroadcastContent, tx: Tx): Promise<number> {
    return this.database.affected(
      `insert into broadcast (id, workspace_id, incident_id, kind, status, subject, body_text, body_html)
       select n.id, n.workspace_id, n.incident_id, $4, 'draft', $5, $6, $7
         from unnest($1::uuid[], $2::uuid[], $3::uuid[]) as n(id, workspace_id, incident_id)
       on conflict (workspace_id, incident_id, kind) do nothing`,
      [
        places.map(() => newId()),
        places.map(({ workspaceId }) => workspaceId),
        places.map(({ incidentId }) => incidentId),
        kind,
        content.subject,
        content.bodyText,
        content.bodyHtml,
      ],
      tx,
    );
  }
}
