import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { QuotasRepository } from '../../src/accounts/infrastructure/quotas.repository.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';

const AT = new Date('2026-01-26T12:00:00Z');

describe('quotas on PostgreSQL', () => {
  let db: TestDatabase;
  let quotas: QuotasRepository;

  beforeAll(async () => {
    db = await createTestDatabase();
    quotas = new QuotasRepository(db.database);
  });
  afterAll(() => db.drop());

  const reserve = (id: string, platform: 'tiktok' | 'shorts', at = AT) =>
    db.database.run((tx) => quotas.reserve({ id, platform }, at, tx));

  it('gives the last one to one of many', async () => {
    const id = randomUUID();
    const answers = await Promise.all(Array.from({ length: 20 }, () => reserve(id, 'tiktok')));
    expect(answers.filter(({ kind }) => kind === 'reserved')).toHaveLength(15);
    expect(answers.find(({ kind }) => kind === 'exhausted')).toEqual({
      kind: 'exhausted',
      scope: 'account',
      resetsAt: new Date('2026-01-27T00:00:00Z'),
    });
    expect(await quotas.usage({ id, platform: 'tiktok' }, AT)).toMatchObject([{ used: 15, limit: 15 }]);
  });

  it('counts the next day anew and other accounts apart', async () => {
    const id = randomUUID();
    for (let time = 0; time < 15; time += 1) await reserve(id, 'tiktok');
    expect(await reserve(id, 'tiktok')).toMatchObject({ kind: 'exhausted' });
    expect(await reserve(id, 'tiktok', new Date('2026-01-27T00:00:00Z'))).toEqual({ kind: 'reserved' });
    expect(await reserve(randomUUID(), 'tiktok')).toEqual({ kind: 'reserved' });
  });

  it('is shared by all accounts where the app is counted', async () => {
    await reserve(randomUUID(), 'shorts');
    await reserve(randomUUID(), 'shorts');
    expect(await quotas.usage({ id: 'any', platform: 'shorts' }, AT)).toMatchObject([{ scope: 'app', used: 2 }]);
  });

  it('is given back, and by a rollback too', async () => {
    const holder = { id: randomUUID(), platform: 'tiktok' as const };
    await reserve(holder.id, 'tiktok');
    await db.database.run((tx) => quotas.release(holder, AT, tx));
    await db.database.run((tx) => quotas.release(holder, AT, tx));
    const failing = db.database.run(async (tx) => {
      await quotas.reserve(holder, AT, tx);
      throw new Error('refused');
    });
    await expect(failing).rejects.toThrow('refused');
    expect(await quotas.usage(holder, AT)).toMatchObject([{ used: 0 }]);
  });
});
