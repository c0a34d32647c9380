import type { DataSource, QueryRunner } from 'typeorm';

/** What a driver's connection does here, beyond what TypeORM passes on. */
interface Connection {
  query(statement: { readonly name: string; readonly text: string; readonly values: readonly unknown[] }): Promise<{
    readonly rows: unknown[];
  }>;
}

/** A session nobody used for so long goes back to the pool. */
const IDLE_MS = 10_000;
/** Planned once for all values, and by index whatever the tables hold now: they grow while the plan stays. */
const PLANS_LAST = `
set plan_cache_mode = force_generic_plan; set enable_seqscan = off; set enable_hashjoin = off; set enable_mergejoin = off`;

/**
 * One connection of its own for statements that run thousands of times with few rows each: parsing and planning them
 * anew costs three times what they do. One after the other; a connection that broke is replaced for the next one.
 */
export class PreparedSession {
  private runner: Promise<readonly [QueryRunner, Connection]> | undefined;
  private last: Promise<unknown> = Promise.resolve();
  private idle: NodeJS.Timeout | undefined;

  constructor(private readonly dataSource: DataSource) {}

  /**
   * What a statement answers.
   * @param name of the statement; always of the same text
   */
  rows<Row>(name: string, text: string, values: readonly unknown[]): Promise<Row[]> {
    const turn = this.last.then(() => this.run<Row>({ name, text, values }));
    this.last = turn.catch(() => undefined);
    return turn;
  }

  /** Gives the connection back, in its turn: never from under a statement. */
  end(): Promise<void> {
    const turn = this.last.then(() => this.giveBack());
    this.last = turn;
    return turn;
  }

  private async run<Row>(statement: Parameters<Connection['query']>[0]): Promise<Row[]> {
    clearTimeout(this.idle);
    try {
      const [, connection] = await (this.runner ??= this.begin());
      return (await connection.query(statement)).rows as Row[];
    } catch (error) {
      await this.giveBack();
      throw error;
    } finally {
      this.idle = setTimeout(() => void this.end(), IDLE_MS).unref();
    }
  }

  private async begin(): Promise<readonly [QueryRunner, Connection]> {
    const runner = this.dataSource.createQueryRunner();
    try {
      const connection = (await runner.connect()) as Connection;
      await runner.query(PLANS_LAST);
      return [runner, connection];
    } catch (error) {
      await runner.release();
      throw error;
    }
  }

  /** Whoever gets the connection next finds its settings as they were; the driver goes on knowing what is prepared. */
  private async giveBack(): Promise<void> {
    clearTimeout(this.idle);
    const { runner: begun } = this;
    this.runner = undefined;
    const [runner] = (await begun?.catch(() => undefined)) ?? [];
    await runner?.query('reset all').catch(() => undefined);
    await runner?.release();
  }
}
