import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import type { MailDue } from '../../domain/members/access-mail.js';
import { AccessMails } from '../../domain/members/access-mails.port.js';

/** While a mail is being written nobody else takes it; longer than a mail server may take. */
const LEASE = `interval '1 minute'`;
const DUE = `mail_at <= statement_timestamp() and expires_at > statement_timestamp()`;

const CLAIM_INVITES = `
  with due as (
    select id from invite where ${DUE} and accepted_at is null and revoked_at is null
     order by mail_at limit $1 for update skip locked
  )
  update invite i set mail_at = statement_timestamp() + ${LEASE}, mail_tries = mail_tries + 1
    from due d, workspace w where i.id = d.id and w.id = i.workspace_id
  returning 'invite' as kind, i.id, i.email, w.name as "workspaceName", i.role, i.expires_at as "expiresAt",
            i.mail_tries as tries`;

const CLAIM_RESETS = `
  with due as (
    select id from password_reset where ${DUE} and used_at is null order by mail_at limit $1 for update skip locked
  ), taken as (
    update password_reset r set mail_tries = mail_tries + 1,
           mail_at = case when exists (select 1 from person p where p.email = r.email)
                          then statement_timestamp() + ${LEASE} end
      from due d where r.id = d.id
    returning r.*
  )
  select 'reset' as kind, id, email, expires_at as "expiresAt", mail_tries as tries from taken where mail_at is not null`;

const KEEP = `interval '30 days'`;
const PURGE = `
  with invites as (
    delete from invite where coalesce(accepted_at, revoked_at, expires_at) < now() - ${KEEP} returning 1
  ), resets as (
    delete from password_reset where expires_at < now() - interval '1 day' returning 1
  ), counters as (
    delete from sign_in_throttle where resets_at < now() returning 1
  )
  select (select count(*) from invites)::int + (select count(*) from resets)::int
         + (select count(*) from counters)::int as count`;

@Injectable()
export class AccessMailsRepository extends AccessMails {
  constructor(private readonly database: Database) {
    super();
  }

  async claim(limit: number): Promise<readonly MailDue[]> {
    const invites = await this.database.rows<MailDue>(CLAIM_INVITES, [limit]);
    return [...invites, ...(await this.database.rows<MailDue>(CLAIM_RESETS, [limit]))];
  }

  async arm(mail: MailDue, tokenHash: Buffer): Promise<boolean> {
    const open = mail.kind === 'invite' ? 'accepted_at is null and revoked_at is null' : 'used_at is null';
    const sql = `update ${tableOf(mail)} set token_hash = $2 where id = $1 and ${open} and mail_tries = $3`;
    return (await this.database.affected(sql, [mail.id, tokenHash, mail.tries])) === 1;
  }

  async told(mail: MailDue): Promise<void> {
    const sql = `update ${tableOf(mail)} set mailed_at = now(), mail_at = null where id = $1`;
    await this.database.affected(sql, [mail.id]);
  }

  async notTold(mail: MailDue, retryInMs: number | undefined): Promise<void> {
    const sql = `update ${tableOf(mail)} set mail_at = now() + $2 * interval '1 millisecond' where id = $1`;
    await this.database.affected(sql, [mail.id, retryInMs ?? null]);
  }

  async purge(): Promise<number> {
    return (await this.database.row<{ count: number }>(PURGE))?.count ?? 0;
  }
}

const tableOf = ({ kind }: MailDue): string => (kind === 'invite' ? 'invite' : 'password_reset');
