import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { AppConfig } from '../../../infra/config/app-config.js';
import { Boss } from '../../../infra/jobs/boss.js';
import { Clock } from '../../../kernel/clock.port.js';
import { ArmTargets } from '../../application/firing/arm-targets.js';
import { FireDueTargets } from '../../application/firing/fire-due-targets.js';
import type { ArmedTarget } from '../../domain/targets/target-record.js';
import { WAKE_UP_QUEUE, type WakeUpJob, wakeUpPriority } from '../../infrastructure/firing/wake-up.queue.js';
import { WorkerRegistry } from '../../infrastructure/firing/worker-registry.js';
import { DueCalendar } from './due-calendar.js';

const BATCH = 1_000;
/** Batches armed at once, each on its own connection. */
const ARMED_AT_ONCE = 2;
/** Floor of the pump: how long a wake-up may wait when the notification got lost. */
const POLL_MS = 500;
const AFTER_FAULT_MS = 1_000;
/** Calls still running at shutdown get this long; then the reconciler has them. */
const DRAIN_MS = 14_000;
/** The end of our connection gives the lock back as well. */
const LEAVE_MS = 1_000;

/** Takes wake-ups ahead of time, holds them by due instant and fires them exactly then. */
@Injectable()
export class DuePump implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Pump');
  private readonly calendar: DueCalendar;
  private readonly batches = new Set<Promise<void>>();
  private workerId: string | undefined;
  private stopped = false;
  private loop: Promise<void> = Promise.resolve();
  /** Somebody planned near work while we were busy: no rest before the next look. */
  private isPoked = false;
  private endRest: () => void = () => undefined;

  constructor(
    private readonly config: AppConfig,
    private readonly boss: Boss,
    private readonly registry: WorkerRegistry,
    private readonly arming: ArmTargets,
    private readonly fireDue: FireDueTargets,
    private readonly clock: Clock,
  ) {
    this.calendar = new DueCalendar(
      () => clock.now().getTime(),
      (due) => fireDue.fire(due),
    );
    fireDue.onAgain((items, inMs) => this.fireAgain(items, inMs));
  }

  onApplicationBootstrap(): void {
    if (this.config.publishes) this.loop = this.run();
  }

  /** Hands back what is not due, lets running calls end, then leaves. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    this.poke();
    // The database may be away, and then nothing below ends by itself.
    await within(DRAIN_MS, this.drain());
    await within(LEAVE_MS, this.registry.leave());
  }

  private async drain(): Promise<void> {
    await this.loop;
    await Promise.all(this.batches);
    await this.fireDue.whenFired();
    const left = this.calendar.drain();
    await this.arming.handBack(left).catch(() => undefined);
    await this.fireDue.stop();
    await this.arming.whenSetAside();
    await this.fireDue.whenIdle();
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      try {
        const took = await this.takeWakeUps();
        if (took < BATCH) await this.rest(POLL_MS);
      } catch (error) {
        this.logger.warn({ err: error }, 'The pump met a fault; it goes on');
        this.isPoked = false;
        await this.rest(AFTER_FAULT_MS);
      }
    }
  }

  private async takeWakeUps(): Promise<number> {
    this.isPoked = false;
    const workerId = await this.registry.ensure(() => this.poke());
    // A new life: what the old one armed is taken over by whoever sees it gone.
    if (workerId !== this.workerId) this.calendar.drain();
    this.workerId = workerId;
    while (this.batches.size >= ARMED_AT_ONCE) await Promise.race(this.batches);
    const minPriority = wakeUpPriority(this.clock.now().getTime()) - 1;
    const jobs = await this.boss.engine.fetch<WakeUpJob>(WAKE_UP_QUEUE, { batchSize: BATCH, minPriority });
    if (jobs.length === 0) return 0;
    const batch = this.arm(workerId, jobs)
      .catch((error: unknown) => {
        this.logger.warn({ err: error, targets: jobs.length }, 'Could not arm; the sweep wakes them again');
      })
      .finally(() => this.batches.delete(batch));
    this.batches.add(batch);
    return jobs.length;
  }

  private async arm(
    workerId: string,
    jobs: readonly { readonly id: string; readonly data: WakeUpJob }[],
  ): Promise<void> {
    const armed = await this.arming.arm(
      workerId,
      jobs.map((job) => job.data),
    );
    // A life that ended meanwhile: the takeover has them.
    if (workerId === this.workerId) this.calendar.add(armed);
    // Armed is as good as done: the lease, not the job, now says who has it.
    await this.boss.engine.complete(
      WAKE_UP_QUEUE,
      jobs.map((job) => job.id),
    );
  }

  /** After a broken presence the leases are a dead worker's: the takeover has them, not we. */
  private fireAgain(items: readonly ArmedTarget[], inMs: number): void {
    if (this.stopped || this.registry.workerId !== this.workerId) return;
    this.calendar.add(items, Math.ceil(this.clock.now().getTime() + inMs));
  }

  private poke(): void {
    this.isPoked = true;
    this.endRest();
  }

  private rest(ms: number): Promise<void> {
    if (this.isPoked) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.endRest = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

/** Resolves when `work` ends, in any way, at the latest after `ms`. */
const within = (ms: number, work: Promise<unknown>): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    void work
      .catch(() => undefined)
      .finally(() => {
        clearTimeout(timer);
        resolve();
      });
  });
