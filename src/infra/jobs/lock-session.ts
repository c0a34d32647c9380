import type { DataSource, QueryRunner } from 'typeorm';

/**
 * The one connection on which this process holds its session locks, however many: with one each, as many ticks as the
 * pool is large would leave none for their own work. A connection that broke has lost its locks; the next query opens
 * another one.
 */
export class LockSession {
  private runner: QueryRunner | undefined;
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly dataSource: DataSource) {}

  /** One statement after the other, as the connection takes them. */
  query<Row>(sql: string, name: string): Promise<Row[]> {
    const turn = this.last.then(() => this.run<Row>(sql, name));
    this.last = turn.catch(() => undefined);
    return turn;
  }

  /** Gives every lock back. */
  async end(): Promise<void> {
    await this.last;
    const { runner } = this;
    this.runner = undefined;
    if (!runner) return;
    await runner.query('select pg_advisory_unlock_all()').catch(() => undefined);
    await runner.release();
  }

  private async run<Row>(sql: string, name: string): Promise<Row[]> {
    const runner = (this.runner ??= this.dataSource.createQueryRunner());
    try {
      return (await runner.query(sql, [name])) as Row[];
    } catch (error) {
      if (this.runner === runner) this.runner = undefined;
      await runner.release().catch(() => undefined);
      throw error;
    }
  }
}
