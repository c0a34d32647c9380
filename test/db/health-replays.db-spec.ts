import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AccountsModule } from '../../src/accounts/index.js';
import { AssessPlatforms } from '../../src/health/application/assess-platforms.js';
import { assess, type StoredSignal } from '../../src/health/domain/assessment.js';
import { detectorConfig, hashOf } from '../../src/health/domain/detector-config.js';
import type { Signal } from '../../src/health/domain/signal.js';
import { HealthModule, SignalRecorder } from '../../src/health/index.js';
import { SIGNAL_COLUMNS, type SignalRow, toSignal } from '../../src/health/infrastructure/health.rows.js';
import { newId } from '../../src/kernel/ids.js';
import { PLATFORMS_DEFAULTS, PlatformsModule } from '../../src/platforms/index.js';
import { type PartialApp, startPartialApp } from '../support/partial-app.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';

const BATCHES = 8;
const OF_A_BATCH = 60;
const WORKSPACES = Array.from({ length: 6 }, () => newId());

/** A platform that is lost, one that fails half the time, one whose posts get no answer at times, and one that is well. */
const PLACES = [
  { platform: 'tiktok', region: 'us', capability: 'auth', source: 'probe', failing: 1, verdict: 'bad' },
  { platform: 'reels', region: 'eu', capability: 'publish', source: 'attempt', failing: 0.6, verdict: 'bad' },
  { platform: 'shorts', region: 'us', capability: 'publish', source: 'attempt', failing: 0.3, verdict: 'unknown' },
  { platform: 'skylight', region: 'us', capability: 'auth', source: 'probe', failing: 0, verdict: 'bad' },
] as const;

/** The same numbers in every run (mulberry32). */
const randomFrom = (seed: number) => (): number => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
};

describe('stored verdicts', () => {
  let db: TestDatabase;
  let partial: PartialApp;

  beforeAll(async () => {
    db = await createTestDatabase();
    partial = await startPartialApp(db, {
      imports: [PlatformsModule.forRoot(PLATFORMS_DEFAULTS), AccountsModule, HealthModule],
    });
  });
  afterAll(async () => {
    await partial.stop();
    await db.drop();
  });

  const batch = (random: () => number): readonly Signal[] =>
    Array.from({ length: OF_A_BATCH }, (): Signal => {
      const { failing, verdict, source, ...place } = PLACES[Math.floor(random() * PLACES.length)] ?? PLACES[0];
      const maker = WORKSPACES[Math.floor(random() * WORKSPACES.length)] ?? '';
      const whose = source === 'attempt' ? { workspaceId: maker, accountId: maker, targetId: newId() } : {};
      return { ...place, ...whose, source, verdict: random() < failing ? verdict : 'good', latencyMs: 20 };
    });

  it('come out the same, evidence and all, when the stored signals are folded anew', async () => {
    const recorder = partial.app.get(SignalRecorder, { strict: false });
    const live = partial.app.get(AssessPlatforms, { strict: false });
    const random = randomFrom(20260125);
    for (let count = 0; count < BATCHES; count += 1) {
      await recorder.record(batch(random));
      await live.runOnce();
    }
    // Other databases of the server may hold the snapshot back for a moment.
    const deadline = Date.now() + 20_000;
    const unfolded = `select count(*)::int as n from signal s, health_cursor c where (s.xid, s.id) > (c.last_xid, c.last_id)`;
    while (((await db.database.row<{ n: number }>(unfolded))?.n ?? 0) > 0 && Date.now() < deadline)
      await live.runOnce();

    const rows = await db.database.rows<SignalRow>(`select ${SIGNAL_COLUMNS} from signal order by xid, id`);
    const signals: StoredSignal[] = rows.map(toSignal);
    expect(signals).toHaveLength(BATCHES * OF_A_BATCH);
    const again = assess([], signals, undefined, detectorConfig(1)).transitions.map(({ transition, ...key }) => {
      const { atMs, ...verdict } = transition;
      return { ...key, ...verdict, at: new Date(atMs).toISOString(), hash: hashOf(detectorConfig(1)) };
    });
    const stored = await db.database.rows<{ at: Date }>(
      `select platform, region, capability, from_state as "from", to_state as "to", reason, statistic, samples, thresholds,
              at, config_hash as hash from transition order by id`,
    );
    expect(new Set(again.map(({ platform }) => platform))).toEqual(new Set(['tiktok', 'reels']));
    // What can be stored is compared: a number less than nothing by no amount is nothing.
    expect(JSON.parse(JSON.stringify(again))).toEqual(
      stored.map(({ at, ...row }) => ({ ...row, at: at.toISOString() })),
    );
  });
});
