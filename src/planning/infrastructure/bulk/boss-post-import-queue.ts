import { Injectable } from '@nestjs/common';
import { Boss } from '../../../infra/jobs/boss.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { PostImport, PostImportId } from '../../domain/bulk/post-import.js';
import { PostImportQueue } from '../../domain/bulk/post-imports.port.js';

export const POST_IMPORT_QUEUE = 'planning-post-import';

/** What a job carries. */
export interface PostImportJobData {
  readonly id: PostImportId;
  readonly workspaceId: string;
}

/** Imports as jobs, in one group for each workspace. */
@Injectable()
export class BossPostImportQueue extends PostImportQueue {
  constructor(private readonly boss: Boss) {
    super();
  }

  async enqueue(
    { id, workspaceId }: Pick<PostImport, 'id' | 'workspaceId'>,
    { tx, inSeconds = 0 }: { readonly tx?: Tx; readonly inSeconds?: number },
  ): Promise<void> {
    const data: PostImportJobData = { id, workspaceId };
    const job = { data, group: { id: workspaceId }, startAfter: inSeconds };
    await this.boss.engine.insert(POST_IMPORT_QUEUE, [job], tx ? this.boss.within(tx) : {});
  }
}
