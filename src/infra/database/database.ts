import { Injectable } from '@nestjs/common';
import { DataSource, type QueryRunner } from 'typeorm';
import type { Tx } from '../../kernel/transaction.js';
import { UnitOfWork } from '../../kernel/transaction.js';

const runners = new WeakMap<Tx, QueryRunner>();

/** The query runner behind a transaction; for `infra` and `<room>/infrastructure` only. */
export const runnerOf = (tx: Tx): QueryRunner => {
  const runner = runners.get(tx);
  if (!runner) throw new Error('This transaction is over.');
  return runner;
};

/** The one way to the tables: SQL with parameters, in a transaction when one is passed. */
@Injectable()
export class Database extends UnitOfWork {
  constructor(private readonly dataSource: DataSource) {
    super();
  }

  async run<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const runner = this.dataSource.createQueryRunner();
    const tx = {} as Tx;
    runners.set(tx, runner);
    try {
      await runner.connect();
      await runner.startTransaction();
      const result = await work(tx);
      await runner.commitTransaction();
      return result;
    } catch (error) {
      if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
      throw error;
    } finally {
      runners.delete(tx);
      await runner.release();
    }
  }

  runPatiently<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.run(work).catch((error: unknown) => {
      if (!isDeadlock(error)) throw error;
      return this.run(work);
    });
  }

  /** The rows a statement answers (`select`, or anything with `returning`). */
  async rows<Row>(sql: string, parameters: readonly unknown[] = [], tx?: Tx): Promise<Row[]> {
    return (await this.execute(sql, parameters, tx)).records as Row[];
  }

  /** The first row, or undefined. */
  async row<Row>(sql: string, parameters: readonly unknown[] = [], tx?: Tx): Promise<Row | undefined> {
    return (await this.rows<Row>(sql, parameters, tx))[0];
  }

  /** How many rows a statement changed. */
  async affected(sql: string, parameters: readonly unknown[] = [], tx?: Tx): Promise<number> {
    return (await this.execute(sql, parameters, tx)).affected ?? 0;
  }

  private async execute(sql: string, parameters: readonly unknown[], tx?: Tx) {
    if (tx) return runnerOf(tx).query(sql, [...parameters], true);
    const runner = this.dataSource.createQueryRunner();
    try {
      return await runner.query(sql, [...parameters], true);
    } finally {
      await runner.release();
    }
  }
}

/** True when `error` is PostgreSQL's unique violation, of `constraint` when given. */
export const isUniqueViolation = (error: unknown, constraint?: string): boolean => {
  const driver = (error as { driverError?: { code?: string; constraint?: string } }).driverError;
  return driver?.code === '23505' && (constraint === undefined || driver.constraint === constraint);
};

/** True when `error` is PostgreSQL's foreign key violation. */
export const isForeignKeyViolation = (error: unknown): boolean =>
  (error as { driverError?: { code?: string } }).driverError?.code === '23503';

/** True when PostgreSQL ended this transaction to free others that waited in a circle with it: nothing of it remains. */
export const isDeadlock = (error: unknown): boolean =>
  (error as { driverError?: { code?: string } }).driverError?.code === '40P01';
