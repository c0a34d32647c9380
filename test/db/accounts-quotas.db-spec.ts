import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { QuotasRepository } from '../../src/accounts/infrastructure/quotas.repository.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';
import { RULES } from '../support/quotas.js';

const AT = new Date('2026-01-26T12:00:00Z');
const NEXT_DAY = new Date('2026-01-27T00:00:00Z');

describe('quotas on PostgreSQL', () => {
  let db: TestDatabase;
  let quotas: QuotasRepository;

  beforeAll(async () => {
    db = await createTestDatabase();
    quotas = new QuotasRepository(db.database, RULES);
  });
  afterAll(() => db.drop());

  type Platform = 'tiktok' | 'shorts' | 'reels' | 'discord';
  const reserve = async (ids: readonly string[], platform: Platform, at = AT, by = quotas) => {
    const asks = ids.map((id, index) => ({ key: String(index), holder: { id, platform }, at }));
    const answers = await db.database.run((tx) => by.reserve(asks, tx));
    return asks.map(({ key }) => answers.get(key));
  };
  const many = (id: string, count: number): string[] => Array.from({ length: count }, () => id);
  const usedOf = async (id: string, platform: Platform, kind: string, at = AT) =>
    (await quotas.usage({ id, platform }, at)).find((use) => use.kind === kind)?.used;

  it('gives ten places to exactly ten of a hundred workers that race', async () => {
    const id = randomUUID();
    const ten = new QuotasRepository(db.database, {
      ...RULES,
      reels: [{ scope: 'account', kind: 'publish', per: 'day', limit: 10, zone: 'UTC' }],
    });
    const races = await Promise.all(Array.from({ length: 100 }, () => reserve([id], 'reels', AT, ten)));
    expect(races.flat().filter((answer) => answer?.kind === 'reserved')).toHaveLength(10);
    expect(races.flat().find((answer) => answer?.kind === 'exhausted')).toEqual({
      kind: 'exhausted',
      scope: 'account',
      resetsAt: NEXT_DAY,
    });
    expect(await usedOf(id, 'reels', 'publish')).toBe(10);
  });

  it('shares the rest among batches that race, wholly, and never in a circle', async () => {
    const ids = Array.from({ length: 8 }, () => randomUUID());
    const batch = (turn: number) => [...ids.slice(turn), ...ids.slice(0, turn)].flatMap((id) => [id, id, id]);
    const races = await Promise.all(Array.from({ length: 8 }, (_, turn) => reserve(batch(turn), 'tiktok')));
    expect(races.flat().filter((answer) => answer?.kind === 'reserved')).toHaveLength(6 * ids.length);
    for (const id of ids) {
      expect(await usedOf(id, 'tiktok', 'init')).toBe(6);
      // What the minute refused, the day does not count.
      expect(await usedOf(id, 'tiktok', 'publish')).toBe(6);
    }
  });

  it('takes part of a batch that is greater than a fresh window, and counts the next one anew', async () => {
    const id = randomUUID();
    const answers = await reserve(many(id, 60), 'reels');
    expect(answers.filter((answer) => answer?.kind === 'reserved')).toHaveLength(50);
    expect(answers.slice(50).every((answer) => answer?.kind === 'exhausted')).toBe(true);
    expect(await reserve([id], 'reels', NEXT_DAY)).toMatchObject([{ kind: 'reserved' }]);
    expect(await reserve([randomUUID()], 'reels')).toMatchObject([{ kind: 'reserved' }]);
  });

  it('is shared by all accounts where the app is counted', async () => {
    await reserve([randomUUID(), randomUUID()], 'shorts');
    expect(await quotas.usage({ id: 'any', platform: 'shorts' }, AT)).toMatchObject([{ scope: 'app', used: 2 }]);
  });

  it('is given back, and by a rollback too', async () => {
    const id = randomUUID();
    const [answer] = await reserve([id], 'tiktok');
    const windowIds = answer?.kind === 'reserved' ? answer.windowIds : [];
    expect(windowIds).toHaveLength(2);
    await db.database.run((tx) => quotas.release(windowIds, tx));
    expect(await usedOf(id, 'tiktok', 'publish')).toBe(0);
    const failing = db.database.run(async (tx) => {
      await quotas.reserve([{ key: 'x', holder: { id, platform: 'tiktok' }, at: AT }], tx);
      throw new Error('refused');
    });
    await expect(failing).rejects.toThrow('refused');
    expect(await usedOf(id, 'tiktok', 'publish')).toBe(0);
  });

  it('follows a limit that is changed between two starts', async () => {
    const id = randomUUID();
    await reserve(many(id, 50), 'reels');
    const of = (limit: number) =>
      new QuotasRepository(db.database, {
        ...RULES,
        reels: [{ scope: 'account', kind: 'publish', per: 'day', limit, zone: 'UTC' }],
      });
    expect(await reserve([id], 'reels', AT, of(40))).toMatchObject([{ kind: 'exhausted' }]);
    const answers = await reserve(many(id, 20), 'reels', AT, of(60));
    expect(answers.filter((answer) => answer?.kind === 'reserved')).toHaveLength(10);
    expect(await usedOf(id, 'reels', 'publish')).toBe(60);
  });

  it('lets nothing through before the end of a cap that the platform reported, for the account or for all', async () => {
    const [one, other] = [randomUUID(), randomUUID()];
    const until = new Date(Date.now() + 3_600_000);
    const report = (scope: 'account' | 'app') =>
      db.database.run((tx) => quotas.report({ id: one, platform: 'discord' }, { scope, until }, tx));
    await report('account');
    expect(await reserve([one, other], 'discord')).toEqual([
      { kind: 'exhausted', scope: 'account', resetsAt: until },
      { kind: 'reserved', windowIds: [] },
    ]);
    await report('app');
    expect(await reserve([other], 'discord')).toMatchObject([{ kind: 'exhausted', scope: 'app' }]);
    const left = await quotas.left([{ id: other, platform: 'discord' }], new Date());
    expect(left.get(other)).toEqual({ left: 0, resetsAt: until });
    expect((await quotas.left([{ id: other, platform: 'discord' }], until)).get(other)?.left).toBe(Infinity);
  });

  describe('a cap on the whole app', () => {
    const cap = { id: randomUUID(), platform: 'telegram' as const };
    const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000);
    const report = (until: Date) => db.database.run((tx) => quotas.report(cap, { scope: 'app', until }, tx));
    const anHourPasses = () =>
      db.database.affected(
        `update quota_window set resets_at = resets_at - interval '61 minutes' where scope_id = 'telegram'`,
      );
    const ask = async (count: number) => {
      const asks = Array.from({ length: count }, () => ({
        key: randomUUID(),
        holder: { ...cap, id: randomUUID() },
        at: AT,
      }));
      return [...(await db.database.run((tx) => quotas.reserve(asks, tx))).values()].filter(
        (answer) => answer.kind === 'reserved',
      ).length;
    };
    const reopen = () => db.database.run((tx) => quotas.reopen(['telegram'], tx));

    it('holds an hour at most; then one publish asks again, of all that race, and the next one an hour later', async () => {
      await report(inHours(30));
      expect(await ask(5)).toBe(0);
      const { resetsAt } = (await quotas.left([cap], new Date())).get(cap.id) ?? {};
      expect(resetsAt?.getTime()).toBeLessThanOrEqual(inHours(1).getTime());
      // A call that was under way before the cap says nothing about it.
      await reopen();
      expect(await ask(5)).toBe(0);
      await anHourPasses();
      const races = await Promise.all([ask(3), ask(3), ask(3)]);
      expect(races.reduce((sum, count) => sum + count, 0)).toBe(1);
      expect(await ask(5)).toBe(0);
      await anHourPasses();
      expect(await ask(2)).toBe(1);
    });

    it('ends for all when the one that asked got through, and stays when it was refused again', async () => {
      await report(inHours(30));
      await anHourPasses();
      expect(await ask(3)).toBe(1);
      await report(inHours(30));
      await reopen();
      expect(await ask(3)).toBe(0);
      await anHourPasses();
      expect(await ask(3)).toBe(1);
      await reopen();
      expect(await ask(3)).toBe(3);
    });

    it('ends when the platform said, where that is sooner', async () => {
      await report(inHours(0.5));
      await anHourPasses();
      await db.database.affected(`update quota_window set says_until = resets_at where scope_id = 'telegram'`);
      expect(await ask(3)).toBe(3);
    });
  });
});
