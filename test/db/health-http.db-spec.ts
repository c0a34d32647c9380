import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AccountsModule } from '../../src/accounts/index.js';
import { AssessPlatforms } from '../../src/health/application/assess-platforms.js';
import { HealthModule, HealthView, SignalRecorder } from '../../src/health/index.js';
import { PLATFORMS_DEFAULTS, PlatformsModule } from '../../src/platforms/index.js';
import { BootstrapWorkspace } from '../../src/workspaces/index.js';
import { type PartialApp, startPartialApp } from '../support/partial-app.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';

describe('health over HTTP', () => {
  let db: TestDatabase;
  let partial: PartialApp;
  let operator: string;
  let admin: string;
  let other: string;
  let workspaceId: string;
  let otherWorkspaceId: string;

  beforeAll(async () => {
    db = await createTestDatabase();
    partial = await startPartialApp(db, {
      imports: [PlatformsModule.forRoot(PLATFORMS_DEFAULTS), AccountsModule, HealthModule],
    });
    const first = await partial.app.get(BootstrapWorkspace, { strict: false }).execute();
    operator = first.apiKey ?? '';
    workspaceId = first.workspaceId;
    admin = (await send('POST', '/v1/api-keys', operator, { name: 'admin', scopes: ['admin'] })).body.key;
    const opened = await send('POST', '/v1/workspaces', operator, { name: 'B', region: 'eu', timeZone: 'UTC' });
    other = opened.body.apiKey;
    otherWorkspaceId = opened.body.id;
    const probe = { platform: 'tiktok', region: 'us', capability: 'auth', source: 'probe', verdict: 'bad' } as const;
    await partial.app.get(SignalRecorder, { strict: false }).record([probe, probe, probe]);
    const assess = partial.app.get(AssessPlatforms, { strict: false });
    const deadline = Date.now() + 20_000;
    while ((await assess.runOnce()) === 0) if (Date.now() > deadline) throw new Error('not folded in time');
  });
  afterAll(async () => {
    await partial.stop();
    await db.drop();
  });

  const send = (method: string, path: string, key: string, body?: unknown) => partial.send({ method, path, key, body });
  const pin = (key: string, body: object, platform = 'tiktok') =>
    send('POST', `/v1/platforms/${platform}/override`, key, { reason: 'I see it', ...body });
  const seenBy = async (key: string) => {
    const { body } = await send('GET', '/v1/platforms', key);
    return body.items.find(({ platform }: { platform: string }) => platform === 'tiktok');
  };

  it('lists platforms with limits and the worst state of their regions', async () => {
    const { status, body } = await send('GET', '/v1/platforms', admin);
    expect(status).toBe(200);
    expect(body.items.map(({ platform }: { platform: string }) => platform)).toEqual([
      'tiktok',
      'reels',
      'shorts',
      'skylight',
      'discord',
      'telegram',
      'upscrolled',
    ]);
    expect(body.items[0]).toMatchObject({
      state: 'down',
      regions: [
        {
          ...{ region: 'us', state: 'down', overridden: false, rampShare: 0 },
          counters: { state: 'healthy', reason: 'No trouble seen.' },
        },
      ],
      capabilities: {
        caption: { unit: 'utf16' },
        rules: expect.arrayContaining([
          {
            rule: 'video.fps',
            field: 'media',
            unit: 'frames per second',
            min: 23,
            max: 60,
            source: expect.stringMatching(/^https:/),
            readOn: '2026-11',
          },
        ]),
      },
    });
    expect(body.items[1]).toMatchObject({ state: 'healthy', regions: [] });
  });

  it('explains one platform with evidence and last changes', async () => {
    const { body } = await send('GET', '/v1/platforms/tiktok/health', admin);
    expect(body.regions[0].capabilities[0]).toMatchObject({
      capability: 'publish',
      state: 'down',
      reason: expect.stringContaining('3 bad'),
      statistic: { charts: { liveness: { limits: { downAt: 15.5 } } } },
    });
    expect(body.transitions.map(({ to }: { to: string }) => to)).toEqual(['down']);
    const unknown = await send('GET', '/v1/platforms/vine/health', admin);
    expect(unknown.body.code).toBe('platform.unknown');
  });

  it('lists incidents and shows one with its changes', async () => {
    const { body } = await send('GET', '/v1/incidents?status=open&platform=tiktok', admin);
    expect(body.items).toHaveLength(1);
    expect(body.items[0]).toMatchObject({ status: 'open', worstState: 'down', region: 'us' });
    const one = await send('GET', `/v1/incidents/${body.items[0].id}`, other);
    expect(one.body.transitions).toHaveLength(1);
    expect((await send('GET', '/v1/incidents?status=closed', admin)).body.items).toEqual([]);
    expect((await send('GET', `/v1/incidents/${workspaceId}`, admin)).body.code).toBe('incident.not_found');
  });

  it('pins a platform for one workspace only, and gives it back', async () => {
    const pinned = await pin(admin, { state: 'healthy', region: 'us', forSeconds: 600 });
    expect(pinned.status).toBe(201);
    expect(pinned.body).toMatchObject({ scope: 'workspace', state: 'healthy', author: expect.stringMatching(/^key:/) });
    expect(await seenBy(admin)).toMatchObject({ state: 'healthy', regions: [{ overridden: true }] });
    expect(await seenBy(other)).toMatchObject({ state: 'down' });
    const view = partial.app.get(HealthView, { strict: false });
    expect(view.stateOf('tiktok', 'us', workspaceId).state).toBe('healthy');
    expect(view.stateOf('tiktok', 'us', otherWorkspaceId).state).toBe('down');
    const path = `/v1/overrides/${pinned.body.id}`;
    expect((await send('DELETE', path, other)).body.code).toBe('override.not_found');
    expect((await send('GET', '/v1/overrides', other)).body.items).toEqual([]);
    expect((await send('DELETE', path, admin)).status).toBe(204);
    expect((await send('DELETE', path, admin)).status).toBe(404);
    expect(await seenBy(admin)).toMatchObject({ state: 'down' });
    const audited = await db.database.rows<{ action: string }>(`select action from audit_entry where subject_id = $1`, [
      pinned.body.id,
    ]);
    expect(audited.map(({ action }) => action)).toEqual(['platform.overridden', 'platform.override_ended']);
  });

  it('lets only an operator pin the instance; a workspace still goes before it', async () => {
    expect((await pin(admin, { state: 'down', scope: 'instance' }, 'reels')).body.code).toBe('override.needs_operator');
    const forAll = await pin(operator, { state: 'down', scope: 'instance' }, 'reels');
    expect(forAll.status).toBe(201);
    await send('GET', '/v1/platforms', admin);
    const view = partial.app.get(HealthView, { strict: false });
    expect(view.stateOf('reels', 'eu', otherWorkspaceId).state).toBe('down');
    await pin(other, { state: 'healthy' }, 'reels');
    await view.refresh();
    expect(view.stateOf('reels', 'eu', otherWorkspaceId).state).toBe('healthy');
    expect(view.stateOf('reels', 'eu', workspaceId).state).toBe('down');
    const path = `/v1/overrides/${forAll.body.id}`;
    expect((await send('DELETE', path, other)).body.code).toBe('override.needs_operator');
    expect((await send('DELETE', path, operator)).status).toBe(204);
  });

  it('replaces an earlier override of the same place', async () => {
    await pin(admin, { state: 'degraded' }, 'shorts');
    await pin(admin, { state: 'down' }, 'shorts');
    const { body } = await send('GET', '/v1/overrides', admin);
    expect(body.items.filter(({ platform }: { platform: string }) => platform === 'shorts')).toHaveLength(1);
  });

  it.each([
    ['an unknown state', { state: 'meh' }, 'request.invalid'],
    ['recovering, which is measured only', { state: 'recovering' }, 'request.invalid'],
    ['no reason', { state: 'down', reason: '' }, 'request.invalid'],
    ['a reason nobody can store', { state: 'down', reason: 'a\u0000b' }, 'request.invalid'],
    ['more than a day', { state: 'down', forSeconds: 86_401 }, 'request.invalid'],
    ['an end in the past', { state: 'down', expiresAt: '2020-01-01T00:00:00Z' }, 'override.expiry_out_of_range'],
    ['two ends', { state: 'down', forSeconds: 5, expiresAt: '2030-01-01T00:00:00Z' }, 'override.expiry_twice'],
  ])('refuses %s', async (_, body, code) => {
    const refused = await pin(admin, body, 'skylight');
    expect([refused.status, refused.body.code]).toEqual([400, code]);
  });

  it('keeps to the scopes of a key', async () => {
    const body = { name: 'reader', scopes: ['health:read'] };
    const reader = (await send('POST', '/v1/api-keys', operator, body)).body.key;
    expect((await send('GET', '/v1/platforms', reader)).status).toBe(200);
    expect((await pin(reader, { state: 'down' })).status).toBe(403);
  });
});
