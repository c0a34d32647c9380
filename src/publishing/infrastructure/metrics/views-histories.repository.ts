import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import type { Tx } from '../../../kernel/transaction.js';
import { ViewsHistories, type ViewsOwner } from '../../domain/metrics/views-histories.port.js';
import type { KeptHistory } from '../../domain/metrics/views-history.policy.js';

interface HistoryRow {
  readonly perHour: readonly number[];
  readonly seen: readonly number[];
  readonly confirmedAt: Date;
}

@Injectable()
export class ViewsHistoriesRepository extends ViewsHistories {
  constructor(private readonly database: Database) {
    super();
  }

  async lock(accountId: string, tx: Tx): Promise<KeptHistory | undefined> {
    const row = await this.database.row<HistoryRow>(
      `select per_hour as "perHour", seen, confirmed_at as "confirmedAt" from views_history where account_id = $1
          for update`,
      [accountId],
      tx,
    );
    return row && { history: { perHour: row.perHour, seen: row.seen }, confirmedAt: row.confirmedAt };
  }

  async keep({ workspaceId, accountId }: ViewsOwner, { history, confirmedAt }: KeptHistory, tx: Tx): Promise<void> {
    await this.database.affected(
      `insert into views_history (workspace_id, account_id, per_hour, seen, confirmed_at) values ($1, $2, $3, $4, $5)
       on conflict (account_id) do update
          set per_hour = excluded.per_hour, seen = excluded.seen, confirmed_at = excluded.confirmed_at`,
      [workspaceId, accountId, history.perHour, history.seen, confirmedAt],
      tx,
    );
  }
}
