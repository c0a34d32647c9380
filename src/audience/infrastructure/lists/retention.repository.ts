import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import { Retention } from '../../domain/lists/retention.port.js';

/** Pending for too long since the last request; a confirm link is made with a life of seven days. */
const DUE = `
  select s.workspace_id, s.id,
         exists (select 1 from consent c where c.workspace_id = s.workspace_id and c.subscriber_id = s.id
                    and c.action in ('given', 'withdrawn'))
         or exists (select 1 from broadcast_recipient r where r.workspace_id = s.workspace_id
                       and r.subscriber_id = s.id) as was_on_list
    from subscriber s
   where s.status = 'pending' and s.created_at < statement_timestamp() - $1::float8 * interval '1 ms'
     and not exists (select 1 from consent c where c.workspace_id = s.workspace_id and c.subscriber_id = s.id
                        and c.at >= statement_timestamp() - $1::float8 * interval '1 ms')
   order by s.created_at limit $2 for update of s skip locked`;

@Injectable()
export class RetentionRepository extends Retention {
  constructor(private readonly database: Database) {
    super();
  }

  purgeUnconfirmed(afterMs: number, limit: number): Promise<number> {
    return this.database.run(async (tx) => {
      const due = await this.database.rows<{ id: string; was_on_list: boolean }>(DUE, [afterMs, limit], tx);
      const idsOf = (wasOnList: boolean) =>
        due.filter(({ was_on_list }) => was_on_list === wasOnList).map(({ id }) => id);
      const gone = idsOf(false);
      await this.database.affected('delete from consent where subscriber_id = any ($1::uuid[])', [gone], tx);
      await this.database.affected('delete from subscriber where id = any ($1::uuid[])', [gone], tx);
      await this.database.affected(
        `update subscriber set status = 'unsubscribed', confirm_token_hash = null, confirm_expires_at = null,
                updated_at = clock_timestamp()
          where id = any ($1::uuid[])`,
        [idsOf(true)],
        tx,
      );
      return due.length;
    });
  }
}
