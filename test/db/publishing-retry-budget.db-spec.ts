import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { RetryBudgetRepository } from '../../src/publishing/infrastructure/firing/retry-budget.repository.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';

const TENTH = { ratio: 0.1, floor: 10 };

describe('the retry budget on PostgreSQL', () => {
  let db: TestDatabase;
  let budget: RetryBudgetRepository;

  beforeAll(async () => {
    db = await createTestDatabase();
    budget = new RetryBudgetRepository(db.database);
  });
  afterAll(() => db.drop());
  beforeEach(() => db.database.affected(`delete from retry_budget`));

  const taken = async (count: number, platform = 'tiktok') => {
    const answers = await Promise.all(Array.from({ length: count }, () => budget.take(platform, TENTH, 0)));
    return answers.filter(Boolean).length;
  };
  /** As if the row had been written in an earlier minute. The next statement may see another minute begin. */
  const age = (minutes: number) =>
    db.database.affected(`update retry_budget set minute = minute - $1 * interval '1 minute'`, [minutes]);
  const inOneMinute = async (body: () => Promise<void>) => {
    const left = await db.database.row<{ seconds: number }>(
      `select 60 - extract(second from clock_timestamp())::float8 as seconds`,
    );
    if ((left?.seconds ?? 0) < 3) await db.database.rows(`select pg_sleep($1)`, [(left?.seconds ?? 0) + 0.05]);
    await body();
  };

  it('gives the floor to exactly so many of fifty that race, each platform its own', () =>
    inOneMinute(async () => {
      expect(await taken(50)).toBe(10);
      expect(await taken(1, 'reels')).toBe(1);
    }));

  it('grows with the first tries of this minute and the one before, and forgets older ones', () =>
    inOneMinute(async () => {
      expect(await budget.take('tiktok', TENTH, 200)).toBe(true);
      expect(await taken(50)).toBe(19);
      await age(1);
      expect(await taken(50)).toBe(20);
      await age(2);
      expect(await taken(50)).toBe(10);
    }));
});
