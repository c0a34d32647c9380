import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { AppConfig } from '../../infra/config/app-config.js';
import { DatabaseClock } from '../../infra/database/database-clock.js';
import { Boss } from '../../infra/jobs/boss.js';
import { Ticks } from '../../infra/jobs/ticks.js';
import { CatchUpTargets } from '../application/rerouting/catch-up-targets.js';
import { ReconcileTargets } from '../application/reconcile/reconcile-targets.js';
import { ReconsiderHeld } from '../application/rerouting/reconsider-held.js';
import { SweepWakeUps } from '../application/firing/sweep-wake-ups.js';
import { TakeOverWorkers } from '../application/reconcile/take-over-workers.js';
import { WakeUpFeed } from '../domain/firing/wake-up-feed.port.js';
import { WAKE_UP_QUEUE } from '../infrastructure/firing/wake-up.queue.js';
import { WorkerRegistry } from '../infrastructure/firing/worker-registry.js';

const FEED_QUEUE = 'wake-up-feed';
const RECONCILE_MS = 250;
const RECONSIDER_MS = 500;
const CATCH_UP_MS = 1_000;
const TAKEOVER_MS = 200;
const FORGOTTEN_MS = 5_000;
const SWEEP_MS = 10_000;
const HEARTBEAT_MS = 1_000;
/** Done wake-ups are of no use to anyone. */
const KEEP_DONE_SECONDS = 60;

/** What the ticks drive, in one place. */
@Injectable()
export class PublishingUseCases {
  constructor(
    readonly reconcile: ReconcileTargets,
    readonly reconsider: ReconsiderHeld,
    readonly catchUp: CatchUpTargets,
    readonly sweep: SweepWakeUps,
    readonly takeOver: TakeOverWorkers,
    readonly feed: WakeUpFeed,
  ) {}
}

/** The periodic work of publishing; each line one use case. */
@Injectable()
export class PublishingJob implements OnModuleInit {
  private readonly logger = new Logger('Publishing');

  constructor(
    private readonly use: PublishingUseCases,
    private readonly config: AppConfig,
    private readonly boss: Boss,
    private readonly ticks: Ticks,
    private readonly registry: WorkerRegistry,
    private readonly clock: DatabaseClock,
  ) {}

  async onModuleInit(): Promise<void> {
    const { engine } = this.boss;
    await engine.createQueue(WAKE_UP_QUEUE, { deleteAfterSeconds: KEEP_DONE_SECONDS });
    await engine.createQueue(FEED_QUEUE, { policy: 'singleton' });
    if (!this.config.publishes) return;
    await engine.schedule(FEED_QUEUE, '* * * * *');
    await engine.work(FEED_QUEUE, () => this.use.feed.feed());
    // Beside the start: very many may be near.
    this.feedFirst();
    this.ticks.every('reconcile', RECONCILE_MS, () => this.use.reconcile.runOnce());
    this.ticks.everyInCluster('reconsider-held', RECONSIDER_MS, () => this.use.reconsider.runOnce());
    this.ticks.everyInCluster('catch-up', CATCH_UP_MS, () => this.use.catchUp.runOnce());
    this.ticks.everyInCluster('sweep-wake-ups', SWEEP_MS, () => this.use.sweep.runOnce());
    // One survivor at a time: what it inherits must not be released by another.
    this.ticks.everyInCluster('takeover', TAKEOVER_MS, () => this.use.takeOver.runOnce(this.registry.workerId));
    this.ticks.everyInCluster('forgotten', FORGOTTEN_MS, () => this.use.takeOver.forgotten());
    this.ticks.every('heartbeat', HEARTBEAT_MS, () => this.registry.heartbeat(this.clock.offsetMs));
  }

  private feedFirst(): void {
    this.use.feed.feed().catch((error: unknown) => {
      this.logger.warn({ err: error }, 'The first wake-ups could not be sent; the feeder sends them within a minute');
    });
  }
}
