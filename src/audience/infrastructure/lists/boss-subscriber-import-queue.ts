import { Injectable } from '@nestjs/common';
import { Boss } from '../../../infra/jobs/boss.js';
import type { Tx } from '../../../kernel/transaction.js';
import { type ImportName, SubscriberImportQueue } from '../../domain/lists/subscriber-imports.port.js';

export const SUBSCRIBER_IMPORT_QUEUE = 'audience-subscriber-import';

/** Imports as jobs, in one group for each workspace. */
@Injectable()
export class BossSubscriberImportQueue extends SubscriberImportQueue {
  constructor(private readonly boss: Boss) {
    super();
  }

  async enqueue({ id, workspaceId }: ImportName, tx?: Tx): Promise<void> {
    const data: ImportName = { id, workspaceId };
    const jobs = [{ data, group: { id: workspaceId } }];
    await this.boss.engine.insert(SUBSCRIBER_IMPORT_QUEUE, jobs, tx ? this.boss.within(tx) : {});
  }
}
