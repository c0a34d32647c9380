import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { AccountTrouble } from '../../src/accounts/index.js';
import { AccountDirectoryRepository } from '../../src/accounts/infrastructure/account-directory.repository.js';
import { QuotasRepository } from '../../src/accounts/infrastructure/quotas.repository.js';
import { SignalsRepository } from '../../src/health/infrastructure/signals.repository.js';
import type { SecretBox } from '../../src/infra/crypto/secret-box.js';
import { EventOutbox } from '../../src/infra/outbox/event-outbox.js';
import { newId } from '../../src/kernel/ids.js';
import type { Tx } from '../../src/kernel/transaction.js';
import type { CommitOutcome } from '../../src/platforms/domain/publish-outcome.js';
import { Engine } from '../../src/publishing/application/engine.js';
import { ReportTrouble } from '../../src/publishing/application/firing/report-trouble.js';
import { RunEffects } from '../../src/publishing/application/firing/run-effects.js';
import { SettleBatch } from '../../src/publishing/application/firing/settle-batch.js';
import { SettleTarget, type Settlement } from '../../src/publishing/application/firing/settle-target.js';
import type { SeekReplacement } from '../../src/publishing/application/rerouting/seek-replacement.js';
import { settleAnswer } from '../../src/publishing/domain/firing/call.policy.js';
import { publishingTiming } from '../../src/publishing/domain/publishing-timing.js';
import type { ArmedRef } from '../../src/publishing/domain/targets/target-record.js';
import { AttemptJournalRepository } from '../../src/publishing/infrastructure/firing/attempt-journal.repository.js';
import { FiringRepository } from '../../src/publishing/infrastructure/firing/firing.repository.js';
import { TargetStoreRepository } from '../../src/publishing/infrastructure/targets/target-store.repository.js';
import { PublishingSettings } from '../../src/publishing/publishing-settings.js';
import { routingTiming } from '../../src/routing/domain/routing-timing.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';
import { attemptQuotas, RULES } from '../support/quotas.js';
import { seedTarget, seedWorkspace, type SeededWorkspace } from '../support/rows.js';

const NOW = new Date('2026-01-25T12:00:00.123Z');
const STALE = new Date('2026-02-01T00:00:00Z');
const LATER = new Date('2026-01-25T13:00:00Z');

/** Every answer a call can get, under the name of the case. */
const ANSWERS: Readonly<Record<string, CommitOutcome>> = {
  published: {
    kind: 'published',
    platformPostId: 'p-1',
    permalink: 'https://p.test/1',
    notices: ['It is private.', 'Cut.'],
  },
  nameless: { kind: 'published', publishedAt: LATER },
  processing: { kind: 'processing', platformPostId: 'p-2' },
  refused: { kind: 'rejected', category: 'user_content', platformCode: 'x', detail: 'half \ud83d of it \0 gone' },
  throttled: { kind: 'throttled', scope: 'app', retryAt: LATER },
  unauthorised: { kind: 'unauthorised', reconnect: false },
  unavailable: { kind: 'unavailable', detail: '503' },
  doubt: { kind: 'unknown', detail: 'reset' },
};

