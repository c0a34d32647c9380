import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import type { PlatformName } from '../../platforms/domain/platform-name.js';
import type { ProbeAccount } from '../domain/probe-budget.js';
import { ProbeSources } from '../domain/probe-sources.port.js';

/** Reads the accounts' table, writes nothing: the directory answers by workspace, a probe is the instance's. */
@Injectable()
export class ProbeSourcesRepository extends ProbeSources {
  constructor(private readonly database: Database) {
    super();
  }

  async accounts(platform: PlatformName, memoryMs: number): Promise<ProbeAccount[]> {
    const rows = await this.database.rows<{ accountId: string; region: string; lastProbeAt: Date | null }>(
      `select a.id as "accountId", a.region, p.at as "lastProbeAt"
         from account a
         left join (select account_id, max(at) as at from signal
                     where source = 'probe' and platform = $1 and account_id is not null
                       and at > statement_timestamp() - $2 * interval '1 ms'
                     group by account_id) p on p.account_id = a.id
        where a.platform = $1 and a.status = 'active'`,
      [platform, memoryMs],
    );
    return rows.map(({ lastProbeAt, ...row }) => ({ ...row, ...(lastProbeAt === null ? {} : { lastProbeAt }) }));
  }

  async lastLook(platform: PlatformName, memoryMs: number): Promise<Date | undefined> {
    const row = await this.database.row<{ at: Date | null }>(
      `select max(at) as at from signal
        where source = 'probe' and platform = $1 and account_id is null
          and at > statement_timestamp() - $2 * interval '1 ms'`,
      [platform, memoryMs],
    );
    return row?.at ?? undefined;
  }
}
