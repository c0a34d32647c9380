import type pg from 'pg';

/** Targets of one page. */
export const PAGE = 25;
/** The built app: benches run what is shipped. */
const READER = '../../dist/publishing/infrastructure/targets/target-reader.repository.js';

/** A filter of the list, as the query string has it. */
export type Filter = Readonly<Record<string, string>>;

interface Plan {
  readonly 'Node Type': string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Rows Removed by Index Recheck'?: number;
  readonly 'Parent Relationship'?: string;
  readonly Plans?: readonly Plan[];
}

/** Rows the scans of a plan looked at; of bitmaps the heap's, once. */
const readBy = (plan: Plan): number => {
  const below = (plan.Plans ?? []).reduce((sum, part) => sum + readBy(part), 0);
  if (!plan['Node Type'].endsWith('Scan') || plan['Parent Relationship'] === 'SubPlan') return below;
  const removed = (plan['Rows Removed by Filter'] ?? 0) + (plan['Rows Removed by Index Recheck'] ?? 0);
  const own = (plan['Actual Rows'] + removed) * plan['Actual Loops'];
  return plan['Node Type'] === 'Bitmap Heap Scan' ? own : own + below;
};

/** Rows read and given by the very statement of the list. */
export const explained = async (client: pg.Client, workspaceId: string, filter: Filter) => {
  const { TargetReaderRepository } = (await import(
    new URL(READER, import.meta.url).href
  )) as typeof import('../../src/publishing/infrastructure/targets/target-reader.repository.js');
  let asked: { sql: string; parameters: unknown[] } | undefined;
  const database = {
    rows: (sql: string, parameters: unknown[]) => ((asked = { sql, parameters }), Promise.resolve([])),
  };
  const { from, to, ...rest } = filter;
  const dates = { ...(from ? { from: new Date(from) } : {}), ...(to ? { to: new Date(to) } : {}) };
  await new TargetReaderRepository(database as never).list(
    workspaceId,
    { ...rest, ...dates },
    {
      limit: PAGE,
    },
  );
  const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>({
    text: `explain (analyze, format json) ${asked?.sql}`,
    values: asked?.parameters ?? [],
  });
  const plan = rows[0]!['QUERY PLAN'][0].Plan;
  return { given: plan['Actual Rows'], read: readBy(plan) };
};
