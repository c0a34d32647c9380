import { Injectable } from '@nestjs/common';
import { Database, isUniqueViolation } from '../../../infra/database/database.js';
import { newId, type WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import { alreadyMember } from '../../domain/members/access.errors.js';
import type { Member } from '../../domain/members/member.js';
import { type ListedMember, Members } from '../../domain/members/members.port.js';
import type { Role } from '../../domain/members/role.js';

const MEMBER = `m.id, m.workspace_id as "workspaceId", m.person_id as "personId", p.email, p.name, m.role,
  m.created_at as "createdAt"`;
const FROM = `from member m join person p on p.id = m.person_id`;

@Injectable()
export class MembersRepository extends Members {
  constructor(private readonly database: Database) {
    super();
  }

  async lockWorkspace(workspaceId: WorkspaceId, tx: Tx): Promise<void> {
    await this.database.rows(`select 1 from workspace where id = $1 for update`, [workspaceId], tx);
  }

  get(workspaceId: WorkspaceId, id: string, tx?: Tx): Promise<Member | undefined> {
    return this.database.row<Member>(
      `select ${MEMBER} ${FROM} where m.workspace_id = $1 and m.id = $2`,
      [workspaceId, id],
      tx,
    );
  }

  list(workspaceId: WorkspaceId, { limit, after }: Parameters<Members['list']>[1]): Promise<readonly ListedMember[]> {
    return this.database.rows<ListedMember>(
      `select ${MEMBER}, m.created_at::text as at ${FROM}
        where m.workspace_id = $1 and ($2::timestamptz is null or (m.created_at, m.id) < ($2, $3::uuid))
        order by m.created_at desc, m.id desc limit $4`,
      [workspaceId, after?.at ?? null, after?.id ?? null, limit],
    );
  }

  async insert({ workspaceId, personId, role }: Parameters<Members['insert']>[0], tx: Tx): Promise<string> {
    const id = newId();
    try {
      await this.database.affected(
        `insert into member (id, workspace_id, person_id, role) values ($1, $2, $3, $4)`,
        [id, workspaceId, personId, role],
        tx,
      );
    } catch (error) {
      if (isUniqueViolation(error, 'member_once')) throw alreadyMember();
      throw error;
    }
    return id;
  }

  async setRole(workspaceId: WorkspaceId, id: string, role: Role, tx: Tx): Promise<void> {
    await this.database.affected(
      `update member set role = $3 where workspace_id = $1 and id = $2`,
      [workspaceId, id, role],
      tx,
    );
  }

  async remove(workspaceId: WorkspaceId, id: string, tx: Tx): Promise<void> {
    await this.database.affected(`delete from member where workspace_id = $1 and id = $2`, [workspaceId, id], tx);
  }

  async isAnybody(tx?: Tx): Promise<boolean> {
    const sql = `select exists (select 1 from member) as "isAnybody"`;
    return (await this.database.row<{ isAnybody: boolean }>(sql, [], tx))?.isAnybody ?? false;
  }

  count(workspaceId: WorkspaceId, tx: Tx): Promise<number> {
    return this.countOf(`select count(*)::int as count from member where workspace_id = $1`, [workspaceId], tx);
  }

  countOwners(workspaceId: WorkspaceId, except: string, tx: Tx): Promise<number> {
    const sql = `select count(*)::int as count from member where workspace_id = $1 and role = 'owner' and id <> $2`;
    return this.countOf(sql, [workspaceId, except], tx);
  }

  async hasEmail(workspaceId: WorkspaceId, email: string, tx: Tx): Promise<boolean> {
    const sql = `select count(*)::int as count ${FROM} where m.workspace_id = $1 and p.email = $2`;
    return (await this.countOf(sql, [workspaceId, email], tx)) > 0;
  }

  private async countOf(sql: string, values: readonly unknown[], tx: Tx): Promise<number> {
    return (await this.database.row<{ count: number }>(sql, values, tx))?.count ?? 0;
  }
}
