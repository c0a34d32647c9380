import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import { newId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import { PasswordResets } from '../../domain/members/password-resets.port.js';

const OPEN = `r.used_at is null and r.expires_at > statement_timestamp()`;

@Injectable()
export class PasswordResetsRepository extends PasswordResets {
  constructor(private readonly database: Database) {
    super();
  }

  async ask(email: string, forMs: number): Promise<void> {
    await this.database.affected(
      `insert into password_reset (id, email, expires_at) values ($1, $2, now() + $3 * interval '1 millisecond')`,
      [newId(), email, forMs],
    );
  }

  byToken(tokenHash: Buffer): Promise<{ personId: string; email: string } | undefined> {
    return this.database.row<{ personId: string; email: string }>(
      `select p.id as "personId", p.email from password_reset r join person p on p.email = r.email
        where r.token_hash = $1 and ${OPEN}`,
      [tokenHash],
    );
  }

  async claim(tokenHash: Buffer, tx: Tx): Promise<boolean> {
    // Every other link of the address dies with this one, in one order for everybody.
    const used = await this.database.rows<{ isThis: boolean }>(
      `with mine as materialized (
         select r.id, r.token_hash = $1 as this from password_reset r
          where r.email = (select email from password_reset where token_hash = $1) and ${OPEN}
          order by r.id for update
       )
       update password_reset r set used_at = now() from mine m
        where r.id = m.id and exists (select 1 from mine where this) returning m.this as "isThis"`,
      [tokenHash],
      tx,
    );
    return used.some(({ isThis }) => isThis);
  }
}
