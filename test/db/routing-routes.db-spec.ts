import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PLATFORMS_DEFAULTS, PlatformsModule } from '../../src/platforms/index.js';
import { newId } from '../../src/kernel/ids.js';
import { LibraryModule } from '../../src/library/index.js';
import { type RouteQuestion, RouteReader, RoutingModule } from '../../src/routing/index.js';
import { BootstrapWorkspace, WorkspacesModule } from '../../src/workspaces/index.js';
import { NoJobsModule } from '../support/no-jobs.js';
import { type PartialApp, startPartialApp } from '../support/partial-app.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';
import { seedAccount } from '../support/rows.js';

describe('routes', () => {
  let db: TestDatabase;
  let partial: PartialApp;
  let key: string;
  let otherKey: string;
  let workspaceId: string;
  let otherWorkspaceId: string;
  let postId: string;
  const [tiktok, reels, shorts, foreign] = [newId(), newId(), newId(), newId()];

  beforeAll(async () => {
    db = await createTestDatabase();
    partial = await startPartialApp(db, {
      imports: [
        NoJobsModule,
        PlatformsModule.forRoot(PLATFORMS_DEFAULTS),
        WorkspacesModule,
        LibraryModule,
        RoutingModule,
      ],
    });
    const first = await partial.app.get(BootstrapWorkspace, { strict: false }).execute();
    key = first.apiKey ?? '';
    workspaceId = first.workspaceId;
    const other = await send('POST', '/v1/workspaces', { name: 'Other', region: 'eu', timeZone: 'UTC' });
    otherKey = other.body.apiKey;
    otherWorkspaceId = other.body.id;
    for (const [accountId, platform] of Object.entries({ [tiktok]: 'tiktok', [reels]: 'reels', [shorts]: 'shorts' }))
      await seedAccount(db.database, { workspaceId, accountId, platform, region: 'us' });
    await seedAccount(db.database, {
      workspaceId: otherWorkspaceId,
      accountId: foreign,
      platform: 'reels',
      region: 'eu',
    });
    postId = await seedPost();
  });
  afterAll(async () => {
    await partial.stop();
    await db.drop();
  });

  const send = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    partial.send({ method, path, key, body, headers });
  const sendAsOther = (method: string, path: string, body?: unknown) =>
    partial.send({ method, path, key: otherKey, body });

  const seedPost = async (): Promise<string> => {
    const [id, mediaId] = [newId(), newId()];
    await db.database.affected(
      `insert into media (id, workspace_id, state, file_name, storage_key, sha256, bytes, mime_type, duration_ms)
       values ($1, $2, 'ready', 'a.mp4', $3, '\\x00', 10, 'video/mp4', 5000)`,
      [mediaId, workspaceId, mediaId],
    );
    await db.database.affected(`insert into post (id, workspace_id, kind, caption) values ($1, $2, 'one_shot', 'Hi')`, [
      id,
      workspaceId,
    ]);
    await db.database.affected(
      `insert into post_media (post_id, workspace_id, position, media_id) values ($1, $2, 0, $3)`,
      [id, workspaceId, mediaId],
    );
    return id;
  };

  const clear = () => db.database.affected(`delete from route`);

  it('are made with defaults, listed, read with their version and removed', async () => {
    const made = await send('POST', '/v1/routes', { scope: 'workspace', fallbacks: [reels, shorts] });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      scope: 'workspace',
      platform: '*',
      onDegraded: 'publish',
      onDown: 'reroute',
      onUnknown: 'wait',
      onAccountTrouble: 'reroute',
      holdForSeconds: 1800,
      staleAfterSeconds: 172_800,
      failback: 'catch_up',
      fallbacks: [reels, shorts],
      version: 1,
    });
    const path = `/v1/routes/${made.body.id}`;
    expect((await send('GET', path)).headers.get('etag')).toBe('"1"');
    expect((await send('GET', '/v1/routes?scope=workspace')).body.items).toHaveLength(1);
    expect((await send('DELETE', path)).status).toBe(204);
    expect((await send('GET', path)).body.code).toBe('route.not_found');
  });

  it('are patched and replaced under If-Match, and tell of it in the same transaction', async () => {
    await clear();
    const { body } = await send('POST', '/v1/routes', { scope: 'tag', scopeId: 'news', broadcastAfterSeconds: 600 });
    const path = `/v1/routes/${body.id}`;
    const patched = await send('PATCH', path, { onDown: 'hold', fallbacks: [reels] }, { 'if-match': '"1"' });
    expect(patched.body).toMatchObject({ onDown: 'hold', broadcastAfterSeconds: 600, fallbacks: [reels], version: 2 });
    const stale = await send('PATCH', path, { onDown: 'publish' }, { 'if-match': '"1"' });
    expect([stale.status, stale.body.code]).toEqual([412, 'route.changed']);
    const without = await send('PATCH', path, { broadcastAfterSeconds: null });
    expect(without.body.broadcastAfterSeconds).toBeUndefined();
    const replaced = await send('PUT', path, { onUnknown: 'reroute' });
    expect(replaced.body).toMatchObject({ onDown: 'reroute', onUnknown: 'reroute', fallbacks: [], version: 4 });
    const events = await db.database.rows<{ change: string }>(
      `select payload->>'change' as change from event where type = 'route.changed' and subject_id = $1 order by id`,
      [body.id],
    );
    expect(events.map(({ change }) => change)).toEqual(['created', 'changed', 'changed', 'changed']);
  });

  it('are made once for one idempotency key', async () => {
    await clear();
    const headers = { 'idempotency-key': 'route-1' };
    const first = await send('POST', '/v1/routes', { scope: 'workspace' }, headers);
    const again = await send('POST', '/v1/routes', { scope: 'workspace' }, headers);
    expect(again.body).toEqual(first.body);
  });

  it.each([
    ['a second route for the same place', { scope: 'tag', scopeId: 'twice' }, 409, 'route.exists'],
    ['a scope that does not exist', { scope: 'account', scopeId: newId() }, 404, 'account.not_found'],
    ["another workspace's account", { scope: 'account', scopeId: foreign }, 404, 'account.not_found'],
    ['a post that does not exist', { scope: 'post', scopeId: newId() }, 404, 'post.not_found'],
    ["another workspace's fallback", { scope: 'workspace', fallbacks: [foreign] }, 404, 'account.not_found'],
    ['itself as fallback', { scope: 'account', scopeId: tiktok, fallbacks: [tiktok] }, 400, 'route.bad_fallbacks'],
    ['a fallback twice', { scope: 'workspace', fallbacks: [reels, reels] }, 400, 'request.invalid'],
    ['words for a platform of videos', { scope: 'workspace', announce: [reels] }, 400, 'route.bad_announce'],
    [
      'removal where nobody can delete',
      { scope: 'account', scopeId: tiktok, removeLate: true },
      400,
      'route.cannot_remove',
    ],
    [
      'removal on such a platform',
      { scope: 'tag', scopeId: 'a', platform: 'tiktok', removeLate: true },
      400,
      'route.cannot_remove',
    ],
    ['no scope id', { scope: 'tag' }, 400, 'route.bad_scope_id'],
    ['a tag nobody can store', { scope: 'tag', scopeId: 'a\u0000b' }, 400, 'request.invalid'],
    ['an unknown platform', { scope: 'platform', scopeId: 'vine' }, 400, 'route.bad_scope_id'],
    ['two platforms', { scope: 'platform', scopeId: 'tiktok', platform: 'reels' }, 400, 'route.platform_twice'],
    ['a hold over a week', { scope: 'workspace', holdForSeconds: 700_000 }, 400, 'request.invalid'],
    ['null where something must stand', { scope: 'workspace', onDown: null }, 400, 'request.invalid'],
    ['an unknown field', { scope: 'workspace', onFire: 'run' }, 400, 'request.unknown_field'],
  ])('refuse %s', async (_, body, status, code) => {
    await clear();
    await send('POST', '/v1/routes', { scope: 'tag', scopeId: 'twice' });
    const refused = await send('POST', '/v1/routes', body);
    expect([refused.status, refused.body.code]).toEqual([status, code]);
    expect((await send('GET', '/v1/routes')).body.items).toHaveLength(1);
  });

  it('of one workspace are invisible and untouchable to another', async () => {
    await clear();
    const { body } = await send('POST', '/v1/routes', { scope: 'workspace' });
    const path = `/v1/routes/${body.id}`;
    for (const [method, change] of [['GET'], ['PATCH', {}], ['PUT', {}], ['DELETE']] as const) {
      const answer = await sendAsOther(method, path, change);
      expect([answer.status, answer.body.code]).toEqual([404, 'route.not_found']);
    }
    expect((await sendAsOther('GET', '/v1/routes')).body.items).toEqual([]);
    expect((await send('GET', path)).status).toBe(200);
  });

  describe('by target', () => {
    const question = (more: Partial<RouteQuestion> = {}): RouteQuestion => ({
      targetId: newId(),
      workspaceId,
      postId,
      tags: ['news', 'fun'],
      accountId: tiktok,
      platform: 'tiktok',
      ...more,
    });
    const reader = () => partial.app.get(RouteReader, { strict: false });
    const scopeFor = async (more: Partial<RouteQuestion> = {}) => {
      const asked = question(more);
      return (await reader().forTargets([asked])).get(asked.targetId)?.scope;
    };

    it('the narrowest scope holds: post, tag, account, platform, workspace, default', async () => {
      await clear();
      expect(await scopeFor()).toBe('default');
      const narrowing = [
        { scope: 'workspace' },
        { scope: 'platform', scopeId: 'tiktok' },
        { scope: 'account', scopeId: tiktok },
        { scope: 'tag', scopeId: 'fun' },
        { scope: 'post', scopeId: postId },
      ];
      for (const place of narrowing) {
        expect((await send('POST', '/v1/routes', place)).status).toBe(201);
        expect(await scopeFor()).toBe(place.scope);
      }
      expect(await scopeFor({ postId: newId() })).toBe('tag');
      expect(await scopeFor({ postId: newId(), tags: [] })).toBe('account');
      expect(await scopeFor({ postId: newId(), tags: [], accountId: reels })).toBe('platform');
      expect(await scopeFor({ postId: newId(), tags: [], accountId: reels, platform: 'reels' })).toBe('workspace');
      expect(await scopeFor({ workspaceId: otherWorkspaceId })).toBe('default');
    });

    it('within a scope the one for this platform holds, and the own account is no fallback', async () => {
      await clear();
      await send('POST', '/v1/routes', { scope: 'workspace', onDown: 'hold', fallbacks: [reels] });
      const own = { scope: 'workspace', platform: 'tiktok', onDown: 'publish', fallbacks: [tiktok, shorts, reels] };
      await send('POST', '/v1/routes', own);
      const [onTikTok, onReels] = [question(), question({ accountId: reels, platform: 'reels' })];
      const routes = await reader().forTargets([onTikTok, onReels]);
      expect(routes.get(onTikTok.targetId)).toMatchObject({ onDown: 'publish', fallbacks: [shorts, reels] });
      expect(routes.get(onReels.targetId)).toMatchObject({ onDown: 'hold', fallbacks: [] });
    });

    it('a thousand targets are one statement', async () => {
      const asked = Array.from({ length: 1_000 }, () => question());
      const routes = await reader().forTargets(asked);
      expect(routes.size).toBe(1_000);
      expect(new Set([...routes.values()].map(({ scope }) => scope))).toEqual(new Set(['workspace']));
    });
  });
});
