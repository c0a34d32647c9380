import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { StageDatabases } from '../../src/incidents/infrastructure/drills/stage/stage-database.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';

describe('the database of a stage', () => {
  let db: TestDatabase;
  let stages: StageDatabases;

  beforeAll(async () => {
    db = await createTestDatabase();
    stages = new StageDatabases(db.database, db.dataSource);
  });
  afterAll(() => db.drop());

  const own = async () => (await db.database.row<{ name: string }>('select current_database() as name'))?.name ?? '';
  const named = async (like: string) => {
    const rows = await db.database.rows<{ name: string }>(
      'select datname as name from pg_database where starts_with(datname, $1)',
      [like],
    );
    return rows.map(({ name }) => name);
  };

  it('stands beside ours, empty, and goes when it is dropped', async () => {
    const before = await named(await own());
    const made = await stages.create();
    const name = new URL(made.url).pathname.slice(1);
    expect(await named(name)).toEqual([name]);
    await made.drop();
    expect(await named(await own())).toEqual(before);
  });

  it('is swept when its process was killed; what is not a stage of ours stays', async () => {
    const made = await stages.create();
    const foreign = `x${(await own()).slice(0, 20)}_drill_0`;
    await db.database.rows(`create database "${foreign}"`);
    await stages.sweep();
    expect(await named(new URL(made.url).pathname.slice(1))).toEqual([]);
    expect(await named(foreign)).toEqual([foreign]);
    await db.database.rows(`drop database "${foreign}"`);
  });
});
