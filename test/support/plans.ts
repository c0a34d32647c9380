import { Database, runnerOf } from '../../src/infra/database/database.js';
import type { Tx } from '../../src/kernel/transaction.js';

interface Node {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: readonly Node[];
}

/** One statement as PostgreSQL ran it. */
export interface Plan {
  readonly sql: string;
  /** Rows of tables that were looked at, those thrown away included. */
  readonly rowsRead: number;
  readonly rowsReturned: number;
  /** Tables that were read from end to end. */
  readonly scanned: readonly string[];
}

const nodesOf = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];

const planOf = (sql: string, root: Node, rowsReturned: number): Plan => {
  const tables = nodesOf(root).filter((node) => node['Relation Name'] && node['Node Type'].includes('Scan'));
  const read = (node: Node) => (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'];
  return {
    sql,
    rowsRead: tables.reduce((sum, node) => sum + read(node), 0),
    rowsReturned,
    scanned: tables.filter((node) => node['Node Type'] === 'Seq Scan').map((node) => node['Relation Name'] ?? ''),
  };
};

/** Runs every statement as always, and once before, undone, to see how it is done. */
export class WatchedDatabase extends Database {
  readonly plans: Plan[] = [];

  override async rows<Row>(sql: string, parameters: readonly unknown[] = [], tx?: Tx): Promise<Row[]> {
    const root = await this.explain(sql, parameters, tx);
    const rows = await super.rows<Row>(sql, parameters, tx);
    this.plans.push(planOf(sql, root, rows.length));
    return rows;
  }

  override async affected(sql: string, parameters: readonly unknown[] = [], tx?: Tx): Promise<number> {
    const root = await this.explain(sql, parameters, tx);
    const count = await super.affected(sql, parameters, tx);
    this.plans.push(planOf(sql, root, count));
    return count;
  }

  private async explain(sql: string, parameters: readonly unknown[], tx?: Tx): Promise<Node> {
    if (!tx) return this.run(async (own) => this.explain(sql, parameters, own));
    const runner = runnerOf(tx);
    await runner.query('savepoint explained');
    const [row] = (await runner.query(`explain (analyze, buffers off, format json) ${sql}`, [...parameters])) as [
      { 'QUERY PLAN': [{ Plan: Node }] },
    ];
    await runner.query('rollback to savepoint explained');
    return row['QUERY PLAN'][0].Plan;
  }
}
