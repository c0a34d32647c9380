import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Tx } from '../../src/kernel/transaction.js';
import { Idempotency } from '../../src/workspaces/application/idempotency.js';
import { type IdempotencyCall, requestHash, ShownOnce } from '../../src/workspaces/domain/idempotency-call.js';
import { AuditLogRepository } from '../../src/workspaces/infrastructure/audit-log.repository.js';
import { IdempotencyRecordsRepository } from '../../src/workspaces/infrastructure/idempotency-records.repository.js';
import { WorkspacesRepository } from '../../src/workspaces/infrastructure/workspaces.repository.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';

describe('idempotency on PostgreSQL', () => {
  let db: TestDatabase;
  let idempotency: Idempotency;
  let records: IdempotencyRecordsRepository;
  let caller: { workspaceId: string };
  let replays: number;

  const callOf = (key: string, body: unknown = {}, route = 'POST /v1/things'): IdempotencyCall => ({
    key,
    route,
    bodyHash: requestHash('/v1/things', body),
    status: 201,
    markReplayed: () => (replays += 1),
  });

  const openWorkspace = async () => {
    const fresh = { name: 'Test', region: 'us', timeZone: 'UTC' };
    const { id } = await db.database.run((tx) => new WorkspacesRepository(db.database).insert(fresh, tx));
    return { workspaceId: id };
  };

  /** An effect whose rows can be counted. */
  const deed = (action: string) => async (tx: Tx) => {
    const entry = { workspaceId: caller.workspaceId, actor: 'test', action, subjectId: 'x' };
    await new AuditLogRepository(db.database).append(entry, tx);
    return { id: randomUUID(), list: [1, 'two', null] };
  };

  const countOf = async (action: string) =>
    (await db.database.rows('select 1 from audit_entry where action = $1', [action])).length;

  beforeAll(async () => {
    db = await createTestDatabase();
    records = new IdempotencyRecordsRepository(db.database);
    idempotency = new Idempotency(db.database, records);
    caller = await openWorkspace();
    replays = 0;
  });
  afterAll(() => db.drop());

  it('gives the first answer again and does nothing twice', async () => {
    const first = await idempotency.run(caller, callOf('again'), deed('again'));
    const before = replays;
    const second = await idempotency.run(caller, callOf('again'), deed('again'));
    expect(second).toEqual(first);
    expect(replays).toBe(before + 1);
    expect(await countOf('again')).toBe(1);
  });

  it('runs every time without a key', async () => {
    const { key: _, ...keyless } = callOf('unused');
    await idempotency.run(caller, keyless, deed('keyless'));
    await idempotency.run(caller, keyless, deed('keyless'));
    expect(await countOf('keyless')).toBe(2);
  });

  it('refuses another body under the same key', async () => {
    await idempotency.run(caller, callOf('body', { a: 1 }), deed('body'));
    const other = idempotency.run(caller, callOf('body', { a: 2 }), deed('body'));
    await expect(other).rejects.toMatchObject({ kind: 'unprocessable', code: 'idempotency.body_differs' });
    await expect(idempotency.replayOf(caller, callOf('body', { a: 2 }))).rejects.toMatchObject({
      code: 'idempotency.body_differs',
    });
    expect(await countOf('body')).toBe(1);
  });

  it('refuses the second of two calls while the first still runs, and replays it afterwards', async () => {
    let release = () => {};
    const released = new Promise<void>((resolve) => (release = resolve));
    let entered = () => {};
    const inside = new Promise<void>((resolve) => (entered = resolve));
    const first = idempotency.run(caller, callOf('flight'), async (tx) => {
      const body = await deed('flight')(tx);
      entered();
      await released;
      return body;
    });
    await inside;
    const second = idempotency.run(caller, callOf('flight'), deed('flight'));
    await expect(second).rejects.toMatchObject({ kind: 'conflict', code: 'idempotency.in_flight' });
    release();
    const body = await first;
    expect(await idempotency.run(caller, callOf('flight'), deed('flight'))).toEqual(body);
    expect(await countOf('flight')).toBe(1);
  });

  it('has one effect when many equal calls come at once', async () => {
    const calls = Array.from({ length: 8 }, () => idempotency.run(caller, callOf('herd'), deed('herd')));
    const results = await Promise.allSettled(calls);
    const bodies = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    const codes = results.flatMap((result) => (result.status === 'rejected' ? [result.reason.code] : []));
    expect(bodies.length).toBeGreaterThan(0);
    expect(new Set(bodies.map(({ id }) => id)).size).toBe(1);
    expect(codes.every((code) => code === 'idempotency.in_flight')).toBe(true);
    expect(await countOf('herd')).toBe(1);
  });

  it('forgets a refusal, so that the corrected world can be tried again', async () => {
    const failing = idempotency.run(caller, callOf('refused'), async (tx) => {
      await deed('refused')(tx);
      throw new Error('refused');
    });
    await expect(failing).rejects.toThrow('refused');
    expect(await countOf('refused')).toBe(0);
    await idempotency.run(caller, callOf('refused'), deed('refused'));
    expect(await countOf('refused')).toBe(1);
  });

  it('never stores what is shown once', async () => {
    const effect = () =>
      Promise.resolve(new ShownOnce<{ id: number; key?: string }>({ id: 1, key: 's3cret' }, { id: 1 }));
    expect(await idempotency.run(caller, callOf('once'), effect)).toEqual({ id: 1, key: 's3cret' });
    expect(await idempotency.run(caller, callOf('once'), effect)).toEqual({ id: 1 });
    const stored = await db.database.rows(`select 1 from idempotency_record where response::text like '%s3cret%'`);
    expect(stored).toHaveLength(0);
  });

  it('keeps workspaces and routes apart', async () => {
    const stranger = await openWorkspace();
    const mine = await idempotency.run(caller, callOf('shared'), deed('shared'));
    const theirs = await idempotency.run(stranger, callOf('shared'), deed('shared'));
    const elsewhere = await idempotency.run(caller, callOf('shared', {}, 'POST /v1/other'), deed('shared'));
    expect(new Set([mine.id, theirs.id, elsewhere.id]).size).toBe(3);
  });

  it('forgets after a day, also before the purge came by', async () => {
    const first = await idempotency.run(caller, callOf('old'), deed('old'));
    await db.database.affected(`update idempotency_record set expires_at = now() where key = 'old'`);
    const second = await idempotency.run(caller, callOf('old', { other: true }), deed('old'));
    expect(second.id).not.toBe(first.id);
    await db.database.affected(`update idempotency_record set expires_at = now() where key = 'old'`);
    expect(await records.purge()).toBe(1);
  });
});
