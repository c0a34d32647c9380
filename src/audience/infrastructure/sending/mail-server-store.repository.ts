import { Injectable } from '@nestjs/common';
import { SecretBox } from '../../../infra/crypto/secret-box.js';
import { Database } from '../../../infra/database/database.js';
import { newId, type WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import {
  MailServerStore,
  type ServerFields,
  type ServerPlace,
  type StoredServer,
} from '../../domain/sending/mail-server-store.port.js';
import { SERVER, type ServerRow, toServer } from './mail-server.rows.js';
import { passwordPlace } from './workspace-transports.js';

type StoredRow = ServerRow & Pick<StoredServer, 'security' | 'username' | 'usedToday' | 'createdAt' | 'enabled'>;

const STORED = `${SERVER}, security, username, disabled_at is null as enabled, created_at as "createdAt",
  coalesce((select d.used from mail_server_day d where d.mail_server_id = mail_server.id
             and d.day = (statement_timestamp() at time zone 'UTC')::date), 0) as "usedToday"`;

/** Parameters $3 to $13 of both statements that write a row. */
const COLUMNS = [
  'host',
  'port',
  'security',
  'username',
  'priority',
  'connections',
  'per_second',
  'warm_up_from',
  'warm_up_first',
  'warm_up_factor',
  'warm_up_until',
];

@Injectable()
export class MailServerStoreRepository extends MailServerStore {
  constructor(
    private readonly database: Database,
    private readonly box: SecretBox,
  ) {
    super();
  }

  async countUnderLock(workspaceId: WorkspaceId, tx: Tx): Promise<number> {
    await this.database.rows(
      'select pg_advisory_xact_lock(hashtextextended($1, 0))',
      [`mail-servers|${workspaceId}`],
      tx,
    );
    const sql = 'select count(*)::int as count from mail_server where workspace_id = $1';
    return (await this.database.row<{ count: number }>(sql, [workspaceId], tx))?.count ?? 0;
  }

  insert(workspaceId: WorkspaceId, fields: ServerFields, password: string | null, tx: Tx): Promise<StoredServer> {
    const id = newId();
    return this.changed(
      `insert into mail_server (workspace_id, id, ${COLUMNS.join(', ')}, disabled_at, password_enc, key_id)
       values ($1, $2, ${COLUMNS.map((_, index) => `$${index + 3}`).join(', ')},
               case when $14 then null else now() end, $15, $16)`,
      [workspaceId, id, ...valuesOf(fields), fields.enabled, ...this.seal(id, password)],
      tx,
    );
  }

  find(workspaceId: WorkspaceId, id: string, tx?: Tx): Promise<StoredServer | undefined> {
    const sql = `select ${STORED} from mail_server where workspace_id = $1 and id = $2 ${tx ? 'for update' : ''}`;
    return this.database.row<StoredRow>(sql, [workspaceId, id], tx).then((row) => row && toStored(row));
  }

  save(server: StoredServer, password: string | null | undefined, tx: Tx): Promise<StoredServer> {
    const keeps = password === undefined;
    return this.changed(
      `update mail_server set ${COLUMNS.map((column, index) => `${column} = $${index + 3}`).join(', ')},
              disabled_at = case when $14 then null else coalesce(disabled_at, now()) end,
              password_enc = case when $17 then password_enc else $15 end,
              key_id = case when $17 then key_id else $16 end, version = version + 1
        where workspace_id = $1 and id = $2`,
      [
        ...[server.workspaceId, server.id, ...valuesOf(server), server.enabled],
        ...[...this.seal(server.id, password ?? null), keeps],
      ],
      tx,
    );
  }

  async remove(workspaceId: WorkspaceId, id: string, tx: Tx): Promise<boolean> {
    const sql = 'delete from mail_server where workspace_id = $1 and id = $2';
    return (await this.database.affected(sql, [workspaceId, id], tx)) > 0;
  }

  async list(workspaceId: WorkspaceId, { limit, after }: ServerPlace): Promise<(StoredServer & { at: string })[]> {
    const rows = await this.database.rows<StoredRow & { at: string }>(
      `select ${STORED}, created_at::text as at from mail_server
        where workspace_id = $1 and ($2::timestamptz is null or (created_at, id) < ($2, $3::uuid))
        order by created_at desc, id desc limit $4`,
      [workspaceId, after?.at ?? null, after?.id ?? null, limit],
    );
    return rows.map((row) => ({ ...toStored(row), at: row.at }));
  }

  private seal(id: string, password: string | null): readonly [Buffer | null, string | null] {
    if (password === null) return [null, null];
    const { sealed, keyId } = this.box.seal(password, passwordPlace(id));
    return [sealed, keyId];
  }

  private async changed(sql: string, parameters: readonly unknown[], tx: Tx): Promise<StoredServer> {
    const row = await this.database.row<StoredRow>(`${sql} returning ${STORED}`, parameters, tx);
    if (!row) throw new Error('A mail server that was locked is gone.');
    return toStored(row);
  }
}

const valuesOf = (fields: ServerFields): readonly unknown[] => {
  const { host, port, security, username, priority, connections, perSecond, warmUp } = fields;
  const plan = [warmUp?.from ?? null, warmUp?.first ?? null, warmUp?.factor ?? null, warmUp?.until ?? null];
  return [host, port, security, username, priority, connections, perSecond, ...plan];
};

const toStored = (row: StoredRow): StoredServer => {
  const { id, workspaceId, host, port, priority, connections, perSecond, version } = row;
  const { security, username, usedToday, createdAt, enabled } = row;
  const { warmUp } = toServer(row);
  const address = { id, workspaceId, host, port, security, username };
  return { ...address, priority, connections, perSecond, warmUp, enabled, usedToday, createdAt, version };
};
