import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import { newId, type WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { Membership, Person } from '../../domain/members/member.js';
import { type NewPerson, People } from '../../domain/members/people.port.js';

const PERSON = `id, email, name, password_hash as "passwordHash", proved_at is not null as "isProved"`;

@Injectable()
export class PeopleRepository extends People {
  constructor(private readonly database: Database) {
    super();
  }

  byEmail(email: string, tx?: Tx): Promise<Person | undefined> {
    return this.database.row<Person>(`select ${PERSON} from person where email = $1`, [email], tx);
  }

  byId(id: string, tx?: Tx): Promise<Person | undefined> {
    return this.database.row<Person>(`select ${PERSON} from person where id = $1`, [id], tx);
  }

  ofMember(workspaceId: WorkspaceId, memberId: string): Promise<Person | undefined> {
    return this.database.row<Person>(
      `select ${PERSON} from person
        where id = (select person_id from member where workspace_id = $1 and id = $2)`,
      [workspaceId, memberId],
    );
  }

  insert({ email, name, passwordHash, isProved }: NewPerson, tx: Tx): Promise<Person | undefined> {
    return this.database.row<Person>(
      `insert into person (id, email, name, password_hash, proved_at)
       values ($1, $2, $3, $4, case when $5 then now() end)
       on conflict (email) do nothing returning ${PERSON}`,
      [newId(), email, name, passwordHash, isProved],
      tx,
    );
  }

  async setPassword(
    id: string,
    { passwordHash, isProved, was }: Parameters<People['setPassword']>[1],
    tx: Tx,
  ): Promise<boolean> {
    const changed = await this.database.affected(
      `update person set password_hash = $2, password_set_at = now(),
              proved_at = case when $3 then coalesce(proved_at, now()) else proved_at end
        where id = $1 and ($4::text is null or password_hash = $4)`,
      [id, passwordHash, isProved ?? false, was ?? null],
      tx,
    );
    return changed === 1;
  }

  memberships(id: string, tx?: Tx): Promise<readonly Membership[]> {
    return this.database.rows<Membership>(
      `select m.id as "memberId", m.workspace_id as "workspaceId", w.name as "workspaceName", m.role
         from member m join workspace w on w.id = m.workspace_id
        where m.person_id = $1 order by m.created_at, m.id`,
      [id],
      tx,
    );
  }

  async forgetIfAlone(id: string, tx: Tx): Promise<void> {
    await this.database.affected(
      `delete from person p where p.id = $1 and not exists (select 1 from member m where m.person_id = p.id)`,
      [id],
      tx,
    );
  }
}
