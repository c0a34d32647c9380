import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import type { WorkspaceId } from '../../kernel/ids.js';
import { type TokenEnd, TokenEnds } from '../domain/token-ends.port.js';
import { FACT_COLUMNS, type FactsRow, toFacts } from './account-row.js';

type EndRow = FactsRow & { readonly tokenExpiresAt: Date | null; readonly refreshRefusedAt: Date | null };

@Injectable()
export class TokenEndsRepository extends TokenEnds {
  constructor(private readonly database: Database) {
    super();
  }

  async list(workspaceId: WorkspaceId): Promise<readonly TokenEnd[]> {
    const rows = await this.database.rows<EndRow>(
      `select ${FACT_COLUMNS}, a.token_expires_at as "tokenExpiresAt", a.invalid_grant_at as "refreshRefusedAt"
         from account a join platform_identity i on i.id = a.identity_id
        where a.workspace_id = $1 and a.status <> 'disconnected' order by a.created_at, a.id`,
      [workspaceId],
    );
    return rows.map(({ tokenExpiresAt, refreshRefusedAt, ...facts }) => ({
      ...toFacts(facts),
      ...(tokenExpiresAt ? { tokenExpiresAt } : {}),
      ...(refreshRefusedAt ? { refreshRefusedAt } : {}),
    }));
  }
}