describe('outcomes in batches', () => {
  let db: TestDatabase;
  let firing: FiringRepository;
  let settle: SettleTarget;
  let workerId: string;
  let planned: string[] = [];
  let sought: string[] = [];
  const counted = { transactions: 0 };
  const troubled: string[] = [];

  beforeAll(async () => {
    Logger.overrideLogger(false);
    db = await createTestDatabase();
    firing = new FiringRepository(db.database, attemptQuotas(db.database));
    const store = new TargetStoreRepository(db.database, attemptQuotas(db.database));
    const journal = new AttemptJournalRepository(db.database, {} as SecretBox);
    const settings = new PublishingSettings(publishingTiming(1), routingTiming(1), 0, 1, () => 1);
    const engine = new Engine({ now: () => NOW }, settings);
    const seek = { execute: (id: string) => Promise.resolve(void sought.push(id)) };
    const accounts = {
      needsReconnect: (id: string, reason: string) => Promise.resolve(void troubled.push(`${id}|${reason}`)),
    };
    const trouble = new ReportTrouble(accounts as unknown as AccountTrouble, store, engine);
    const effects = new RunEffects(
      new AccountDirectoryRepository(db.database),
      trouble,
      new SignalsRepository(db.database),
      new EventOutbox(db.database),
      seek as unknown as SeekReplacement,
      new QuotasRepository(db.database, RULES),
    );
    const wakeUps = {
      plan: (refs: readonly { targetId: string; version: number }[]) =>
        Promise.resolve(void planned.push(...refs.map((ref) => `${ref.targetId}|${ref.version}`))),
    };
    const unitOfWork = Object.assign(Object.create(db.database) as typeof db.database, {
      run: <T>(work: (tx: Tx) => Promise<T>): Promise<T> => {
        counted.transactions += 1;
        return db.database.run(work);
      },
    });
    settle = new SettleTarget(unitOfWork, store, journal, wakeUps, effects, engine);
    workerId = newId();
    await db.database.affected(`insert into worker (id) values ($1)`, [workerId]);
  });
  afterAll(() => db.drop());

  const publishing = async (place?: SeededWorkspace): Promise<ArmedRef> => {
    const id = await seedTarget(db.database, place ?? (await seedWorkspace(db.database)), -10);
    const { armed } = await firing.arm(workerId, [{ targetId: id, version: 1 }]);
    const [ref] = await firing.markPublishing(await firing.intend(armed));
    if (!ref) throw new Error('The target does not publish.');
    await db.database.affected(`update attempt set handle = 'h-' || target_id where id = $1`, [ref.attemptId]);
    await db.database.affected(`update target set stale_at = $2 where id = $1`, [id, STALE]);
    return ref;
  };
  const several = (count: number) => Promise.all(Array.from({ length: count }, () => publishing()));
  /** Another post of the same account. */
  const besides = async (place: SeededWorkspace): Promise<SeededWorkspace> => {
    const postId = newId();
    await db.database.affected(`insert into post (id, workspace_id, kind, caption) values ($1, $2, 'one_shot', 'Hi')`, [
      postId,
      place.workspaceId,
    ]);
    return { ...place, postId };
  };
  const answered = ({ targetId, attemptId }: ArmedRef, outcome: CommitOutcome): Settlement => ({
    targetId,
    attemptId,
    actor: 'test',
    latencyMs: 12.4,
    decide: (target, attempt, context) => settleAnswer(target, attempt, outcome, context),
  });
  const settleAll = async (settlements: readonly Settlement[]) => {
    const batch = new SettleBatch(settle);
    // The first is alone; those behind it come together.
    return Promise.allSettled(settlements.map((settlement) => batch.execute(settlement)));
  };

  /** Everything that was written about a target, without ids of its own. */
  const written = async ({ targetId, attemptId }: ArmedRef) => {
    const plain = (row: unknown) =>
      JSON.parse(JSON.stringify(row).replaceAll(targetId, 'T').replaceAll(attemptId, 'A')) as unknown;
    const one = <T>(sql: string) => db.database.rows<T>(sql, [targetId]);
    return plain({
      target: await one(
        `select status, version, tries, checks, next_check_at, hold_reason, hold_until, error_category, error_source,
                outcome, error_detail, platform_post_id, platform_handle, permalink, published_at, late, notices,
                case when version > 1 then due_at end as due_at from target where id = $1`,
      ),
      attempt: await one(
        `select state, call_deadline_at, absent_reads, outcome_at is not null as ended,
                quota_windows is not null as counted from attempt where target_id = $1`,
      ),
      history: await one(
        `select seq, from_status, to_status, cause, actor, reasons from target_event where target_id = $1 order by seq`,
      ),
      lease: await one(`select 1 as leased from target_lease where target_id = $1`),
      signals: await one(
        `select platform, region, capability, source, verdict, error_class, latency_ms from signal where target_id = $1`,
      ),
      events: await one(
        `select type, payload - 'postId' - 'occurrenceId' - 'accountId' - 'scheduledAt' as payload from event
          where subject_id = $1 order by id`,
      ),
      planned: planned.filter((ref) => ref.startsWith(targetId)),
      sought: sought.filter((id) => id === targetId),
    });
  };

  it('write the same as one by one, whatever the answers', async () => {
    planned = [];
    sought = [];
    for (const [name, outcome] of Object.entries(ANSWERS)) {
      const alone = await publishing();
      await settle.execute(answered(alone, outcome));
      const among = await several(3);
      const [, , same] = among;
      if (!same) throw new Error('No third target.');
      await settleAll(among.map((ref) => answered(ref, outcome)));
      expect({ name, ...((await written(same)) as object) }).toEqual({ name, ...((await written(alone)) as object) });
    }
  });

  it('take a handful of transactions for many, each with its own answer', async () => {
    const refs = await several(24);
    // Those that reach beyond their own rows, to an account or a replacement, are written apart.
    const apart = ['doubt', 'unauthorised', 'refused'];
    const names = Object.keys(ANSWERS).filter((name) => !apart.includes(name));
    counted.transactions = 0;
    const nameOf = (place: number) => names[place % names.length] ?? '';
    await settleAll(refs.map((ref, place) => answered(ref, ANSWERS[nameOf(place)] as CommitOutcome)));
    expect(counted.transactions).toBe(2);
    const rows = await db.database.rows<{ status: string }>(
      `select status from target where id = any($1::uuid[]) order by array_position($1::uuid[], id)`,
      [refs.map((ref) => ref.targetId)],
    );
    const statusOf: Record<string, string> = {
      published: 'published',
      nameless: 'published',
      processing: 'publishing',
      refused: 'failed',
      throttled: 'held',
      unavailable: 'scheduled',
    };
    expect(rows.map((row) => row.status)).toEqual(refs.map((_, place) => statusOf[nameOf(place)]));
  });

  it('lose nothing to one that cannot be written, nor to one whose post another target owns', async () => {
    const place = await seedWorkspace(db.database);
    const refs = [...(await several(16)), await publishing(place), await publishing(await besides(place))];
    const [, , poisoned] = refs;
    if (!poisoned) throw new Error('Too few targets.');
    await db.database.affected(`update attempt set handle = null where id = $1`, [poisoned.attemptId]);
    const settlements = refs.map((ref, n) =>
      answered(ref, { kind: 'published', platformPostId: n > 15 ? 'x' : `x${n}` }),
    );
    // Live, but nothing proves it: the table refuses that.
    settlements[2] = answered(poisoned, { kind: 'published' });
    const results = await settleAll(settlements);
    expect(results.flatMap(({ status }, n) => (status === 'rejected' ? [n] : []))).toEqual([2]);
    const rows = await db.database.rows<{ status: string; count: number }>(
      `select status, count(*)::int from target where id = any($1::uuid[]) group by status order by status`,
      [refs.map((ref) => ref.targetId)],
    );
    expect(rows).toEqual([
      { status: 'published', count: 16 },
      { status: 'publishing', count: 1 },
      { status: 'unconfirmed', count: 1 },
    ]);
  });

  it('take an account out at the second post that it is blamed for, at the first when it is banned', async () => {
    const place = await seedWorkspace(db.database);
    const blamed: CommitOutcome = { kind: 'rejected', category: 'account_issue' };
    await settle.execute(answered(await publishing(place), blamed));
    expect(troubled).toEqual([]);
    await settleAll([answered(await publishing(await besides(place)), blamed)]);
    expect(troubled).toEqual([`${place.accountId}|refused_by_platform`]);
    const other = await seedWorkspace(db.database);
    await settle.execute(answered(await publishing(other), { ...blamed, isBanned: true }));
    expect(troubled[1]).toBe(`${other.accountId}|banned_by_platform`);
  });

  it('follow each other where two are about one target', async () => {
    const refs = await several(3);
    const [, second] = refs;
    if (!second) throw new Error('Too few targets.');
    const settlements = refs.map((ref) => answered(ref, ANSWERS['doubt'] as CommitOutcome));
    settlements.push(answered(second, { kind: 'published', platformPostId: 'late' }));
    const results = await settleAll(settlements);
    expect(results.every((result) => result.status === 'fulfilled')).toBe(true);
    const row = await db.database.row(`select status from target where id = $1`, [second.targetId]);
    expect(row).toEqual({ status: 'published' });
  });

  it('all come again when the database is away', async () => {
    const away = new Error('Connection terminated');
    const tries: number[] = [];
    const batch = new SettleBatch({
      execute: () => Promise.reject(away),
      executeMany: (settlements: readonly Settlement[]) => {
        tries.push(settlements.length);
        return Promise.reject(away);
      },
    } as unknown as SettleTarget);
    const one = { targetId: '', attemptId: 'a', actor: 'test', decide: () => undefined };
    const results = await Promise.allSettled(
      Array.from({ length: 9 }, (_, n) => batch.execute({ ...one, targetId: String(n) })),
    );
    expect(results.every((result) => result.status === 'rejected')).toBe(true);
    expect(tries).toEqual([8]);
  });
});
