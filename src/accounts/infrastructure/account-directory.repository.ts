import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import type { AccountId, WorkspaceId } from '../../kernel/ids.js';
import type { Tx } from '../../kernel/transaction.js';
import { AccountDirectory } from '../domain/account-directory.port.js';
import type { AccountFacts } from '../domain/account-facts.js';
import { FACT_COLUMNS, type FactsRow, toFacts } from './account-row.js';

const SELECT = `select ${FACT_COLUMNS} from account a join platform_identity i on i.id = a.identity_id`;

@Injectable()
export class AccountDirectoryRepository extends AccountDirectory {
  constructor(private readonly database: Database) {
    super();
  }

  find(workspaceId: WorkspaceId, ids: readonly AccountId[], tx?: Tx): Promise<AccountFacts[]> {
    return this.facts(`${SELECT} where a.workspace_id = $1 and a.id = any($2::uuid[])`, [workspaceId, ids], tx);
  }

  findMany(ids: readonly AccountId[], tx?: Tx): Promise<AccountFacts[]> {
    return this.facts(`${SELECT} where a.id = any($1::uuid[])`, [ids], tx);
  }

  list(workspaceId: WorkspaceId, tx?: Tx): Promise<AccountFacts[]> {
    return this.facts(`${SELECT} where a.workspace_id = $1 order by a.created_at, a.id`, [workspaceId], tx);
  }

  private async facts(sql: string, parameters: readonly unknown[], tx?: Tx): Promise<AccountFacts[]> {
    return (await this.database.rows<FactsRow>(sql, parameters, tx)).map(toFacts);
  }
}
