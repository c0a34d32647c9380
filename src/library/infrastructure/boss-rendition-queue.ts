import { Injectable } from '@nestjs/common';
import { Boss } from '../../infra/jobs/boss.js';
import type { Tx } from '../../kernel/transaction.js';
import { RenditionQueue } from '../domain/renditions.port.js';

export const RENDITION_QUEUE = 'library-rendition';

/** One order. */
export interface RenditionJobData {
  readonly renditionId: string;
}

/** Renditions as jobs of the same transaction. */
@Injectable()
export class BossRenditionQueue extends RenditionQueue {
  constructor(private readonly boss: Boss) {
    super();
  }

  async enqueue(renditionId: string, tx: Tx): Promise<void> {
    const data: RenditionJobData = { renditionId };
    await this.boss.engine.insert(RENDITION_QUEUE, [{ data }], this.boss.within(tx));
  }
}
