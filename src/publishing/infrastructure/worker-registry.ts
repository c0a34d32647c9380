import { Injectable, Logger } from '@nestjs/common';
import { DataSource, type QueryRunner } from 'typeorm';
import { newId } from '../../kernel/ids.js';
import { WAKE_UP_CHANNEL } from './wake-up.queue.js';

/** The part of the driver's client that we use besides queries. */
interface PinnedClient {
  on(event: 'notification' | 'error' | 'end', listener: () => void): void;
  removeAllListeners(event: string): void;
}

/**
 * This worker's presence: a row and a session advisory lock on a connection of its own. While the lock is held the
 * worker lives; when its connection breaks, the worker is gone for its peers and registers anew.
 */
@Injectable()
export class WorkerRegistry {
  private readonly logger = new Logger('Worker');
  private runner: QueryRunner | undefined;
  private currentId: string | undefined;

  constructor(private readonly dataSource: DataSource) {}

  /** The id under which leases are taken; undefined while the database is away. */
  get workerId(): string | undefined {
    return this.currentId;
  }

  /** Registers if needed and says how it stands; `onWake` is called when someone plans near work. */
  async ensure(onWake: () => void): Promise<string> {
    if (this.currentId) return this.currentId;
    const runner = this.dataSource.createQueryRunner();
    try {
      const client = (await runner.connect()) as PinnedClient;
      const id = newId();
      client.on('notification', onWake);
      client.on('error', () => this.lose(runner));
      client.on('end', () => this.lose(runner));
      // Lock before the row is visible, so that no peer takes a newcomer for dead.
      await runner.startTransaction();
      const [row] = (await runner.query(`insert into worker (id) values ($1) returning lock_key`, [id])) as [
        { lock_key: string },
      ];
      await runner.query(`select pg_advisory_lock($1)`, [row.lock_key]);
      await runner.commitTransaction();
      await runner.query(`listen ${WAKE_UP_CHANNEL}`);
      this.runner = runner;
      this.currentId = id;
      return id;
    } catch (error) {
      await runner.release().catch(() => undefined);
      throw error;
    }
  }

  /** Shows that we live; notices a connection that died silently. */
  async heartbeat(clockOffsetMs: number): Promise<void> {
    if (!this.runner) return;
    try {
      await this.runner.query(
        `update worker set heartbeat_at = clock_timestamp(), clock_offset_ms = $2 where id = $1`,
        [this.currentId, Math.round(clockOffsetMs)],
      );
    } catch {
      this.lose(this.runner);
    }
  }

  /** Gives the lock back; peers take over what is left at once. */
  async leave(): Promise<void> {
    const { runner } = this;
    this.runner = undefined;
    this.currentId = undefined;
    if (!runner) return;
    await runner.query(`select pg_advisory_unlock_all()`).catch(() => undefined);
    await runner.release().catch(() => undefined);
  }

  private lose(runner: QueryRunner): void {
    if (this.runner !== runner) return;
    this.logger.warn('The connection that shows we live broke; registering anew');
    this.runner = undefined;
    this.currentId = undefined;
    runner.release().catch(() => undefined);
  }
}
