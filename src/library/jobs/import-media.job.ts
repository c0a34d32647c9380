import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { AppConfig } from '../../infra/config/app-config.js';
import { Boss } from '../../infra/jobs/boss.js';
import { FetchImport } from '../application/fetch-import.js';
import { MAX_IMPORT_TRIES } from '../domain/media-import.js';
import { IMPORT_QUEUE, type ImportWork } from '../infrastructure/boss-import-queue.js';

/**
 * 5, 10, 20 ... seconds between tries. The number of tries is the import's own; a worker that died is noticed by its
 * silence, and its try counts.
 */
const QUEUE = {
  retryLimit: MAX_IMPORT_TRIES,
  retryDelay: 5,
  retryBackoff: true,
  heartbeatSeconds: 60,
  expireInSeconds: 20 * 3_600,
};

/** Slow addresses must not keep the others waiting. */
const AT_ONCE = 4;
/** A workspace whose addresses are slow keeps the others waiting no longer than half the places. */
const AT_ONCE_OF_WORKSPACE = 2;

/** Fetches imports where this role publishes. */
@Injectable()
export class ImportMediaJob implements OnApplicationBootstrap {
  constructor(
    private readonly config: AppConfig,
    private readonly boss: Boss,
    private readonly fetch: FetchImport,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.boss.engine.createQueue(IMPORT_QUEUE, QUEUE);
    if (!this.config.publishes) return;
    const options = {
      pollingIntervalSeconds: 1,
      localConcurrency: AT_ONCE,
      localGroupConcurrency: AT_ONCE_OF_WORKSPACE,
    };
    await this.boss.engine.work<ImportWork>(IMPORT_QUEUE, options, async ([job]) => {
      if (job && (await this.fetch.runOnce(job.data.id, job.signal)) === 'again')
        throw new Error('The other side did not give the file.');
    });
  }
}
