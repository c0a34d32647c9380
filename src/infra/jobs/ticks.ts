import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AppConfig } from '../config/app-config.js';
import { LockSession } from './lock-session.js';

/** After a failure (mostly: the database is away) a tick waits this long instead of its own interval. */
const AFTER_FAILURE_MS = 1_000;

interface Tick {
  readonly name: string;
  readonly everyMs: number;
  readonly runOnce: () => Promise<unknown>;
}

/**
 * In-process ticks: one at a time each, started where this role publishes, awaited at shutdown.
 * A failure is logged once per streak and the tick goes on.
 */
@Injectable()
export class Ticks implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Ticks');
  private readonly registered: Tick[] = [];
  private readonly timers = new Map<string, NodeJS.Timeout>();
  private readonly running = new Set<Promise<void>>();
  private readonly failing = new Set<string>();
  private readonly locks: LockSession;
  private stopped = false;

  constructor(
    private readonly config: AppConfig,
    dataSource: DataSource,
  ) {
    this.locks = new LockSession(dataSource);
  }

  /** Runs `runOnce` every `everyMs` in this process. Call it in `onModuleInit`. */
  every(name: string, everyMs: number, runOnce: () => Promise<unknown>): void {
    this.registered.push({ name, everyMs, runOnce });
  }

  /** The same, in one process of the cluster at a time: whoever holds the lock of this name. */
  everyInCluster(name: string, everyMs: number, runOnce: () => Promise<unknown>): void {
    this.every(name, everyMs, () => this.alone(name, runOnce));
  }

  onApplicationBootstrap(): void {
    if (!this.config.publishes) return;
    for (const tick of this.registered) this.plan(tick, 0);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    for (const timer of this.timers.values()) clearTimeout(timer);
    await Promise.allSettled(this.running);
    await this.locks.end();
  }

  private plan(tick: Tick, inMs: number): void {
    if (this.stopped) return;
    const timer = setTimeout(() => {
      const run = this.run(tick).finally(() => this.running.delete(run));
      this.running.add(run);
    }, inMs);
    this.timers.set(tick.name, timer);
  }

  private async run(tick: Tick): Promise<void> {
    try {
      await tick.runOnce();
      if (this.failing.delete(tick.name)) this.logger.log(`${tick.name} works again`);
      this.plan(tick, tick.everyMs);
    } catch (error) {
      if (!this.failing.has(tick.name)) this.logger.warn({ err: error, tick: tick.name }, 'A tick failed; it goes on');
      this.failing.add(tick.name);
      this.plan(tick, Math.max(tick.everyMs, AFTER_FAILURE_MS));
    }
  }

  /** A session lock, not a transaction: the work opens its own transactions and may call out. */
  private async alone(name: string, work: () => Promise<unknown>): Promise<void> {
    const [lock] = await this.locks.query<{ taken: boolean }>(
      'select pg_try_advisory_lock(hashtextextended($1, 0)) as taken',
      name,
    );
    if (!lock?.taken) return;
    try {
      await work();
    } finally {
      await this.locks.query('select pg_advisory_unlock(hashtextextended($1, 0))', name);
    }
  }
}
