import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AccountDirectory, AccountsModule, Quotas, TokenVault } from '../../src/accounts/index.js';
import type { Platform, PlatformCapabilities } from '../../src/platforms/domain/platform.port.js';
import { PlatformRegistry } from '../../src/platforms/domain/platform.port.js';
import type { ConnectOutcome, Credentials, PublishingLimit } from '../../src/platforms/domain/publish-outcome.js';
import { PLATFORMS_DEFAULTS, PlatformsModule } from '../../src/platforms/index.js';
import { BootstrapWorkspace } from '../../src/workspaces/index.js';
import { type PartialApp, startPartialApp } from '../support/partial-app.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';

const SECRET = 'canary-7f3a9';

/** Every platform accepts `password: canary` for whoever `login` says. */
class FriendlyPlatforms extends PlatformRegistry {
  connects = 0;
  isDown = false;
  limit: PublishingLimit | undefined;

  get(): Platform {
    return {
      connect: (credentials: Credentials) => Promise.resolve(this.connect(credentials)),
      publishingLimit: () => Promise.resolve(this.limit),
      capabilities: () => ({ displayName: 'Friendly', canRemove: true }) as PlatformCapabilities,
    } as unknown as Platform;
  }
  all() {
    return [];
  }

  private connect(credentials: Credentials): ConnectOutcome {
    this.connects += 1;
    if (this.isDown) return { kind: 'unavailable', detail: 'down' };
    if (credentials['password'] !== SECRET) return { kind: 'unauthorised', reconnect: true, platformCode: 'bad_login' };
    const externalId = credentials['login'] ?? '';
    return { kind: 'connected', externalId, displayName: `@${externalId}`, credentials, scopes: ['publish'] };
  }
}

