import { Injectable, Logger } from '@nestjs/common';
import { DataSource, type QueryRunner } from 'typeorm';
import { newId } from '../../../kernel/ids.js';
import { WAKE_UP_CHANNEL } from './wake-up.queue.js';

/** The part of the driver's client that we use besides queries. */
interface PinnedClient {
  on(event: 'notification' | 'error' | 'end', listener: () => void): void;
  removeAllListeners(event: 'notification'): void;
  end(): Promise<void>;
}

/**
 * This worker's presence: a row and a session advisory lock on a connection of its own. While the lock is held the
 * worker lives; when its connection breaks, the worker is gone for its peers and registers anew.
 */
@Injectable()
export class WorkerRegistry {
  private readonly logger = new Logger('Worker');
  private runner: QueryRunner | undefined;
  private client: PinnedClient | undefined;
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
    let client: PinnedClient | undefined;
    try {
      client = (await runner.connect()) as PinnedClient;
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
      this.client = client;
      this.currentId = id;
      return id;
    } catch (error) {
      this.close(runner, client);
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
    const { runner, client } = this;
    this.runner = undefined;
    this.currentId = undefined;
    if (!runner) return;
    await runner.query(`select pg_advisory_unlock_all()`).catch(() => undefined);
    this.close(runner, client);
  }

  private lose(runner: QueryRunner): void {
    if (this.runner !== runner) return;
    this.logger.warn('The connection that shows we live broke; registering anew');
    this.runner = undefined;
    this.currentId = undefined;
    this.close(runner, this.client);
  }

  /**
   * Ends the connection instead of giving it back: in the pool it would keep the lock (and a dead worker would look
   * alive for ever), the subscription and our listeners. The pool drops an ended client.
   */
  private close(runner: QueryRunner, client: PinnedClient | undefined): void {
    client?.removeAllListeners('notification');
    client?.end().catch(() => undefined);
    runner.release().catch(() => undefined);
  }
}
