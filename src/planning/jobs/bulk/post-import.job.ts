import { Injectable, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import { AppConfig } from '../../../infra/config/app-config.js';
import { Boss } from '../../../infra/jobs/boss.js';
import { Ticks } from '../../../infra/jobs/ticks.js';
import { HOUR_MS, MINUTE_MS } from '../../../kernel/durations.js';
import { RunImport } from '../../application/bulk/run-import.js';
import { ImportWork, PostImportQueue } from '../../domain/bulk/post-imports.port.js';
import { POST_IMPORT_QUEUE, type PostImportJobData } from '../../infrastructure/bulk/boss-post-import-queue.js';

/** A worker that died is noticed by its silence; the rows say where to go on. */
const QUEUE = { retryLimit: 5, retryDelay: 5, retryBackoff: true, heartbeatSeconds: 60, expireInSeconds: 6 * 3_600 };

/** While videos are fetched the job sleeps. */
const WAIT_SECONDS = 3;
/** An import whose job is lost is sent again. */
const SILENT_MS = 5 * MINUTE_MS;

/** Stores imported posts where this role publishes, one import of a workspace at a time. */
@Injectable()
export class PostImportJob implements OnModuleInit, OnApplicationBootstrap {
  constructor(
    private readonly config: AppConfig,
    private readonly boss: Boss,
    private readonly imports: RunImport,
    private readonly queue: PostImportQueue,
    private readonly work: ImportWork,
    private readonly ticks: Ticks,
  ) {}

  onModuleInit(): void {
    this.ticks.everyInCluster('planning.wake_post_imports', MINUTE_MS, () => this.wakeSilent());
    this.ticks.everyInCluster('planning.forget_post_imports', HOUR_MS, () => this.work.forget());
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.boss.engine.createQueue(POST_IMPORT_QUEUE, QUEUE);
    if (!this.config.publishes) return;
    const options = { pollingIntervalSeconds: 1, localConcurrency: 2, localGroupConcurrency: 1 };
    await this.boss.engine.work<PostImportJobData>(POST_IMPORT_QUEUE, options, async ([job]) => {
      if (!job) return;
      const result = await this.imports.runOnce(job.data.id, job.signal);
      if (result === 'again') await this.queue.enqueue(job.data, { inSeconds: WAIT_SECONDS });
    });
  }

  async wakeSilent(): Promise<void> {
    for (const item of await this.work.silent(SILENT_MS)) await this.queue.enqueue(item, {});
  }
}
