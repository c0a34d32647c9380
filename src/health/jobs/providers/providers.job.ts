import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { ProviderObservations } from '../../../infra/providers/provider-observations.js';
import { SECOND_MS } from '../../../kernel/durations.js';
import { JudgeProviders } from '../../application/providers/judge-providers.js';

const FLUSH_EVERY_MS = 5 * SECOND_MS;

/** Brings what the edges of this process counted into the tables. In every role: uploads arrive where nothing ticks. */
@Injectable()
export class ProvidersJob implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Providers');
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly observations: ProviderObservations,
    private readonly judge: JudgeProviders,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.runOnce(), FLUSH_EVERY_MS);
    this.timer.unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.runOnce();
  }

  /** Never throws: what could not be stored is only counts. */
  runOnce(): Promise<void> {
    this.running = this.running.then(() => this.flush());
    return this.running;
  }

  private async flush(): Promise<void> {
    const taken = this.observations.take();
    try {
      await this.judge.execute(taken);
    } catch (error) {
      this.logger.debug({ err: error }, 'Observations of providers were lost');
    }
  }
}
