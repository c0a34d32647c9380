import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { AppConfig } from '../../../infra/config/app-config.js';
import { MINUTE_MS } from '../../../kernel/durations.js';
import { KeepCopies } from '../../application/status/keep-copies.js';

/** In every process that answers visitors, also in those that publish nothing: each needs copies of its own. */
@Injectable()
export class StatusJob implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly config: AppConfig,
    private readonly keep: KeepCopies,
  ) {}

  onApplicationBootstrap(): void {
    if (this.config.servesHttp) this.plan(0);
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    await this.running;
  }

  private plan(inMs: number): void {
    this.timer = setTimeout(() => {
      this.running = this.keep.runOnce().then(
        () => this.again(),
        () => this.again(),
      );
    }, inMs);
    this.timer.unref();
  }

  private again(): void {
    if (this.timer) this.plan(MINUTE_MS);
  }
}
