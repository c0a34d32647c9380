import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import { newId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import { Occurrences } from '../../domain/targets/occurrences.port.js';

@Injectable()
export class OccurrencesRepository extends Occurrences {
  constructor(private readonly database: Database) {
    super();
  }

  async create(run: Parameters<Occurrences['create']>[0], tx: Tx): Promise<string> {
    const id = newId();
    await this.database.affected(
      `insert into occurrence (id, workspace_id, post_id, number, planned_at, source)
       select $1, $2, $3, coalesce(max(number), 0) + 1, $4, $5 from occurrence where post_id = $3`,
      [id, run.workspaceId, run.postId, run.plannedAt, run.source],
      tx,
    );
    return id;
  }
}
