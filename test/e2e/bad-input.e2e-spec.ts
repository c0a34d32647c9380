import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import pg from 'pg';
import { type Answer, type ApiClient, startAppProcess, type TestApp, until } from '../support/app.js';
import { startSandbox, type TestSandbox } from '../support/sandbox.js';
import { connectAccount, type ConnectedAccount, publishNow, readTarget, uploadClip } from '../support/story.js';

const CLIP = 'bread-timer.mp4';
const clipBytes = readFileSync(`seeds/clips/${CLIP}`);
const TABLES = [
  'media',
  'post',
  'occurrence',
  'target',
  'account',
  'api_key',
  'route',
  'subscriber',
  'idempotency_record',
];

describe('bad input', () => {
  let sandbox: TestSandbox;
  let app: TestApp;
  let api: ApiClient;
  let db: pg.Client;
  let mediaId: string;
  const accounts: Record<string, ConnectedAccount> = {};

  beforeAll(async () => {
    sandbox = await startSandbox({ skylight: true });
    app = await startAppProcess({ ...sandbox.env, TIME_SCALE: '60', MEDIA_MAX_BYTES: '2000000' });
    api = app.api;
    db = new pg.Client({ connectionString: app.databaseUrl });
    await db.connect();
    for (const platform of ['tiktok', 'reels', 'shorts', 'skylight'])
      accounts[platform] = await connectAccount(api, sandbox, platform);
    mediaId = await uploadClip(api, CLIP);
  });
  afterAll(async () => {
    await db.end();
    await app.stop();
    await sandbox.stop();
  });

  const rowCounts = async () => {
    const counts = TABLES.map((table) => `(select count(*)::int from ${table}) as ${table}`).join(', ');
    return (await db.query(`select ${counts}`)).rows[0] as Record<string, number>;
  };

  /** The call is refused with this status and code, says what to do, and stores nothing. */
  const expectRefusal = async (make: () => Promise<Answer>, status: number, code: string) => {
    const before = await rowCounts();
    const answer = await make();
    expect(answer.body).toMatchObject({ status, code });
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(String(answer.body.detail).length).toBeGreaterThan(15);
    expect(await rowCounts()).toEqual(before);
  };

  const upload = (bytes: Uint8Array<ArrayBuffer>, name = 'x.mp4') => {
    const form = new FormData();
    form.set('file', new Blob([bytes], { type: 'video/mp4' }), name);
    return api.call('POST', '/v1/media', form);
  };
  const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();
  const post = (changes: Record<string, unknown> = {}, headers: Record<string, string> = {}) =>
    api.call(
      'POST',
      '/v1/posts',
      {
        caption: 'Hi',
        mediaIds: [mediaId],
        scheduledAt: inAnHour(),
        targets: [{ accountId: accounts.tiktok?.id }],
        ...changes,
      },
      headers,
    );

  it('refuses a file that is no video', () =>
    expectRefusal(() => upload(new Uint8Array(Buffer.from('just some text, not a video'))), 415, 'media.not_a_video'));
  it('refuses a video cut in half, although its header is whole', () =>
    expectRefusal(() => upload(new Uint8Array(clipBytes.subarray(0, clipBytes.length / 2))), 400, 'media.truncated'));
  it('refuses an empty file', () => expectRefusal(() => upload(new Uint8Array()), 400, 'media.empty'));
  it('refuses a file over the limit', () =>
    expectRefusal(() => upload(new Uint8Array(2_100_000)), 413, 'media.too_large'));

  it.each([
    ['tiktok', 'a'.repeat(2_201)],
    ['reels', 'a'.repeat(2_201)],
    ['shorts', 'é'.repeat(2_501)],
    ['skylight', '🙂'.repeat(301)],
  ])('refuses a caption too long for %s, in its own unit', async (platform, caption) => {
    await expectRefusal(
      () => post({ caption, targets: [{ accountId: accounts[platform]?.id }] }),
      400,
      'content.invalid',
    );
  });

  it.each([
    ['a NUL in the address', '/v1/analytics?tag=%00', 'request.invalid'],
    ['years that no database holds', '/v1/analytics?from=-200000-01-01T00:00:00Z', 'request.invalid'],
    ['the same in a list', '/v1/targets?from=-200000-01-01T00:00:00Z', 'request.invalid'],
    ['a cursor made by hand', `/v1/targets?cursor=${btoa(`2026|${randomUUID()}`)}`, 'request.bad_cursor'],
  ])('refuses %s', (_, path, code) => expectRefusal(() => api.call('GET', path), 400, code));
  it('knows no route in capitals, which would pass by what is said of paths', () =>
    expectRefusal(() => api.call('GET', '/V1/workspace'), 404, 'route.not_found'));

  it.each([{ found: null }, { absent: null }, { absent: false }, { found: '' }, { found: null, absent: true }])(
    'takes %j for no word about a target in doubt',
    (word) =>
      expectRefusal(() => api.call('POST', `/v1/targets/${randomUUID()}/resolve`, word), 400, 'request.invalid'),
  );

  it.each(['{"name":"half \\ud800"}', '{"name":"nul \\u0000"}', '{"name":"x","\\ud800":1}'])(
    'refuses %s, which the database could not keep',
    (body) => expectRefusal(() => api.call('PATCH', '/v1/workspace', body), 400, 'body.malformed'),
  );

  it('refuses a time in the past', () =>
    expectRefusal(() => post({ scheduledAt: '2020-01-01T00:00:00Z' }), 400, 'schedule.in_past'));
  it('refuses an unknown zone', () =>
    expectRefusal(
      () => post({ scheduledAt: '2030-01-01T10:00', timezone: 'Mars/Base' }),
      400,
      'schedule.unknown_zone',
    ));
  it('refuses an unknown account', () =>
    expectRefusal(
      () => post({ targets: [{ accountId: '01936d5e-0000-7000-8000-000000000000' }] }),
      404,
      'account.not_found',
    ));
  it('refuses two targets for one account', () =>
    expectRefusal(
      () => post({ targets: [{ accountId: accounts.tiktok?.id }, { accountId: accounts.tiktok?.id }] }),
      400,
      'schedule.duplicate_target',
    ));
  it('refuses a body over the limit', () =>
    expectRefusal(() => post({ caption: 'a'.repeat(3_000_000) }), 413, 'body.too_large'));
  it('refuses malformed JSON', () =>
    expectRefusal(() => api.call('POST', '/v1/posts', '{"caption": '), 400, 'body.malformed'));
  it('refuses a NUL character', () => expectRefusal(() => post({ caption: 'a\u0000b' }), 400, 'body.malformed'));
  it('refuses an unknown field', () => expectRefusal(() => post({ captoin: 'Hi' }), 400, 'request.unknown_field'));

  it('refuses a foreign account like an unknown one', async () => {
    const other = await api.ok<{ apiKey: { key: string } | string }>('POST', '/v1/workspaces', {
      name: 'Other',
      region: 'us',
      timeZone: 'UTC',
    });
    const key = /prn_live_\w+/.exec(JSON.stringify(other))?.[0];
    await expectRefusal(
      () =>
        api.with(key).call('POST', '/v1/posts', {
          caption: 'Hi',
          mediaIds: [mediaId],
          scheduledAt: inAnHour(),
          targets: [{ accountId: accounts.tiktok?.id }],
        }),
      404,
      'media.not_found',
    );
  });

  it('refuses a key without the scope, and a revoked key', async () => {
    const made = await api.ok<{ id: string; key: string }>('POST', '/v1/api-keys', {
      name: 'reader',
      scopes: ['posts:read'],
    });
    const reader = api.with(made.key);
    await expectRefusal(() => reader.call('POST', '/v1/posts', { caption: 'x' }), 403, 'key.scope_missing');
    await api.ok('DELETE', `/v1/api-keys/${made.id}`);
    await expectRefusal(() => reader.call('GET', '/v1/posts'), 401, 'key.revoked');
  });

  it('refuses the same idempotency key with another body, and replays the same one', async () => {
    const headers = { 'idempotency-key': 'once' };
    const first = await post({}, headers);
    expect(first.status).toBe(201);
    const again = await post({ ...{}, scheduledAt: undefined }, headers);
    expect(again.body).toMatchObject({ code: 'idempotency.body_differs', status: 422 });
  });

  it('refuses a cancel after the intent', async () => {
    await sandbox.addFault({ platform: 'tiktok', step: 'upload', kind: 'slow', delayMs: 3_000, times: 1 });
    const account = accounts.tiktok;
    if (!account) throw new Error('no account');
    const [target] = await publishNow(api, mediaId, [account], 'Too late to cancel');
    const id = target?.id ?? '';
    await until(async () => (await readTarget(api, id)).status === 'publishing', 'the target to be publishing');
    await expectRefusal(() => api.call('POST', `/v1/targets/${id}/cancel`), 409, 'target.too_late');
    await until(async () => (await readTarget(api, id)).status === 'published', 'the target to be published');
  });
});