describe('accounts over HTTP', () => {
  let db: TestDatabase;
  let partial: PartialApp;
  let platforms: FriendlyPlatforms;
  let key: string;
  let otherKey: string;
  let seen: string[];
  let counter = 0;

  beforeAll(async () => {
    db = await createTestDatabase();
    platforms = new FriendlyPlatforms();
    seen = [];
    partial = await startPartialApp(db, {
      imports: [PlatformsModule.forRoot(PLATFORMS_DEFAULTS), AccountsModule],
      replace: new Map([[PlatformRegistry, platforms]]),
    });
    key = (await partial.app.get(BootstrapWorkspace).execute()).apiKey ?? '';
    const other = { name: 'Other', region: 'eu', timeZone: 'UTC' };
    otherKey = (await partial.send({ method: 'POST', path: '/v1/workspaces', key, body: other })).body.apiKey;
  });
  afterAll(async () => {
    await partial.stop();
    await db.drop();
  });
  beforeEach(() => {
    platforms.isDown = false;
    platforms.limit = undefined;
  });

  const send = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const answer = await partial.send({ method, path: `/v1/accounts${path}`, key, body, headers });
    seen.push(JSON.stringify(answer.body));
    return answer;
  };
  const credentialsOf = (login: string) => ({ login, password: SECRET });
  const connect = async (login = `user-${(counter += 1)}`, platform = 'tiktok') =>
    (await send('POST', '', { platform, credentials: credentialsOf(login) })).body;
  const eventsOf = async (id: string) =>
    (await db.database.rows<{ type: string }>('select type from event where subject_id = $1 order by id', [id])).map(
      ({ type }) => type,
    );

  it('connects with the region of the workspace and the name of the platform', async () => {
    const body = { platform: 'reels', credentials: credentialsOf('ada') };
    const answer = await send('POST', '', body);
    expect(answer).toMatchObject({
      status: 201,
      body: { platform: 'reels', externalId: 'ada', displayName: '@ada', region: 'us', status: 'active' },
    });
    expect(await eventsOf(answer.body.id)).toEqual(['account.connected']);
    const access = await partial.app.get(TokenVault).contextOf(answer.body.id);
    expect(access).toMatchObject({ externalId: 'ada', credentials: credentialsOf('ada'), tokenVersion: 1 });
  });

  it('stores nothing when the platform refuses or cannot be reached', async () => {
    const before = (await send('GET', '?limit=100')).body.items.length;
    const wrong = await send('POST', '', { platform: 'tiktok', credentials: { login: 'x', password: 'wrong' } });
    expect(wrong).toMatchObject({
      status: 422,
      body: { code: 'account.credentials_refused', platformCode: 'bad_login' },
    });
    platforms.isDown = true;
    const down = await send('POST', '', { platform: 'tiktok', credentials: credentialsOf('x') });
    expect(down).toMatchObject({ status: 503, body: { code: 'account.platform_unreachable' } });
    expect((await send('GET', '?limit=100')).body.items).toHaveLength(before);
  });

  it('refuses credentials of a wrong shape without repeating them', async () => {
    for (const credentials of [{}, [], 'text', { a: 1 }, { a: { b: SECRET } }, { 'a b': SECRET }, null])
      expect(await send('POST', '', { platform: 'tiktok', credentials })).toMatchObject({ status: 400 });
    expect(await send('POST', '', { platform: 'vine', credentials: { a: 'b' } })).toMatchObject({ status: 400 });
  });

  it('asks the platform once for one idempotency key', async () => {
    const before = platforms.connects;
    const body = { platform: 'tiktok', credentials: credentialsOf('once') };
    const first = await send('POST', '', body, { 'idempotency-key': 'k1' });
    const again = await send('POST', '', body, { 'idempotency-key': 'k1' });
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(platforms.connects).toBe(before + 1);
  });

  it('revives the same account after a disconnect, which erases its credentials', async () => {
    const { id } = await connect('phoenix');
    expect(await send('POST', `/${id}/disconnect`)).toMatchObject({ status: 200, body: { status: 'disconnected' } });
    expect(await send('POST', `/${id}/disconnect`)).toMatchObject({ status: 200 });
    expect(await partial.app.get(TokenVault).contextOf(id)).toBeUndefined();
    const revived = await connect('phoenix');
    expect(revived).toMatchObject({ id, status: 'active' });
    expect(await partial.app.get(TokenVault).contextOf(id)).toMatchObject({ tokenVersion: 2 });
    expect(await eventsOf(id)).toEqual(['account.connected', 'account.disconnected', 'account.connected']);
  });

  it('keeps one row when one identity is connected many times at once', async () => {
    const all = await Promise.all([1, 2, 3, 4].map(() => connect('crowd')));
    expect(new Set(all.map(({ id }) => id)).size).toBe(1);
  });

  it('reconnects only with the same identity', async () => {
    const { id } = await connect('me');
    const same = await send('POST', `/${id}/reconnect`, { credentials: credentialsOf('me') });
    expect(same).toMatchObject({ status: 200, body: { id, status: 'active' } });
    const other = await send('POST', `/${id}/reconnect`, { credentials: credentialsOf('you') });
    expect(other).toMatchObject({ status: 422, body: { code: 'account.other_identity' } });
  });

  it('changes what was not changed by another meanwhile', async () => {
    const { id } = await connect();
    const tag = (await send('GET', `/${id}`)).headers.get('etag') ?? '';
    const changed = await send('PATCH', `/${id}`, { displayName: 'New', status: 'paused' }, { 'if-match': tag });
    expect(changed).toMatchObject({ status: 200, body: { displayName: 'New', status: 'paused' } });
    const stale = await send('PATCH', `/${id}`, { displayName: 'Old' }, { 'if-match': tag });
    expect(stale).toMatchObject({ status: 412, body: { code: 'account.changed' } });
    expect(changed.headers.get('etag')).toBe((await send('GET', `/${id}`)).headers.get('etag'));
    expect(await send('PATCH', `/${id}`, { status: 'active' })).toMatchObject({ body: { status: 'active' } });
    expect(await eventsOf(id)).toEqual(['account.connected', 'account.paused', 'account.resumed']);
  });

  it('cannot be resumed while it has no credentials', async () => {
    const { id } = await connect();
    await send('POST', `/${id}/disconnect`);
    const refused = await send('PATCH', `/${id}`, { displayName: 'Never', status: 'active' });
    expect(refused).toMatchObject({ status: 409, body: { code: 'account.status_refused' } });
    expect((await send('GET', `/${id}`)).body.displayName).not.toBe('Never');
  });

  it('tells whether it can post, until when not and why, how old its token is and what is left', async () => {
    const { id } = await connect();
    const healthOf = async () => (await send('GET', `/${id}/health`)).body;
    expect(await healthOf()).toMatchObject({
      canPost: true,
      reasons: [],
      region: 'us',
      token: { ageSeconds: 0, obtainedAt: expect.any(String) },
      quotas: [
        { scope: 'account', kind: 'publish', used: 0, left: 15, limit: 15, exhausted: false },
        { scope: 'account', kind: 'init', used: 0, left: 6, limit: 6, exhausted: false },
      ],
      notices: [],
      capabilities: { displayName: 'Friendly', canRemove: true },
    });
    const until = new Date(Date.now() + 3_600_000);
    const holder = { id, platform: 'tiktok' as const };
    await db.database.run((tx) => partial.app.get(Quotas).report(holder, { scope: 'account', until }, tx));
    const capped = { code: 'platform_cap', until: until.toISOString(), text: expect.any(String) };
    expect(await healthOf()).toMatchObject({ canPost: false, status: 'active', reasons: [capped] });
    await send('PATCH', `/${id}`, { status: 'paused' });
    expect(await healthOf()).toMatchObject({ canPost: false, status: 'paused', reasons: [{ code: 'paused' }, capped] });
    await send('POST', `/${id}/disconnect`, {});
    expect((await healthOf()).token).toBeUndefined();
  });

  it('shows the count of a platform that tells it, and cannot post when that is spent', async () => {
    const { id } = await connect();
    platforms.limit = { kind: 'limit', used: 25, total: 25, windowSeconds: 86_400 };
    const { body } = await send('GET', `/${id}/health`);
    expect(body.quotas).toContainEqual(expect.objectContaining({ kind: 'platform', used: 25, limit: 25, left: 0 }));
    expect(body).toMatchObject({ canPost: false, reasons: [{ code: 'quota_exhausted' }] });
    platforms.limit = { kind: 'unavailable' };
    expect((await send('GET', `/${id}/health`)).body).toMatchObject({ canPost: true });
  });

  it('counts no quota where a person posts', async () => {
    const { id } = await connect('handoff:by-hand');
    expect((await send('GET', `/${id}/health`)).body).toMatchObject({ canPost: true, quotas: [] });
  });

  it('lists in pages and by platform and status', async () => {
    await connect(undefined, 'skylight');
    const { id } = await connect(undefined, 'skylight');
    await send('PATCH', `/${id}`, { status: 'paused' });
    const first = (await send('GET', '?platform=skylight&limit=1')).body;
    const second = (await send('GET', `?platform=skylight&limit=1&cursor=${first.nextCursor}`)).body;
    expect(new Set([...first.items, ...second.items].map((item) => item.id)).size).toBe(2);
    expect((await send('GET', '?platform=skylight&status=paused')).body.items).toMatchObject([{ id }]);
    expect(await send('GET', '?status=odd')).toMatchObject({ status: 400 });
  });

  it('shows nothing to another tenant', async () => {
    const { id } = await connect('shared');
    const foreign = (method: string, path: string, body?: unknown) =>
      partial.send({ method, path: `/v1/accounts/${id}${path}`, key: otherKey, body });
    const credentials = credentialsOf('shared');
    for (const answer of [
      await foreign('GET', ''),
      await foreign('GET', '/health'),
      await foreign('PATCH', '', { displayName: 'Mine' }),
      await foreign('POST', '/disconnect'),
      await foreign('POST', '/reconnect', { credentials }),
    ])
      expect(answer).toMatchObject({ status: 404, body: { code: 'account.not_found' } });
    const own = { method: 'POST', path: '/v1/accounts', key: otherKey, body: { platform: 'tiktok', credentials } };
    const theirs = (await partial.send(own)).body;
    expect(theirs.id).not.toBe(id);
    const directory = partial.app.get(AccountDirectory);
    const { workspaceId } = (await directory.findMany([id]))[0] ?? { workspaceId: '' };
    expect(await directory.find(workspaceId, [id, theirs.id])).toMatchObject([{ id, externalId: 'shared' }]);
  });

  it('never answers, journals or stores a credential in the clear', async () => {
    const tables = ['account', 'event', 'audit_entry', 'idempotency_record'];
    const dumps = await Promise.all(tables.map((table) => db.database.rows(`select t::text from ${table} t`)));
    expect(JSON.stringify(dumps)).not.toContain(SECRET);
    expect(seen.join('\n')).not.toContain(SECRET);
    const bytes = await db.database.rows(`select 1 from account where position($1::bytea in cred_enc) > 0`, [
      Buffer.from(SECRET),
    ]);
    expect(bytes).toHaveLength(0);
  });

  it('documents keys, versions and answers, and that credentials only go in', () => {
    const document = SwaggerModule.createDocument(partial.app, new DocumentBuilder().build());
    const headersOf = (method: 'post' | 'patch', path: string) =>
      document.paths[path]?.[method]?.parameters?.flatMap((one) =>
        'name' in one && one.in === 'header' ? one.name : [],
      );
    expect(headersOf('post', '/v1/accounts')).toEqual(['Idempotency-Key']);
    expect(headersOf('post', '/v1/workspaces')).toEqual(['Idempotency-Key']);
    expect(headersOf('patch', '/v1/accounts/{id}')).toEqual(['If-Match']);
    expect(JSON.stringify(document.components?.schemas?.['AccountDto'])).not.toContain('credentials');
    const asked = JSON.stringify(document.components?.schemas?.['ConnectAccountDto']);
    for (const name of ['refreshToken', 'webhookUrl', 'botToken', 'notifyEmail']) expect(asked).toContain(name);
  });
});
