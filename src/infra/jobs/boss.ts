import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { type Db, PgBoss } from 'pg-boss';
import type { DataSource, QueryRunner } from 'typeorm';
import type { Tx } from '../../kernel/transaction.js';
import { runnerOf } from '../database/database.js';

/** pg-boss over TypeORM. Without the `true`, an UPDATE answers a nested array and fetch silently breaks. */
const over = (runner: QueryRunner): Db => ({
  executeSql: async (text: string, values?: unknown[]) => ({
    rows: ((await runner.query(text, values, true)).records as unknown[] | undefined) ?? [],
  }),
});

const overPool = (dataSource: DataSource): Db => ({
  executeSql: async (text: string, values?: unknown[]) => {
    const runner = dataSource.createQueryRunner();
    try {
      return await over(runner).executeSql(text, values);
    } finally {
      await runner.release();
    }
  },
});

/** The one job engine, on the same database and pool as everything else. */
@Injectable()
export class Boss implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger('Boss');
  readonly engine: PgBoss;

  constructor(dataSource: DataSource, supervises: boolean) {
    this.engine = new PgBoss({ db: overPool(dataSource), supervise: supervises, schedule: supervises });
    this.engine.on('error', (error) => this.logger.warn({ err: error }, 'The job engine met a fault; it goes on'));
  }

  async onModuleInit(): Promise<void> {
    await this.engine.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.engine.stop({ graceful: true, close: false, timeout: 5_000 });
  }

  /** Options that make a send part of `tx`. */
  within(tx: Tx): { db: Db } {
    return { db: over(runnerOf(tx)) };
  }
}
