import { Injectable } from '@nestjs/common';
import { Boss } from '../../infra/jobs/boss.js';
import type { Tx } from '../../kernel/transaction.js';
import { ImportQueue } from '../domain/media-imports.port.js';
import type { ImportId, MediaImport } from '../domain/media-import.js';

export const IMPORT_QUEUE = 'library-import';

/** What a job carries. */
export interface ImportWork {
  readonly id: ImportId;
}

/** Imports as jobs of the same transaction, in one group for each workspace. */
@Injectable()
export class BossImportQueue extends ImportQueue {
  constructor(private readonly boss: Boss) {
    super();
  }

  async enqueue({ id, workspaceId }: Pick<MediaImport, 'id' | 'workspaceId'>, tx: Tx): Promise<void> {
    await this.boss.engine.insert(IMPORT_QUEUE, [{ data: { id }, group: { id: workspaceId } }], this.boss.within(tx));
  }
}
