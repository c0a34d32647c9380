import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AccountsModule } from '../../src/accounts/index.js';
import { AssessPlatforms } from '../../src/health/application/assess-platforms.js';
import type { Signal } from '../../src/health/domain/signal.js';
import { CanaryTokens, HealthModule, HealthView, SignalRecorder } from '../../src/health/index.js';
import type { Tx } from '../../src/kernel/transaction.js';
import { PLATFORMS_DEFAULTS, PlatformsModule } from '../../src/platforms/index.js';
import { type PartialApp, startPartialApp } from '../support/partial-app.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';

describe('assessing on real rows', () => {
  let db: TestDatabase;
  let partial: PartialApp;
  let assess: AssessPlatforms;
  let recorder: SignalRecorder;
  let view: HealthView;

  beforeAll(async () => {
    db = await createTestDatabase();
    partial = await startPartialApp(db, {
      imports: [PlatformsModule.forRoot(PLATFORMS_DEFAULTS), AccountsModule, HealthModule],
    });
    assess = partial.app.get(AssessPlatforms, { strict: false });
    recorder = partial.app.get(SignalRecorder, { strict: false });
    view = partial.app.get(HealthView, { strict: false });
  });
  afterAll(async () => {
    await partial.stop();
    await db.drop();
  });
  beforeEach(async () => {
    await db.database.affected(`delete from transition`);
    for (const table of ['signal', 'platform_health', 'incident', 'event'])
      await db.database.affected(`delete from ${table}`);
  });

  const probe = (verdict: Signal['verdict'], more: Partial<Signal> = {}): Signal => ({
    platform: 'tiktok',
    region: 'us',
    capability: 'auth',
    source: 'probe',
    verdict,
    ...more,
  });

  /** A post of that moment that landed. */
  const canary = (): Signal => probe('good', { source: 'attempt', capability: 'publish', latencyMs: 0 });

  /** Folds until `count` signals are in; other databases of the server may hold the snapshot back for a moment. */
  const fold = async (count: number) => {
    const deadline = Date.now() + 20_000;
    for (let folded = 0; folded < count;) {
      folded += await assess.runOnce();
      if (Date.now() > deadline) throw new Error(`only ${folded} of ${count} signals were folded`);
    }
  };
  const rows = <Row>(sql: string) => db.database.rows<Row>(sql);
  const eventTypes = async () =>
    (await rows<{ type: string }>(`select type from event order by id`)).map(({ type }) => type);

  it('folds signals once, stores verdict, evidence, incident and events together', async () => {
    await recorder.record([probe('bad'), probe('bad'), probe('bad')]);
    await fold(3);
    expect(await assess.runOnce()).toBe(0);
    const [incident] = await rows<{ id: string; worst_state: string; closed_at: Date | null }>(
      `select * from incident`,
    );
    expect(incident).toMatchObject({ worst_state: 'down', closed_at: null });
    const transitions = await rows<Record<string, unknown>>(`select * from transition order by id`);
    expect(transitions.map((row) => [row['from_state'], row['to_state'], row['incident_id']])).toEqual([
      ['healthy', 'down', incident?.id],
    ]);
    expect(transitions[0]).toMatchObject({
      samples: { liveness: { good: 0, bad: 3, unknown: 0 } },
      thresholds: { liveness: { degradedAt: 12 } },
      config_hash: expect.stringMatching(/^[0-9a-f]{12}$/),
    });
    expect(await eventTypes()).toEqual(['platform.down']);
    const [event] = await rows<{ workspace_id: null; payload: unknown }>(
      `select * from event order by id desc limit 1`,
    );
    expect(event?.workspace_id).toBeNull();
    expect(event?.payload).toMatchObject({ platform: 'tiktok', region: 'us', incidentId: incident?.id, state: 'down' });
    await view.refresh();
    expect(view.stateOf('tiktok', 'us')).toMatchObject({ state: 'down', rampShare: 0, overridden: false });
    expect(view.stateOf('tiktok', 'eu').state).toBe('healthy');
  });

  it('leaves signals behind a running transaction for later and then folds them in their stored order', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    let written = () => {};
    const isWritten = new Promise<void>((resolve) => (written = resolve));
    const slow = db.database.run(async (tx: Tx) => {
      await recorder.record([probe('bad')], tx);
      written();
      await held;
    });
    await isWritten;
    await recorder.record([probe('good'), probe('bad'), probe('bad'), probe('bad')]);
    expect(await assess.runOnce()).toBe(0);
    release();
    await slow;
    await fold(5);
    const [row] = await rows<{ state: string }>(`select state from platform_health`);
    expect(row?.state).toBe('down');
    // In the order of the commits the good one would come first, and would not stand in the sample.
    const [transition] = await rows<{ samples: { liveness: unknown } }>(`select samples from transition`);
    expect(transition?.samples.liveness).toMatchObject({ good: 1, unknown: 0 });
  });

  it('makes one transition and one incident however many assessors run at once', async () => {
    await recorder.record(Array.from({ length: 9 }, () => probe('bad')));
    const deadline = Date.now() + 20_000;
    for (let folded = 0; folded < 9;) {
      const runs = await Promise.all([1, 2, 3, 4].map(() => assess.runOnce()));
      folded += runs.reduce((sum, run) => sum + run, 0);
      if (Date.now() > deadline) throw new Error('not folded in time');
    }
    expect(await rows(`select 1 from incident`)).toHaveLength(1);
    expect(await rows(`select 1 from transition`)).toHaveLength(1);
  });

  it('closes the incident when it is healthy again, opens it again within six hours and another one later', async () => {
    await recorder.record([probe('bad'), probe('bad'), probe('bad')]);
    await fold(3);
    const backdate = `update platform_health set statistic = statistic || jsonb_build_object(
      'dwellUntilMs', 1, 'lastBadAtMs', 1, 'sinceMs', 1, 'lastAtMs', 1)`;
    await db.database.affected(backdate);
    await recorder.record(Array.from({ length: 8 }, () => probe('good')));
    await fold(8);
    await view.refresh();
    expect(view.stateOf('tiktok', 'us')).toMatchObject({ state: 'recovering', rampShare: 0 });
    await recorder.record([canary(), ...Array.from({ length: 6 * 20 }, () => probe('good'))]);
    await fold(121);
    expect(await eventTypes()).toEqual(['platform.down', 'platform.recovering', 'platform.recovered']);
    expect(await rows(`select 1 from incident where closed_at is not null`)).toHaveLength(1);
    await recorder.record([probe('bad'), probe('bad'), probe('bad')]);
    await fold(3);
    const states = () =>
      rows(`select reopened_count as reopened, closed_at is null as open from incident order by opened_at`);
    expect(await states()).toEqual([{ reopened: 1, open: true }]);
    await db.database.affected(
      `update incident set closed_at = clock_timestamp() - interval '7 hours', opened_at = opened_at - interval '1 day'`,
    );
    await db.database.affected(`delete from platform_health`);
    await recorder.record([probe('bad'), probe('bad'), probe('bad')]);
    await fold(3);
    expect(await states()).toEqual([
      { reopened: 1, open: false },
      { reopened: 0, open: true },
    ]);
  });

  it('gives one canary token while it is tried, and one per ramp step, to one taker', async () => {
    const canaries = partial.app.get(CanaryTokens, { strict: false });
    await recorder.record([probe('bad'), probe('bad'), probe('bad')]);
    await fold(3);
    expect(await canaries.take('tiktok', 'us')).toBe(false);
    await db.database.affected(
      `update platform_health set statistic = statistic || jsonb_build_object(
         'dwellUntilMs', 1, 'lastBadAtMs', 1, 'sinceMs', 1, 'lastAtMs', 1)`,
    );
    await recorder.record(Array.from({ length: 8 }, () => probe('good')));
    await fold(8);
    const takes = await Promise.all([1, 2, 3, 4].map(() => canaries.take('tiktok', 'us')));
    expect(takes.filter(Boolean)).toHaveLength(1);
    await recorder.record([probe('good')]);
    await fold(1);
    expect(await canaries.take('tiktok', 'us')).toBe(false);
    await recorder.record([canary()]);
    await fold(1);
    expect(await canaries.take('tiktok', 'us')).toBe(true);
  });

  it('forgets old signals, but none that it has not folded', async () => {
    await recorder.record([probe('good'), probe('good')]);
    await fold(2);
    await recorder.record([probe('good')]);
    await db.database.affected(`update signal set at = at - interval '8 days'`);
    expect(await recorder.purge(7 * 86_400_000)).toBe(2);
    expect(await rows(`select 1 from signal`)).toHaveLength(1);
  });

  it('keeps signals by day and drops a day when it is old and folded', async () => {
    await recorder.prepareDays();
    await recorder.record([probe('good')]);
    const parted = `select tableoid::regclass::text as part from signal`;
    expect((await rows<{ part: string }>(parted))[0]?.part).toMatch(/^signal_\d{8}$/);
    await db.database.affected(
      `create table signal_20250101 partition of signal for values from ('2025-01-01') to ('2025-01-02')`,
    );
    await db.database.affected(
      `insert into signal (platform, region, capability, source, verdict, at)
       values ('tiktok', 'us', 'auth', 'probe', 'good', '2025-01-01T12:00:00Z')`,
    );
    expect(await recorder.purge(7 * 86_400_000)).toBe(0);
    await fold(2);
    expect(await recorder.purge(7 * 86_400_000)).toBe(1);
    expect(
      await rows(`select to_regclass('signal_20250101') as t where to_regclass('signal_20250101') is null`),
    ).toHaveLength(1);
    expect(await rows(`select 1 from signal`)).toHaveLength(1);
  });

  it('blames nobody while our own connection is gone, tells publishing, and goes on when it is back', async () => {
    const neutral = (verdict: 'good' | 'bad'): Signal =>
      probe(verdict, { platform: 'neutral', region: '', capability: 'read' });
    // The neutral address is asked as often as the platforms are.
    const both = [probe('bad'), probe('bad', { platform: 'reels' })];
    const rounds = [1, 2, 3, 4, 5, 6].flatMap(() => [...both, neutral('bad')]);
    await recorder.record([neutral('good'), probe('good'), ...rounds]);
    await fold(20);
    await view.refresh();
    expect(view.isSelfSuspect()).toBe(true);
    expect(await rows(`select 1 from transition`)).toHaveLength(0);
    await recorder.record([neutral('good')]);
    await fold(1);
    await view.refresh();
    expect(view.isSelfSuspect()).toBe(false);
    expect(view.stateOf('tiktok', 'us').state).toBe('healthy');
    await db.database.affected(`update health_cursor set self = '{}'`);
  });
});
