import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PreparedSession } from '../../src/infra/database/prepared-session.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';

const PLAIN = { mode: 'auto', seqscan: 'on' };
const SETTINGS = `select current_setting('plan_cache_mode') as mode, current_setting('enable_seqscan') as seqscan`;
const BACKEND = 'select pg_backend_pid() as pid';

describe('a session of prepared statements', () => {
  let db: TestDatabase;
  let session: PreparedSession;

  beforeAll(async () => {
    db = await createTestDatabase();
    session = new PreparedSession(db.dataSource);
  });
  afterAll(async () => {
    await session.end();
    await db.drop();
  });

  it('plans a statement once, by index, and answers for other values with the same plan', async () => {
    const names = await session.rows('workspace', 'select id from workspace where id = any($1::uuid[])', [[]]);
    expect(names).toEqual([]);
    expect(await session.rows('settings', SETTINGS, [])).toEqual([{ mode: 'force_generic_plan', seqscan: 'off' }]);
    expect(await session.rows('sum', 'select $1::int + 1 as sum', [1])).toEqual([{ sum: 2 }]);
    expect(await session.rows('sum', 'select $1::int + 1 as sum', [2])).toEqual([{ sum: 3 }]);
    expect(await session.rows('known', `select name from pg_prepared_statements where name = 'sum'`, [])).toHaveLength(
      1,
    );
  });

  it('gives its connection back as it was', async () => {
    const [{ pid } = { pid: 0 }] = await session.rows<{ pid: number }>('pid', BACKEND, []);
    await session.end();
    const all = await Promise.all(
      Array.from({ length: 10 }, () => db.database.row<object>(`select * from (${SETTINGS}) s, (${BACKEND}) b`)),
    );
    expect(await session.rows('pid', BACKEND, [])).toHaveLength(1);
    expect(all).toContainEqual({ ...PLAIN, pid });
    expect(all.every((row) => row !== undefined && 'mode' in row && row.mode === PLAIN.mode)).toBe(true);
  });

  it('goes on after a statement that failed and after a connection that broke', async () => {
    await expect(session.rows('fails', 'select 1 / $1::int', [0])).rejects.toThrow('division by zero');
    const [{ pid } = { pid: 0 }] = await session.rows<{ pid: number }>('pid', BACKEND, []);
    await db.database.rows('select pg_terminate_backend($1)', [pid]);
    await session.rows('pid', BACKEND, []).catch(() => undefined);
    const [after] = await session.rows<{ pid: number }>('pid', BACKEND, []);
    expect(after?.pid).not.toBe(pid);
  });
});
