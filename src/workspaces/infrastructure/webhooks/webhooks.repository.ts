import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { Webhook } from '../../domain/webhooks/webhook.js';
import { type ListPlace, type NewWebhook, Webhooks } from '../../domain/webhooks/webhooks.port.js';
import { type SealedWebhook, WebhookSecrets } from './webhook-secrets.js';

const SHOWN = `id, workspace_id as "workspaceId", url, description, events, created_at as "createdAt",
  failing_since as "failingSince", disabled_at as "disabledAt", disabled_reason as "disabledReason",
  case when previous_until > now() then previous_until end as "previousUntil"`;

@Injectable()
export class WebhooksRepository extends Webhooks {
  constructor(
    private readonly database: Database,
    private readonly secrets: WebhookSecrets,
  ) {
    super();
  }

  async countUnderLock(workspaceId: string, tx: Tx): Promise<number> {
    await this.database.rows(`select pg_advisory_xact_lock(hashtextextended($1, 0))`, [`webhooks|${workspaceId}`], tx);
    const row = await this.database.row<{ count: number }>(
      `select count(*)::int as count from webhook where workspace_id = $1`,
      [workspaceId],
      tx,
    );
    return row?.count ?? 0;
  }

  insert({ id, workspaceId, url, description, events, secret }: NewWebhook, tx: Tx): Promise<Webhook> {
    const { sealed, keyId } = this.secrets.seal(id, secret);
    return this.changed(
      `insert into webhook (id, workspace_id, url, description, events, secret_enc, key_id)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [id, workspaceId, url, description, events, sealed, keyId],
      tx,
    );
  }

  list(workspaceId: string, { limit, after }: ListPlace): Promise<(Webhook & { at: string })[]> {
    return this.database.rows(
      `select ${SHOWN}, created_at::text as at from webhook
        where workspace_id = $1 and ($2::timestamptz is null or (created_at, id) < ($2, $3::uuid))
        order by created_at desc, id desc limit $4`,
      [workspaceId, after?.at ?? null, after?.id ?? null, limit],
    );
  }

  /** In a transaction the row is locked. */
  find(workspaceId: string, id: string, tx?: Tx): Promise<Webhook | undefined> {
    return this.database.row<Webhook>(
      `select ${SHOWN} from webhook where workspace_id = $1 and id = $2 ${tx ? 'for update' : ''}`,
      [workspaceId, id],
      tx,
    );
  }

  change({ workspaceId, id }: Webhook, change: Parameters<Webhooks['change']>[1], tx: Tx): Promise<Webhook> {
    const { url = null, description = null, events = null, enabled = null } = change;
    return this.changed(
      `update webhook set url = coalesce($3, url), description = coalesce($4, description),
              events = coalesce($5::text[], events),
              failing_since = case when $6 then null else failing_since end,
              disabled_at = case when $6 then null when not $6 then coalesce(disabled_at, now()) else disabled_at end,
              disabled_reason = case when $6 then null when not $6 then coalesce(disabled_reason, 'person')
                                     else disabled_reason end
        where workspace_id = $1 and id = $2`,
      [workspaceId, id, url, description, events, enabled],
      tx,
    );
  }

  async rotate({ workspaceId, id }: Webhook, secret: string, overlapMs: number, tx: Tx): Promise<Webhook> {
    const fresh = this.secrets.seal(id, secret);
    const row = await this.database.row<SealedWebhook>(
      `select id as "webhookId", secret_enc as "secretEnc", key_id as "keyId" from webhook
        where workspace_id = $1 and id = $2`,
      [workspaceId, id],
      tx,
    );
    const previous = overlapMs > 0 && row ? this.secrets.sealPrevious(row) : undefined;
    return this.changed(
      `update webhook set secret_enc = $3, key_id = $4, previous_enc = $5::bytea, previous_key_id = $6::text,
              previous_until = case when $5::bytea is not null then now() + $7 * interval '1 ms' end
        where workspace_id = $1 and id = $2`,
      [workspaceId, id, fresh.sealed, fresh.keyId, previous?.sealed ?? null, previous?.keyId ?? null, overlapMs],
      tx,
    );
  }

  async delete(workspaceId: string, id: string, tx: Tx): Promise<boolean> {
    const sql = `delete from webhook where workspace_id = $1 and id = $2`;
    return (await this.database.affected(sql, [workspaceId, id], tx)) > 0;
  }

  private async changed(sql: string, parameters: readonly unknown[], tx: Tx): Promise<Webhook> {
    const row = await this.database.row<Webhook>(`${sql} returning ${SHOWN}`, parameters, tx);
    if (!row) throw new Error('A webhook that was locked is gone.');
    return row;
  }
}
