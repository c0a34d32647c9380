import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Tx } from '../../src/kernel/transaction.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';
import { seedWorkspace } from '../support/rows.js';

describe('a patient transaction', () => {
  let db: TestDatabase;
  let ids: readonly string[];

  beforeAll(async () => {
    db = await createTestDatabase();
    ids = [(await seedWorkspace(db.database)).workspaceId, (await seedWorkspace(db.database)).workspaceId];
  });
  afterAll(() => db.drop());

  const rename = (id: string | undefined, tx: Tx) =>
    db.database.affected(`update workspace set name = name || '+' where id = $1`, [id], tx);

  it('begins anew when it waited in a circle with another one, and both are done once', async () => {
    let runs = 0;
    const both = Promise.withResolvers<void>();
    let waiting = 0;
    const bothHaveOne = () => {
      waiting += 1;
      if (waiting === 2) both.resolve();
      return both.promise;
    };
    const lockInOrder = (first: string | undefined, second: string | undefined) =>
      db.database.runPatiently(async (tx) => {
        runs += 1;
        await rename(first, tx);
        await bothHaveOne();
        await rename(second, tx);
      });
    await Promise.all([lockInOrder(ids[0], ids[1]), lockInOrder(ids[1], ids[0])]);
    expect(runs).toBe(3);
    const names = await db.database.rows(`select name from workspace where id = any($1::uuid[])`, [ids]);
    expect(names).toEqual([{ name: 'Test++' }, { name: 'Test++' }]);
  });

  it('does not repeat what failed for another reason', async () => {
    let runs = 0;
    const failing = db.database.runPatiently(async () => {
      runs += 1;
      throw new Error('Refused');
    });
    await expect(failing).rejects.toThrow('Refused');
    expect(runs).toBe(1);
  });
});
