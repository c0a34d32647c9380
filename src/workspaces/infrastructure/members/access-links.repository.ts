import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import { newId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import {
  type AccessLink,
  type AccessLinkKind,
  AccessLinks,
  type NewAccessLink,
} from '../../domain/members/access-links.port.js';

const STATE = `case when used_at is not null then 'used' when replaced_at is not null then 'replaced'
  when expires_at <= statement_timestamp() then 'expired' else 'open' end as state`;
const REPLACE = `
  update access_link set replaced_at = now() where kind = 'setup' and used_at is null and replaced_at is null`;

@Injectable()
export class AccessLinksRepository extends AccessLinks {
  constructor(private readonly database: Database) {
    super();
  }

  async insert(link: NewAccessLink, tx: Tx): Promise<{ id: string; expiresAt: Date }> {
    const { kind, tokenHash, workspaceId, memberId, forMs } = link;
    if (kind === 'setup') await this.database.affected(REPLACE, [], tx);
    const [stored] = await this.database.rows<{ id: string; expiresAt: Date }>(
      `insert into access_link (id, kind, token_hash, workspace_id, member_id, expires_at)
       values ($1, $2, $3, $4, $5, now() + $6 * interval '1 millisecond') returning id, expires_at as "expiresAt"`,
      [newId(), kind, tokenHash, workspaceId, memberId ?? null, forMs],
      tx,
    );
    return stored as { id: string; expiresAt: Date };
  }

  byToken(kind: AccessLinkKind, tokenHash: Buffer): Promise<AccessLink | undefined> {
    return this.database.row<AccessLink>(
      `select id, workspace_id as "workspaceId", member_id as "memberId", ${STATE}
         from access_link where kind = $1 and token_hash = $2`,
      [kind, tokenHash],
    );
  }

  async claim(id: string, tx: Tx): Promise<boolean> {
    const sql = `update access_link set used_at = now()
      where id = $1 and used_at is null and replaced_at is null and expires_at > statement_timestamp()`;
    return (await this.database.affected(sql, [id], tx)) === 1;
  }

  purge(): Promise<number> {
    return this.database.affected(`delete from access_link where expires_at < now() - interval '30 days'`);
  }
}
