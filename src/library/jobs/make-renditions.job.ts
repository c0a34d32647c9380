import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { AppConfig } from '../../infra/config/app-config.js';
import { Boss } from '../../infra/jobs/boss.js';
import { MakeRendition } from '../application/make-rendition.js';
import { RENDITION_QUEUE, type RenditionJobData } from '../infrastructure/boss-rendition-queue.js';

/** Copying the original, and keeping the result, beside the work itself. */
const AROUND_SECONDS = 600;
/** Longest silence of a process before another one takes its rendition over. */
const HEARTBEAT_SECONDS = 30;
const RETRY = { retryLimit: 3, retryDelay: 5, retryBackoff: true, heartbeatSeconds: HEARTBEAT_SECONDS };

/** Makes renditions where this role publishes, one at a time: the coder takes the processors it finds. */
@Injectable()
export class MakeRenditionsJob implements OnApplicationBootstrap {
  private readonly logger = new Logger('Renditions');

  constructor(
    private readonly config: AppConfig,
    private readonly boss: Boss,
    private readonly make: MakeRendition,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const { engine } = this.boss;
    const expireInSeconds = this.config.env.RENDER_TIMEOUT_SECONDS + AROUND_SECONDS;
    await engine.createQueue(RENDITION_QUEUE, { ...RETRY, expireInSeconds });
    if (!this.config.publishes) return;
    await engine.work<RenditionJobData>(RENDITION_QUEUE, { pollingIntervalSeconds: 1 }, async ([job]) => {
      if (!job) return;
      const { signal, retryCount } = job;
      const run = { signal, isLastTry: retryCount >= RETRY.retryLimit };
      await this.make.execute(job.data.renditionId, run).catch((error: unknown) => {
        this.logger.warn({ err: error, renditionId: job.data.renditionId }, 'A rendition was broken off');
        throw error;
      });
    });
  }
}
