import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import type { Tx } from '../../kernel/transaction.js';
import { CanaryTokens } from '../domain/assessments.port.js';

@Injectable()
export class CanaryTokensRepository extends CanaryTokens {
  constructor(private readonly database: Database) {
    super();
  }

  async take(platform: string, region: string, tx?: Tx): Promise<boolean> {
    const taken = await this.database.affected(
      `update platform_health set canary_left = canary_left - 1
        where platform = $1 and region = $2 and capability = 'publish' and canary_left > 0`,
      [platform, region],
      tx,
    );
    return taken > 0;
  }
}
