import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { PostLink } from '../../../platforms/domain/post-link.js';
import { type Override, PersonsWords } from '../../domain/reconcile/persons-word.port.js';

@Injectable()
export class PersonsWordsRepository extends PersonsWords {
  constructor(private readonly database: Database) {
    super();
  }

  async attemptInQuestion(targetId: string, tx: Tx): Promise<string | undefined> {
    const row = await this.database.row<{ id: string }>(
      `select id from attempt where target_id = $1 and purpose = 'publish'
        order by (state in ('armed', 'intended', 'processing', 'unknown')) desc, no desc limit 1 for update`,
      [targetId],
      tx,
    );
    return row?.id;
  }

  async ownerOf(
    accountId: string,
    { platformPostId, permalink }: PostLink,
    except: string,
    tx: Tx,
  ): Promise<string | undefined> {
    const row = await this.database.row<{ id: string }>(
      `select id from target where account_id = $1 and id <> $2 and (platform_post_id = $3 or permalink = $4)
       union all
       select target_id from target_duplicate
        where account_id = $1 and target_id <> $2 and (platform_post_id = $3 or permalink = $4)
       limit 1`,
      [accountId, except, platformPostId ?? null, permalink],
      tx,
    );
    return row?.id;
  }

  async recordOverride(attemptId: string, override: Override, tx: Tx): Promise<void> {
    await this.database.affected(
      `update attempt set evidence = evidence || jsonb_build_object('override', $2::jsonb) where id = $1`,
      [attemptId, JSON.stringify(override)],
      tx,
    );
  }
}
