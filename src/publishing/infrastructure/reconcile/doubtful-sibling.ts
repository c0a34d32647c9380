import type { Database } from '../../../infra/database/database.js';
import { plusMs } from '../../../kernel/durations.js';
import type { Tx } from '../../../kernel/transaction.js';
import { CREATED_SLACK_MS } from '../../../platforms/domain/caption-matching.js';
import type { TargetRecord } from '../../domain/targets/target-record.js';

/**
 * Another run of the same post on the same account that may own what the account's list shows: under way, or live since
 * then under an id nobody knows yet. $1 target, $2 post, $3 account, $4 when ours can have begun at the earliest.
 */
const DOUBTFUL_SIBLING = `
  select 1 from attempt o
   where o.post_id = $2 and o.account_id = $3 and o.target_id <> $1 and o.purpose = 'publish'
     and o.state in ('armed', 'intended', 'processing', 'unknown')
   union all
  select 1 from target o
   where o.post_id = $2 and o.account_id = $3 and o.id <> $1 and o.status = 'published' and o.platform_post_id is null
     and coalesce(o.published_at, o.updated_at) >= $4
   limit 1`;

export const hasDoubtfulSibling = async (
  database: Database,
  { id, postId, accountId }: TargetRecord,
  since: Date,
  tx?: Tx,
): Promise<boolean> => {
  const from = plusMs(since, -CREATED_SLACK_MS);
  return (await database.row(DOUBTFUL_SIBLING, [id, postId, accountId, from], tx)) !== undefined;
};
