import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { Channel } from '../../domain/notifications/channel.js';
import {
  type ChannelChange,
  Channels,
  type ListPlace,
  type NewChannel,
  type Viewer,
} from '../../domain/notifications/channels.port.js';
import { type Destination, hintOf } from '../../domain/notifications/destination.js';
import { CHANNEL_FIELDS, type ChannelRow, toChannel } from './channel.rows.js';
import { ChannelSecrets, type SealedChannel } from './channel-secrets.js';

/** $1 workspace, $2 whether an operator looks. */
const VISIBLE = `((workspace_id = $1 and scope = 'workspace') or (scope = 'instance' and $2))`;

@Injectable()
export class ChannelsRepository extends Channels {
  constructor(
    private readonly database: Database,
    private readonly secrets: ChannelSecrets,
  ) {
    super();
  }

  async countUnderLock(workspaceId: string, tx: Tx): Promise<number> {
    const lock = `notification_channels|${workspaceId}`;
    await this.database.rows(`select pg_advisory_xact_lock(hashtextextended($1, 0))`, [lock], tx);
    const sql = `select count(*)::int as count from notification_channel where workspace_id = $1`;
    return (await this.database.row<{ count: number }>(sql, [workspaceId], tx))?.count ?? 0;
  }

  insert(channel: NewChannel, tx: Tx): Promise<Channel> {
    const { id, workspaceId, scope, kind, name, kinds, minSeverity, quietHours, urgentKinds } = channel;
    const { destination, webhookId, isVerified } = channel;
    const sealed = this.sealed(id, destination);
    return this.written(
      `insert into notification_channel (id, workspace_id, scope, kind, name, kinds, min_severity, quiet_from, quiet_to,
         quiet_zone, urgent_kinds, destination_enc, key_id, hint, webhook_id, verified_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, case when $16 then clock_timestamp() end)`,
      [
        ...[id, workspaceId, scope, kind, name, kinds, minSeverity],
        ...[quietHours?.from ?? null, quietHours?.to ?? null, quietHours?.zone ?? null, urgentKinds],
        ...[sealed.destinationEnc, sealed.keyId, hint(destination, webhookId), webhookId ?? null, isVerified],
      ],
      tx,
    );
  }

  async list({ workspaceId, isOperator }: Viewer, page: ListPlace): Promise<(Channel & { at: string })[]> {
    const { limit, after } = page;
    const rows = await this.database.rows<ChannelRow & { at: string }>(
      `select ${CHANNEL_FIELDS}, created_at::text as at from notification_channel
        where ${VISIBLE} and ($3::timestamptz is null or (created_at, id) < ($3, $4::uuid))
        order by created_at desc, id desc limit $5`,
      [workspaceId, isOperator, after?.at ?? null, after?.id ?? null, limit],
    );
    return rows.map(toChannel);
  }

  async find({ workspaceId, isOperator }: Viewer, id: string, tx?: Tx): Promise<Channel | undefined> {
    const row = await this.database.row<ChannelRow>(
      `select ${CHANNEL_FIELDS} from notification_channel where ${VISIBLE} and id = $3 ${tx ? 'for update' : ''}`,
      [workspaceId, isOperator, id],
      tx,
    );
    return row && toChannel(row);
  }

  async change(channel: Channel, change: ChannelChange, tx: Tx): Promise<Channel> {
    const { workspaceId, id } = channel;
    const { name = null, kinds = null, minSeverity = null, urgentKinds = null, enabled = null } = change;
    const { quietHours, destination, webhookId, isVerified = null } = change;
    const sealed = this.sealed(id, destination);
    if (destination) await this.database.affected(END_CODES, [workspaceId, id], tx);
    return this.written(
      CHANGE,
      [
        ...[workspaceId, id, name, kinds, minSeverity, urgentKinds, enabled, isVerified],
        ...[quietHours !== undefined, quietHours?.from ?? null, quietHours?.to ?? null, quietHours?.zone ?? null],
        ...[sealed.destinationEnc, sealed.keyId, webhookId ?? null],
        destination || webhookId !== undefined ? hint(destination, webhookId) : null,
      ],
      tx,
    );
  }

  async delete({ workspaceId, id }: Channel, tx: Tx): Promise<void> {
    const sql = `delete from notification_channel where workspace_id = $1 and id = $2`;
    await this.database.affected(sql, [workspaceId, id], tx);
  }

  async destinationOf({ workspaceId, id }: Channel, tx?: Tx): Promise<Destination | undefined> {
    const row = await this.database.row<SealedChannel>(
      `select destination_enc as "destinationEnc", key_id as "keyId" from notification_channel
        where workspace_id = $1 and id = $2`,
      [workspaceId, id],
      tx,
    );
    return row && this.secrets.open(id, row);
  }

  private sealed(id: string, destination: Destination | undefined): SealedChannel {
    const sealed = destination && this.secrets.seal(id, destination);
    return { destinationEnc: sealed?.sealed ?? null, keyId: sealed?.keyId ?? null };
  }

  private async written(sql: string, parameters: readonly unknown[], tx: Tx): Promise<Channel> {
    const row = await this.database.row<ChannelRow>(`${sql} returning ${CHANNEL_FIELDS}`, parameters, tx);
    if (!row) throw new Error('A notification channel that was locked is gone.');
    return toChannel(row);
  }
}

const hint = (destination: Destination | undefined, webhookId: string | undefined): string =>
  destination ? hintOf(destination) : `webhook ${webhookId}`;

const END_CODES = `update notification_code set ended = true where workspace_id = $1 and channel_id = $2`;

/** $3 name, $4 kinds, $5 least severity, $6 urgent, $7 enabled, $8 verified, $9..$12 quiet hours, $13..$16 the place. */
const CHANGE = `
update notification_channel
   set name = coalesce($3, name), kinds = coalesce($4::text[], kinds), min_severity = coalesce($5, min_severity),
       urgent_kinds = coalesce($6::text[], urgent_kinds),
       quiet_from = case when $9 then $10 else quiet_from end, quiet_to = case when $9 then $11 else quiet_to end,
       quiet_zone = case when $9 then $12 else quiet_zone end,
       destination_enc = coalesce($13::bytea, destination_enc), key_id = coalesce($14, key_id),
       webhook_id = coalesce($15::uuid, webhook_id), hint = coalesce($16, hint),
       verified_at = case when $8 then clock_timestamp() when not $8 then null else verified_at end,
       failing_since = case when $7 then null else failing_since end,
       last_error = case when $7 then null else last_error end,
       disabled_at = case when $7 then null when not $7 then coalesce(disabled_at, now()) else disabled_at end,
       disabled_reason = case when $7 then null when not $7 then coalesce(disabled_reason, 'person')
                              else disabled_reason end
 where workspace_id = $1 and id = $2`;
