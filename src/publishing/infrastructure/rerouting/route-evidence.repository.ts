import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import type { Tx } from '../../../kernel/transaction.js';
import { type CarriedBy, RouteEvidence, type UsedOn } from '../../domain/rerouting/route-evidence.port.js';

@Injectable()
export class RouteEvidenceRepository extends RouteEvidence {
  constructor(private readonly database: Database) {
    super();
  }

  carriers(occurrenceIds: readonly string[], tx?: Tx): Promise<readonly CarriedBy[]> {
    return this.database.rows<CarriedBy>(
      `select distinct occurrence_id as "occurrenceId", account_id as "accountId" from target
        where occurrence_id = any($1::uuid[]) and status <> 'cancelled'`,
      [occurrenceIds],
      tx,
    );
  }

  recentUses(postIds: readonly string[], since: Date, tx?: Tx): Promise<readonly UsedOn[]> {
    return this.database.rows<UsedOn>(
      `select distinct post_id as "postId", account_id as "accountId" from target
        where post_id = any($1::uuid[]) and published_at >= $2`,
      [postIds, since],
      tx,
    );
  }
}
