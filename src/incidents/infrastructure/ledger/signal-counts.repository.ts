import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import type { Tx } from '../../../kernel/transaction.js';
import { SignalCounts, type SignalSpan } from '../../domain/ledger/ledger.port.js';
import type { SignalCount } from '../../domain/ledger/signal-counts.js';

/** Spans end at whole buckets, so that a bucket is counted once. $1 lead, $2 bucket, $3 settle, $4 most: ms. */
const DUE = `
  with span as (
    select i.id, i.platform, i.region,
           coalesce(m.counted_until, date_bin($2 * interval '1 ms', i.opened_at - $1 * interval '1 ms', 'epoch')) as begins,
           least(clock_timestamp() - $3 * interval '1 ms',
                 coalesce(i.closed_at + ($1 + $2) * interval '1 ms', 'infinity')) as ends
      from incident i left join incident_signal_mark m on m.incident_id = i.id
     where i.closed_at is null or i.closed_at > clock_timestamp() - ($1 + $4) * interval '1 ms'
  )
  select id as "incidentId", platform, region, begins as "from",
         date_bin($2 * interval '1 ms', least(ends, begins + $4 * interval '1 ms'), 'epoch') as "to"
    from span where ends >= begins + $2 * interval '1 ms' order by id`;

const COUNT = `
  select date_bin($5 * interval '1 ms', at, 'epoch') as at, source, capability,
         count(*) filter (where verdict = 'good')::int as good, count(*) filter (where verdict = 'bad')::int as bad,
         count(*) filter (where verdict = 'unknown')::int as unknown
    from signal where platform = $1 and region = $2 and at >= $3 and at < $4 group by 1, 2, 3 order by 1, 2, 3`;

@Injectable()
export class SignalCountsRepository extends SignalCounts {
  constructor(private readonly database: Database) {
    super();
  }

  due(
    { leadMs, bucketMs, settleMs }: { readonly leadMs: number; readonly bucketMs: number; readonly settleMs: number },
    mostMs: number,
    tx: Tx,
  ): Promise<SignalSpan[]> {
    return this.database.rows(DUE, [leadMs, bucketMs, settleMs, mostMs], tx);
  }

  count({ platform, region, from, to }: SignalSpan, bucketMs: number, tx: Tx): Promise<SignalCount[]> {
    return this.database.rows(COUNT, [platform, region, from, to, bucketMs], tx);
  }

  async mark({ incidentId, to }: SignalSpan, tx: Tx): Promise<void> {
    await this.database.affected(
      `insert into incident_signal_mark (incident_id, counted_until) values ($1, $2)
       on conflict (incident_id) do update set counted_until = excluded.counted_until`,
      [incidentId, to],
      tx,
    );
  }
}
