import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import type { RetryAllowance } from '../../domain/firing/retry-budget.policy.js';
import { RetryBudget } from '../../domain/firing/retry-budget.port.js';

/** One row per platform rolls on with the minutes; `hasRetryLeft` (`retry-budget.policy.ts`) as a statement. */
const TAKE = `
  with locked as (
    select * from retry_budget where platform = $1 for update
  ), rolled as (
    select greatest(l.minute, m.now) as minute,
           case when l.minute >= m.now then l.first_tries else 0 end + $2::int as first_tries,
           case when l.minute >= m.now then l.first_tries_before
                when l.minute = m.now - interval '1 minute' then l.first_tries else 0 end as first_tries_before,
           case when l.minute >= m.now then l.retries else 0 end as retries
      from locked l, (select date_trunc('minute', clock_timestamp()) as now) m
  )
  update retry_budget b
     set minute = r.minute, first_tries = r.first_tries, first_tries_before = r.first_tries_before,
         retries = r.retries + (r.retries < greatest($4::int, floor($3::float8 * (r.first_tries + r.first_tries_before))))::int
    from rolled r where b.platform = $1
  returning b.retries > r.retries as taken`;

@Injectable()
export class RetryBudgetRepository extends RetryBudget {
  constructor(private readonly database: Database) {
    super();
  }

  async take(platform: string, { ratio, floor }: RetryAllowance, firstTries: number): Promise<boolean> {
    const asked = [platform, firstTries, ratio, floor];
    let answer = await this.database.row<{ taken: boolean }>(TAKE, asked);
    if (!answer) {
      await this.database.affected(`insert into retry_budget (platform) values ($1) on conflict do nothing`, [
        platform,
      ]);
      answer = await this.database.row<{ taken: boolean }>(TAKE, asked);
    }
    return answer?.taken ?? false;
  }
}
