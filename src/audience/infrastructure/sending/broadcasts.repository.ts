import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import { EventOutbox } from '../../../infra/outbox/event-outbox.js';
import { newId, type WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { Broadcast, BroadcastStatus } from '../../domain/sending/broadcast.js';
import {
  type BroadcastEdit,
  type BroadcastFilter,
  Broadcasts,
  type DueBroadcast,
  type NewBroadcast,
} from '../../domain/sending/broadcasts.port.js';

const BROADCAST = `id, workspace_id as "workspaceId", kind, incident_id as "incidentId",
  (select i.platform from incident i where i.id = broadcast.incident_id) as platform, status, subject,
  body_text as "bodyText", body_html as "bodyHtml", body_mjml as "bodyMjml", tags,
  segment_id as "segmentId", scheduled_at as "scheduledAt", pause_reason as "pauseReason", frozen_at as "frozenAt", approved_by as "approvedBy",
  finished_at as "finishedAt", version, created_at as "createdAt"`;

/** The row lock of the update is what lets only one of two senders end a broadcast. */
const FINISH = `
update broadcast b set status = 'sent', finished_at = clock_timestamp(), version = version + 1
 where b.status = 'sending'
   and not exists (select 1 from broadcast_recipient r where r.broadcast_id = b.id and r.state in ('pending', 'deferred'))
   and not exists (select 1 from broadcast_recipient r where r.broadcast_id = b.id and r.state in ('claimed', 'handed'))
   and not exists (select 1 from sms_message m where m.broadcast_id = b.id
                      and m.state in ('pending', 'deferred', 'claimed', 'handed'))
returning b.id, b.workspace_id as "workspaceId", b.kind, b.incident_id as "incidentId"`;

@Injectable()
export class BroadcastsRepository extends Broadcasts {
  constructor(
    private readonly database: Database,
    private readonly outbox: EventOutbox,
  ) {
    super();
  }

  insert(fresh: NewBroadcast, tx: Tx): Promise<Broadcast> {
    const { workspaceId, kind, subject, bodyText, bodyHtml, bodyMjml, tags, segmentId } = fresh;
    return this.changed(
      `insert into broadcast (id, workspace_id, kind, status, subject, body_text, body_html, body_mjml, tags, segment_id)
       values ($1, $2, $3, 'draft', $4, $5, $6, $7, $8, $9)`,
      [newId(), workspaceId, kind, subject, bodyText, bodyHtml, bodyMjml, tags, segmentId],
      tx,
    );
  }

  get(workspaceId: WorkspaceId, id: string, tx?: Tx): Promise<Broadcast | undefined> {
    return this.database.row(
      `select ${BROADCAST} from broadcast where workspace_id = $1 and id = $2`,
      [workspaceId, id],
      tx,
    );
  }

  lock(workspaceId: WorkspaceId, id: string, tx: Tx): Promise<Broadcast | undefined> {
    return this.database.row(
      `select ${BROADCAST} from broadcast where workspace_id = $1 and id = $2 for update`,
      [workspaceId, id],
      tx,
    );
  }

  list(workspaceId: WorkspaceId, { limit, after }: BroadcastFilter): Promise<(Broadcast & { at: string })[]> {
    return this.database.rows(
      `select ${BROADCAST}, created_at::text as at from broadcast
        where workspace_id = $1 and ($2::timestamptz is null or (created_at, id) < ($2::timestamptz, $3::uuid))
        order by created_at desc, id desc limit $4`,
      [workspaceId, after?.at ?? null, after?.id ?? null, limit],
    );
  }

  edit(broadcast: Broadcast, edit: BroadcastEdit, tx: Tx): Promise<Broadcast> {
    const { workspaceId, id, subject, bodyText, bodyHtml, bodyMjml, tags, segmentId } = { ...broadcast, ...edit };
    return this.changed(
      `update broadcast set subject = $3, body_text = $4, body_html = $5, body_mjml = $6, tags = $7, segment_id = $8,
              version = version + 1 where workspace_id = $1 and id = $2`,
      [workspaceId, id, subject, bodyText, bodyHtml, bodyMjml, tags, segmentId],
      tx,
    );
  }

  freeze(broadcast: Broadcast, { hash, approvedBy }: { hash: Buffer; approvedBy: string }, tx: Tx): Promise<Broadcast> {
    return this.changed(
      `update broadcast set status = 'sending', content_hash = $3, frozen_at = clock_timestamp(), approved_by = $4,
              pause_reason = null, version = version + 1 where workspace_id = $1 and id = $2`,
      [broadcast.workspaceId, broadcast.id, hash, approvedBy],
      tx,
    );
  }

  setStatus(broadcast: Broadcast, status: BroadcastStatus, tx: Tx, reason?: string): Promise<Broadcast> {
    return this.changed(
      `update broadcast set status = $3, version = version + 1, pause_reason = $4,
              finished_at = case when $3 = 'cancelled' then clock_timestamp() end
        where workspace_id = $1 and id = $2`,
      [broadcast.workspaceId, broadcast.id, status, reason ?? null],
      tx,
    );
  }

  schedule(broadcast: Broadcast, { at, approvedBy }: { at: Date; approvedBy: string }, tx: Tx): Promise<Broadcast> {
    return this.changed(
      `update broadcast set status = 'scheduled', scheduled_at = $3, approved_by = $4, pause_reason = null,
              version = version + 1 where workspace_id = $1 and id = $2`,
      [broadcast.workspaceId, broadcast.id, at, approvedBy],
      tx,
    );
  }

  unschedule(broadcast: Broadcast, reason: string | null, tx: Tx): Promise<Broadcast> {
    return this.changed(
      `update broadcast set status = 'draft', scheduled_at = null, approved_by = null, pause_reason = $3,
              version = version + 1 where workspace_id = $1 and id = $2`,
      [broadcast.workspaceId, broadcast.id, reason],
      tx,
    );
  }

  scheduledDue(): Promise<DueBroadcast[]> {
    return this.database.rows(
      `select workspace_id as "workspaceId", id, approved_by as "approvedBy", version from broadcast
        where status = 'scheduled' and scheduled_at <= statement_timestamp() order by scheduled_at limit 100`,
    );
  }

  guarded(): Promise<{ workspaceId: WorkspaceId; id: string }[]> {
    return this.database.rows(
      `select workspace_id as "workspaceId", id from broadcast where status = 'sending' and pause_reason is null`,
    );
  }

  finishDone(): Promise<number> {
    return this.database.run(async (tx) => {
      const done = await this.database.rows<{
        id: string;
        workspaceId: string;
        kind: string;
        incidentId: string | null;
      }>(FINISH, [], tx);
      const events = done.map(({ id, workspaceId, kind, incidentId }) => ({
        workspaceId,
        type: 'broadcast.sent' as const,
        subjectId: id,
        payload: { broadcastId: id, kind, incidentId },
      }));
      await this.outbox.append(events, tx);
      return done.length;
    });
  }

  private async changed(sql: string, parameters: readonly unknown[], tx: Tx): Promise<Broadcast> {
    const row = await this.database.row<Broadcast>(`${sql} returning ${BROADCAST}`, parameters, tx);
    if (!row) throw new Error('A broadcast that was locked is gone.');
    return row;
  }
}
