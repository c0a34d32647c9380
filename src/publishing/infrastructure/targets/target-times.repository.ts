import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { TargetStatus } from '../../domain/targets/target-status.js';
import { type TargetChoice, TargetTimes, type TimedTarget } from '../../domain/targets/target-times.port.js';

const SET = `
  update target t
     set scheduled_at = n.scheduled_at, local_time = n.local_time, zone = n.zone, stale_at = n.stale_at, updated_at = now()
    from jsonb_to_recordset($1::jsonb)
           as n (id uuid, scheduled_at timestamptz, local_time timestamp, zone text, stale_at timestamptz)
   where t.id = n.id`;

@Injectable()
export class TargetTimesRepository extends TargetTimes {
  constructor(private readonly database: Database) {
    super();
  }

  pick(
    workspaceId: string,
    choice: TargetChoice,
    { statuses, limit }: { readonly statuses: readonly TargetStatus[]; readonly limit: number },
    tx?: Tx,
  ): Promise<TimedTarget[]> {
    const parameters: unknown[] = [workspaceId, statuses];
    const conditions = ['t.workspace_id = $1', 't.status = any($2)'];
    const add = (condition: string, value: unknown) => {
      if (value !== undefined) conditions.push(condition.replace('?', `$${parameters.push(value)}`));
    };
    add('t.id = any(?::uuid[])', choice.targetIds);
    add('t.status = ?', choice.status);
    add('t.platform = ?', choice.platform);
    add('t.account_id = ?', choice.accountId);
    add('t.post_id = ?', choice.postId);
    add('t.scheduled_at >= ?', choice.from);
    add('t.scheduled_at < ?', choice.to);
    add('t.post_id in (select p.id from post p where p.workspace_id = $1 and p.tags @> array[?])', choice.tag);
    return this.database.rows<TimedTarget>(
      `select t.id, t.post_id as "postId", t.account_id as "accountId", t.status, t.scheduled_at as "scheduledAt",
              to_char(t.local_time, 'YYYY-MM-DD"T"HH24:MI:SS') as "localTime", t.zone
         from target t where ${conditions.join(' and ')} order by t.scheduled_at, t.id limit ${limit}`,
      parameters,
      tx,
    );
  }

  async set(times: Parameters<TargetTimes['set']>[0], tx: Tx): Promise<void> {
    const rows = times.map(({ id, scheduledAt, localTime, zone, staleAt }) => ({
      ...{ id, scheduled_at: scheduledAt, local_time: localTime, zone, stale_at: staleAt },
    }));
    await this.database.affected(SET, [JSON.stringify(rows)], tx);
  }
}
