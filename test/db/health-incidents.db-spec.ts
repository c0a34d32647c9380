import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AccountsModule } from '../../src/accounts/index.js';
import { DeclareIncidents } from '../../src/health/application/declare-incidents.js';
import type { KeyedTransition } from '../../src/health/domain/assessment.js';
import { HealthModule, Incidents } from '../../src/health/index.js';
import { HOUR_MS, MINUTE_MS } from '../../src/kernel/durations.js';
import { PLATFORMS_DEFAULTS, PlatformsModule } from '../../src/platforms/index.js';
import { type PartialApp, startPartialApp } from '../support/partial-app.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';

type Change = KeyedTransition['transition'];

const BEGIN = Date.parse('2026-01-25T10:00:00Z');

describe('incidents of a platform in a region', () => {
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
  beforeEach(async () => {
    for (const table of ['transition', 'incident', 'event', 'platform_health'])
      await db.database.affected(`delete from ${table}`);
  });

  /** A change of health so many ms after the beginning. */
  const becomes = (
    to: Change['to'],
    afterMs: number,
    more: { capability?: 'publish' | 'read'; region?: string; reason?: string } = {},
  ): Promise<void> => {
    const { capability = 'publish', region = 'us', reason = `it is ${to}` } = more;
    const evidence = { statistic: {}, samples: {}, thresholds: {} } as unknown as Change;
    const transition: Change = { ...evidence, from: 'healthy', to, atMs: BEGIN + afterMs, reason };
    const declare = partial.app.get(DeclareIncidents, { strict: false });
    return db.database.run((tx) => declare.execute([{ platform: 'tiktok', region, capability, transition }], tx));
  };
  const incidents = async () =>
    (await partial.app.get(Incidents, { strict: false }).list({ limit: 10 })).map(({ id, at: _, ...incident }) => ({
      ...incident,
      id,
    }));
  const blackouts = async () =>
    (
      await db.database.rows<{ subject: string }>(
        `select subject_id as subject from event where type = 'platform.down'`,
      )
    ).map(({ subject }) => subject);

  it('are one while it gets worse, with the reason of the worst', async () => {
    await becomes('degraded', 0);
    await becomes('down', MINUTE_MS);
    await becomes('degraded', 2 * MINUTE_MS);
    expect(await incidents()).toMatchObject([
      { worstState: 'down', reason: 'it is down', openedAt: new Date(BEGIN), reopenedCount: 0 },
    ]);
  });

  it('go on when the trouble comes back within six hours: the same id, so one blackout', async () => {
    await becomes('down', 0);
    await becomes('healthy', HOUR_MS);
    await becomes('down', 7 * HOUR_MS);
    const [incident, ...others] = await incidents();
    expect(others).toEqual([]);
    expect(incident).toMatchObject({
      openedAt: new Date(BEGIN),
      reopenedAt: new Date(BEGIN + 7 * HOUR_MS),
      reopenedCount: 1,
    });
    expect(incident).not.toHaveProperty('closedAt');
    expect(await blackouts()).toEqual([incident?.id, incident?.id]);
  });

  it('are another one after that, and in another region', async () => {
    await becomes('down', 0);
    await becomes('healthy', HOUR_MS);
    await becomes('down', 7 * HOUR_MS + 1);
    await becomes('down', 7 * HOUR_MS + 1, { region: 'eu' });
    expect(await incidents()).toHaveLength(3);
    expect(new Set(await blackouts()).size).toBe(3);
  });

  it('name every capability that was in trouble meanwhile, and are not opened or closed by reading', async () => {
    await becomes('down', 0, { capability: 'read' });
    expect(await incidents()).toEqual([]);
    await db.database.affected(
      `insert into platform_health (platform, region, capability, state) values ('tiktok', 'us', 'read', 'down')`,
    );
    await becomes('down', MINUTE_MS);
    await becomes('healthy', 2 * MINUTE_MS, { capability: 'read' });
    expect(await incidents()).toMatchObject([{ capabilities: ['publish', 'read'] }]);
    const linked = `select capability from transition where incident_id is not null order by id`;
    expect(await db.database.rows(linked)).toEqual([{ capability: 'publish' }, { capability: 'read' }]);
  });

  it('take in reading that fails later', async () => {
    await becomes('degraded', 0);
    await becomes('degraded', MINUTE_MS, { capability: 'read' });
    await becomes('down', 2 * MINUTE_MS, { capability: 'read' });
    expect(await incidents()).toMatchObject([{ capabilities: ['publish', 'read'], worstState: 'degraded' }]);
  });
});
