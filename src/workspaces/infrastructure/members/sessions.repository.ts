import type { Database } from '../../../infra/database/database.js';
import { newId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import {
  type ListedSession,
  type LiveSession,
  type NewSession,
  type SessionLimits,
  Sessions,
} from '../../domain/members/sessions.port.js';

/** "Last seen" is noted at most so often: every request would be a write. */
const SEEN_EVERY = `interval '1 minute'`;
/** `$1` idle ms. */
const LIVES = `s.expires_at > statement_timestamp()
  and s.last_seen_at > statement_timestamp() - $1 * interval '1 millisecond'`;

export class SessionsRepository extends Sessions {
  constructor(
    private readonly database: Database,
    private readonly limits: SessionLimits,
  ) {
    super();
  }

  begin(session: NewSession, tx: Tx): Promise<{ id: string; expiresAt: Date } | undefined> {
    const { tokenHash, memberId, workspaceId, personId, passwordHash, address, userAgent } = session;
    return this.database.row<{ id: string; expiresAt: Date }>(
      `insert into session (id, token_hash, workspace_id, member_id, person_id, address, user_agent, expires_at)
       select $1, $2, m.workspace_id, m.id, p.id, $7, $8, now() + $9 * interval '1 millisecond'
         from member m join person p on p.id = m.person_id
        where m.workspace_id = $3 and m.id = $4 and p.id = $5 and p.password_hash = $6
          for key share of m, p
       returning id, expires_at as "expiresAt"`,
      [newId(), tokenHash, workspaceId, memberId, personId, passwordHash, address, userAgent, this.limits.maxMs],
      tx,
    );
  }

  live(tokenHash: Buffer): Promise<LiveSession | undefined> {
    return this.database.row<LiveSession>(
      `select s.id, s.member_id as "memberId", s.workspace_id as "workspaceId", s.person_id as "personId", m.role,
              s.expires_at as "expiresAt", w.requires_totp as "requiresTotp", f.id is not null as "hasTotp",
              s.last_seen_at < statement_timestamp() - ${SEEN_EVERY} as "isToBeSeen"
         from session s join member m on m.workspace_id = s.workspace_id and m.id = s.member_id
         join workspace w on w.id = s.workspace_id
         left join second_factor f on f.person_id = s.person_id and f.confirmed_at is not null
        where s.token_hash = $2 and ${LIVES}`,
      [this.limits.idleMs, tokenHash],
    );
  }

  async see(id: string): Promise<void> {
    await this.database.affected(`update session set last_seen_at = now() where id = $1`, [id]);
  }

  ofPerson(personId: string): Promise<readonly ListedSession[]> {
    return this.database.rows<ListedSession>(
      `select s.id, s.workspace_id as "workspaceId", s.address, s.user_agent as "userAgent", s.created_at as "createdAt",
              s.last_seen_at as "lastSeenAt", s.expires_at as "expiresAt"
         from session s where s.person_id = $2 and ${LIVES} order by s.last_seen_at desc, s.id limit 100`,
      [this.limits.idleMs, personId],
    );
  }

  async end(personId: string, id: string, tx: Tx): Promise<boolean> {
    const sql = `delete from session where person_id = $1 and id = $2`;
    return (await this.database.affected(sql, [personId, id], tx)) > 0;
  }

  async endByToken(tokenHash: Buffer, tx: Tx): Promise<void> {
    await this.database.affected(`delete from session where token_hash = $1`, [tokenHash], tx);
  }

  endAll(personId: string, except: string | undefined, tx: Tx): Promise<number> {
    return this.database.affected(
      `delete from session where person_id = $1 and ($2::uuid is null or id <> $2)`,
      [personId, except ?? null],
      tx,
    );
  }

  purge(): Promise<number> {
    return this.database.affected(`delete from session s where not (${LIVES})`, [this.limits.idleMs]);
  }
}
