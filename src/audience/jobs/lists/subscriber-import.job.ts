import { Injectable, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import { AppConfig } from '../../../infra/config/app-config.js';
import { Boss } from '../../../infra/jobs/boss.js';
import { Ticks } from '../../../infra/jobs/ticks.js';
import { HOUR_MS, MINUTE_MS } from '../../../kernel/durations.js';
import { RunSubscriberImport } from '../../application/lists/run-subscriber-import.js';
import {
  type ImportName,
  SubscriberImportQueue,
  SubscriberImportWork,
} from '../../domain/lists/subscriber-imports.port.js';
import { SUBSCRIBER_IMPORT_QUEUE } from '../../infrastructure/lists/boss-subscriber-import-queue.js';

/** A worker that died is noticed by its silence; the checkpoint says where to go on. */
const QUEUE = { retryLimit: 5, retryDelay: 5, retryBackoff: true, heartbeatSeconds: 60, expireInSeconds: 6 * 3_600 };
/** An import whose job is lost is sent again. */
const SILENT_MS = 5 * MINUTE_MS;

/** Puts imported people on the list where this role publishes, one import of a workspace at a time. */
@Injectable()
export class SubscriberImportJob implements OnModuleInit, OnApplicationBootstrap {
  constructor(
    private readonly config: AppConfig,
    private readonly boss: Boss,
    private readonly imports: RunSubscriberImport,
    private readonly queue: SubscriberImportQueue,
    private readonly work: SubscriberImportWork,
    private readonly ticks: Ticks,
  ) {}

  onModuleInit(): void {
    this.ticks.everyInCluster('audience.wake_imports', MINUTE_MS, () => this.wakeSilent());
    this.ticks.everyInCluster('audience.forget_imports', HOUR_MS, () => this.work.forget());
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.boss.engine.createQueue(SUBSCRIBER_IMPORT_QUEUE, QUEUE);
    if (!this.config.publishes) return;
    const options = { pollingIntervalSeconds: 1, localConcurrency: 2, localGroupConcurrency: 1 };
    await this.boss.engine.work<ImportName>(SUBSCRIBER_IMPORT_QUEUE, options, async ([job]) => {
      if (!job) return;
      if ((await this.imports.runOnce(job.data.id, job.signal)) === 'again') await this.queue.enqueue(job.data);
    });
  }

  async wakeSilent(): Promise<void> {
    for (const name of await this.work.silent(SILENT_MS)) await this.queue.enqueue(name);
  }
}
