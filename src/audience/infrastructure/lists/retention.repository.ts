import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import { Retention } from '../../domain/lists/retention.port.js';
import { ERASED } from './subscribers.sql.js';

/** Pending for too long since the last request; a confirm link is made with a life of seven days. */
const DUE = `
  select s.id,
         case when exists (select 1 from suppression x where x.workspace_id = s.workspace_id and x.channel = 'email'
                              and x.address_hmac = s.email_hmac and x.reason = 'erased') then 'erased'
              when exists (select 1 from consent c where c.workspace_id = s.workspace_id and c.subscriber_id = s.id
                              and c.action in ('given', 'withdrawn'))
                or exists (select 1 from broadcast_recipient r where r.workspace_id = s.workspace_id
                              and r.subscriber_id = s.id) then 'left'
              else 'new' end as was
    from subscriber s
   where s.status = 'pending' and s.created_at < statement_timestamp() - $1::float8 * interval '1 ms'
     and not exists (select 1 from consent c where c.workspace_id = s.workspace_id and c.subscriber_id = s.id
                        and c.at >= statement_timestamp() - $1::float8 * interval '1 ms')
   order by s.created_at limit $2 for update of s skip locked`;

/** A phone that was asked as well has its question in the ledger of texts; nobody is left whom it proves anything of. */
const DROP = ['sms_message', 'consent'].map((ledger) => `delete from ${ledger} where subscriber_id = any ($1::uuid[])`);
const DROP_PEOPLE = 'delete from subscriber where id = any ($1::uuid[])';

const LEAVE = `
  update subscriber set status = 'unsubscribed', confirm_token_hash = null, confirm_expires_at = null,
         updated_at = clock_timestamp()
   where id = any ($1::uuid[])`;

/** What a stranger wrote into the form of somebody who is forgotten goes again. */
const ERASE = `
  update subscriber set ${ERASED}, updated_at = clock_timestamp() where id = any ($1::uuid[])`;
const FORGET_VISITORS = 'update consent set ip = null, user_agent = null where subscriber_id = any ($1::uuid[])';

@Injectable()
export class RetentionRepository extends Retention {
  constructor(private readonly database: Database) {
    super();
  }

  purgeUnconfirmed(afterMs: number, limit: number): Promise<number> {
    return this.database.run(async (tx) => {
      const due = await this.database.rows<{ id: string; was: 'new' | 'left' | 'erased' }>(DUE, [afterMs, limit], tx);
      const change = async (was: string, ...statements: readonly string[]) => {
        const ids = due.filter((one) => one.was === was).map(({ id }) => id);
        if (ids.length > 0) for (const sql of statements) await this.database.affected(sql, [ids], tx);
      };
      await change('new', ...DROP, DROP_PEOPLE);
      await change('left', LEAVE);
      await change('erased', ERASE, FORGET_VISITORS);
      return due.length;
    });
  }
}
