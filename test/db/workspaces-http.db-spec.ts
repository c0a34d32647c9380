import { Controller, Get } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Public } from '../../src/infra/http/principal.js';
import { BootstrapWorkspace, WorkspacesModule } from '../../src/workspaces/index.js';
import { type PartialApp, startPartialApp } from '../support/partial-app.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';

@Controller('open')
class OddController {
  @Get('forgotten')
  forgotten() {
    return 'never seen';
  }
  @Get('public')
  @Public()
  everyone() {
    return { open: true };
  }
}

describe('keys and workspaces over HTTP', () => {
  let db: TestDatabase;
  let partial: PartialApp;
  let operator: string;
  let extraHeaders: Record<string, string> = {};

  beforeAll(async () => {
    db = await createTestDatabase();
    partial = await startPartialApp(db, { imports: [WorkspacesModule], controllers: [OddController] });
    const starts = await Promise.all([1, 2, 3].map(() => partial.app.get(BootstrapWorkspace).execute()));
    operator = starts.map(({ apiKey }) => apiKey).find(Boolean) ?? '';
    expect(starts.filter(({ apiKey }) => apiKey)).toHaveLength(1);
    expect(new Set(starts.map(({ workspaceId }) => workspaceId)).size).toBe(1);
  });
  afterAll(async () => {
    await partial.stop();
    await db.drop();
  });

  const send = (method: string, path: string, key?: string, body?: unknown) =>
    partial.send({ method, path, body, headers: extraHeaders, ...(key === undefined ? {} : { key }) });
  const issue = async (scopes: string[], expiresAt?: string, by = operator) =>
    (await send('POST', '/v1/api-keys', by, { name: 'k', scopes, ...(expiresAt ? { expiresAt } : {}) })).body;

  it('closes a route that declares nothing, even to an operator', async () => {
    expect(await send('GET', '/open/forgotten', operator)).toMatchObject({
      status: 403,
      body: { code: 'route.closed' },
    });
    expect(await send('GET', '/open/public')).toMatchObject({ status: 200, body: { open: true } });
  });

  it('tells a missing, a broken, an unknown, an expired and a revoked key apart', async () => {
    const ask = async (key?: string) => (await send('GET', '/v1/workspace', key)).body.code;
    expect(await ask()).toBe('key.missing');
    expect(await ask(operator.slice(0, -1))).toBe('key.invalid');
    const { key: stranger } = await issue(['posts:read']);
    await db.database.affected(`delete from api_key where prefix = $1`, [stranger.slice(0, 17)]);
    expect(await ask(stranger)).toBe('key.invalid');
    const short = await issue(['posts:read'], '2999-01-01T00:00:00Z');
    expect((await send('GET', '/v1/workspace', short.key)).status).toBe(200);
    await db.database.affected(`update api_key set expires_at = now() where id = $1`, [short.id]);
    expect(await ask(short.key)).toBe('key.expired');
    const doomed = await issue(['posts:read']);
    expect((await send('DELETE', `/v1/api-keys/${doomed.id}`, operator)).status).toBe(204);
    expect(await ask(doomed.key)).toBe('key.revoked');
  });

  it('names the scope that is missing', async () => {
    const { key } = await issue(['posts:read']);
    const answer = await send('GET', '/v1/api-keys', key);
    expect(answer).toMatchObject({ status: 403, body: { code: 'key.scope_missing', scope: 'admin' } });
  });

  it('lets nobody hand on operator rights they do not have', async () => {
    const { key } = await issue(['admin']);
    expect(await issue(['operator'], undefined, key)).toMatchObject({ code: 'key.scope_missing', scope: 'operator' });
    expect((await send('POST', '/v1/workspaces', key, {})).status).toBe(403);
  });

  it('shows a key once and stores nothing that opens', async () => {
    extraHeaders = { 'idempotency-key': 'make one' };
    const first = await send('POST', '/v1/api-keys', operator, { name: 'k', scopes: ['posts:read'] });
    const again = await send('POST', '/v1/api-keys', operator, { scopes: ['posts:read'], name: 'k' });
    extraHeaders = {};
    const { key, ...shown } = first.body;
    expect(first.status).toBe(201);
    expect(again).toMatchObject({ status: 201, body: shown });
    expect(again.body.key).toBeUndefined();
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    const dump = JSON.stringify(
      await db.database.rows(`select k::text, (select jsonb_agg(r) from idempotency_record r) from api_key k`),
    );
    expect(dump).not.toContain(key.slice(18));
  });

  it('refuses a wrong expiry, scope or field', async () => {
    expect(await issue(['posts:read'], '2001-01-01T00:00:00Z')).toMatchObject({ code: 'api_key.expiry_past' });
    expect(await issue(['posts:read'], '2999-01-01')).toMatchObject({ code: 'request.invalid' });
    expect(await issue(['everything'])).toMatchObject({ code: 'request.invalid' });
    expect(
      await send('POST', '/v1/api-keys', operator, { name: 'k', scopes: ['admin'], kind: 'operator' }),
    ).toMatchObject({
      status: 400,
      body: { code: 'request.unknown_field' },
    });
  });

  it('keeps tenants apart and the last admin key alive', async () => {
    const tenant = { name: 'Other', region: 'eu', timeZone: 'Europe/Paris' };
    const { body: other } = await send('POST', '/v1/workspaces', operator, tenant);
    expect(other).toMatchObject(tenant);
    expect((await send('GET', '/v1/workspace', other.apiKey)).body).toEqual({
      id: other.id,
      requiresTotp: false,
      ...tenant,
    });
    const mine = (await send('GET', '/v1/api-keys', operator)).body.items[0];
    const theirs = (await send('GET', '/v1/api-keys', other.apiKey)).body.items;
    expect(theirs).toHaveLength(1);
    expect(await send('DELETE', `/v1/api-keys/${mine.id}`, other.apiKey)).toMatchObject({
      status: 404,
      body: { code: 'api_key.not_found' },
    });
    expect(await send('DELETE', `/v1/api-keys/${theirs[0].id}`, other.apiKey)).toMatchObject({
      status: 409,
      body: { code: 'api_key.last_admin' },
    });
  });

  it('changes name, region and time zone and refuses a zone that does not exist', async () => {
    const changed = await send('PATCH', '/v1/workspace', operator, { timeZone: 'America/New_York' });
    expect(changed).toMatchObject({ status: 200, body: { name: 'My workspace', timeZone: 'America/New_York' } });
    for (const wrong of [{ timeZone: 'Mars/Olympus' }, { region: 'US' }, { name: '' }, { name: null }])
      expect(await send('PATCH', '/v1/workspace', operator, wrong)).toMatchObject({ status: 400 });
  });

  it('takes and gives up the name of its public page, which no other workspace has', async () => {
    const page = { statusSlug: 'studio-nord', brandColor: '#0b7285' };
    expect((await send('PATCH', '/v1/workspace', operator, page)).body).toMatchObject(page);
    const tenant = { name: 'C', region: 'eu', timeZone: 'UTC' };
    const { body: other } = await send('POST', '/v1/workspaces', operator, tenant);
    const taken = await send('PATCH', '/v1/workspace', other.apiKey, { statusSlug: page.statusSlug });
    expect(taken).toMatchObject({ status: 409, body: { code: 'workspace.slug_taken' } });
    for (const wrong of [{ statusSlug: 'ab' }, { statusSlug: 'a--b' }, { statusSlug: '../x' }, { brandColor: 'red' }])
      expect((await send('PATCH', '/v1/workspace', operator, wrong)).status).toBe(400);
    const cleared = await send('PATCH', '/v1/workspace', operator, { statusSlug: null });
    expect(cleared.body).toMatchObject({ brandColor: page.brandColor });
    expect(cleared.body.statusSlug).toBeUndefined();
    expect((await send('PATCH', '/v1/workspace', other.apiKey, { statusSlug: page.statusSlug })).status).toBe(200);
  });

  it('lists keys in pages, newest first', async () => {
    const first = (await send('GET', '/v1/api-keys?limit=2', operator)).body;
    expect(first.items).toHaveLength(2);
    const second = (await send('GET', `/v1/api-keys?limit=2&cursor=${first.nextCursor}`, operator)).body;
    const ids = [...first.items, ...second.items].map(({ id }) => id);
    expect(new Set(ids).size).toBe(4);
  });
});
