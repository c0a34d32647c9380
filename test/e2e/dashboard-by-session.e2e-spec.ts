import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { openAsBlob } from 'node:fs';
import { promisify } from 'node:util';
import pg from 'pg';
import { type Answer, startAppProcess, type TestApp, until } from '../support/app.js';
import { startSandbox, type TestSandbox } from '../support/sandbox.js';
import { connectAccount } from '../support/story.js';

const CLIP = 'seeds/clips/bread-timer.mp4';
const PASSWORD = 'correct horse battery';
const OWNER = 'owner@example.com';
const TUS = { 'tus-resumable': '1.0.0' };

/** What the web app does, with nothing but the cookie. */
describe('a person in a browser', () => {
  let sandbox: TestSandbox;
  let app: TestApp;
  let owner: string;

  beforeAll(async () => {
    sandbox = await startSandbox();
    app = await startAppProcess(sandbox.env);
  });
  afterAll(async () => {
    await app.stop();
    await sandbox.stop();
  });

  const as =
    (cookie: string) =>
    (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
      app.api.with(undefined).call(method, path, body, { cookie, 'sec-fetch-site': 'same-origin', ...headers });
  const cookieOf = ({ headers }: Answer) => headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const query = async <Row extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<Row[]> => {
    const client = new pg.Client(app.databaseUrl);
    await client.connect();
    const { rows } = await client.query<Row>(sql, values);
    await client.end();
    return rows;
  };
  /** Somebody with the owner's password and another role. */
  const member = async (role: string): Promise<string> => {
    const email = `${role}@example.com`;
    await query(
      `with p as (insert into person (id, email, password_hash)
                  select gen_random_uuid(), $1, password_hash from person where email = $2 returning id)
       insert into member (id, workspace_id, person_id, role)
       select gen_random_uuid(), (select workspace_id from member limit 1), id, $3 from p`,
      [email, OWNER, role],
    );
    return cookieOf(await as('')('POST', '/v1/public/sign-in', { email, password: PASSWORD }));
  };

  it('comes in by the link that the server printed, and is in the workspace', async () => {
    const link = await until(() => /(\S+)\/setup#([\w-]{43})/.exec(app.main.lines.join('\n')), 'the set-up link');
    expect(link?.[1]).toBe(app.api.url);
    const wish = { token: link?.[2], email: OWNER, password: PASSWORD, workspaceName: 'Bakery' };
    const answer = await as('')('POST', '/v1/public/setup', wish);
    expect(answer).toMatchObject({ status: 200, body: { role: 'owner', workspaceName: 'Bakery', timeZone: 'UTC' } });
    owner = cookieOf(answer);
    expect((await as(owner)('GET', '/v1/now')).status).toBe(200);
  });

  it('uploads by form and in pieces, and takes home CSV and evidence', async () => {
    const clip = await openAsBlob(CLIP, { type: 'video/mp4' });
    const form = new FormData();
    form.set('file', clip, 'bread-timer.mp4');
    expect(await as(owner)('POST', '/v1/media', form)).toMatchObject({ status: 201 });
    const length = { ...TUS, 'upload-length': '10', 'upload-metadata': `filename ${btoa('a.mp4')}` };
    const begun = await as(owner)('POST', '/v1/uploads', undefined, length);
    expect(begun.status).toBe(201);
    const at = new URL(begun.headers.get('location') ?? '', app.api.url).pathname;
    const bytes = { ...TUS, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' };
    expect((await as(owner)('PATCH', at, '01234', bytes)).status).toBe(204);
    expect((await as(owner)('HEAD', at, undefined, TUS)).headers.get('upload-offset')).toBe('5');
    const [incident] = await query<{ id: string }>(
      `insert into incident (id, platform, region, opened_at, worst_state, reason)
       values (gen_random_uuid(), 'shorts', 'us', now() - interval '1 hour', 'down', 'test') returning id`,
    );
    for (const path of [
      '/v1/analytics?format=csv',
      `/v1/incidents/${incident?.id}/evidence?format=csv`,
      '/v1/subscribers/export.csv',
    ])
      expect({ path, status: (await as(owner)('GET', path)).status }).toEqual({ path, status: 200 });
  });

  it('answers an open question once, however often the button is hit; who only reads or approves may not', async () => {
    const account = await connectAccount(app.api, sandbox, 'tiktok');
    const { items } = (await as(owner)('GET', '/v1/media')).body as { items: { id: string }[] };
    const soon = new Date(Date.now() + 3_600_000).toISOString();
    const wish = { caption: 'Hi', mediaIds: [items[0]?.id], scheduledAt: soon, targets: [{ accountId: account.id }] };
    const post = await as(owner)('POST', '/v1/posts', wish);
    const { id } = (post.body as { targets: { id: string }[] }).targets[0] ?? { id: '' };
    await query(`update target set status = 'needs_decision', version = version + 1 where id = $1`, [id]);
    const now = (await as(owner)('GET', '/v1/now')).body as { needsDecision: { items: { question: object }[] } };
    expect(now.needsDecision.items[0]?.question).toMatchObject({ answers: { length: 3 } });
    const found = { found: 'https://www.tiktok.com/@mara/video/7460000000000000999' };
    const resolve = (cookie: string, key: string) =>
      as(cookie)('POST', `/v1/targets/${id}/resolve`, found, { 'idempotency-key': key });
    for (const role of ['viewer', 'approver'])
      expect(await resolve(await member(role), role)).toMatchObject({
        ...{ status: 403, body: { code: 'member.not_allowed' } },
      });
    const clicks = await Promise.all([resolve(owner, 'one'), resolve(owner, 'one')]);
    expect(clicks.map(({ status }) => status).filter((status) => status !== 200 && status !== 409)).toEqual([]);
    expect(await resolve(owner, 'one')).toMatchObject({ status: 200, body: { status: 'published', late: true } });
    expect(await resolve(owner, 'two')).toMatchObject({ status: 409, body: { code: 'target.not_possible' } });
    const words = await query(`select actor from target_event where target_id = $1 and cause = 'found_by_person'`, [
      id,
    ]);
    expect(words).toEqual([{ actor: expect.stringMatching(/^member:/) }]);
  });

  it('is let in by whoever has the database, once', async () => {
    const cli = 'dist/workspaces/infrastructure/members/sign-in-link.cli.js';
    const env = { ...process.env, DATABASE_URL: app.databaseUrl, ENCRYPTION_KEYS: `k:${'A'.repeat(43)}=` };
    const run = (...args: string[]) => promisify(execFile)(process.execPath, [cli, ...args], { env });
    const { stdout } = await run('--email', OWNER, '--url', app.api.url, '--json');
    const { link } = JSON.parse(stdout) as { link: string };
    const [page, token] = link.split('#');
    expect(page).toBe(`${app.api.url}/sign-in`);
    const enter = () => as('')('POST', '/v1/public/sign-in/link', { token });
    expect(await enter()).toMatchObject({ status: 200, body: { email: OWNER } });
    expect(await enter()).toMatchObject({ status: 410, body: { code: 'link.dead' } });
    await expect(run('--email', 'nobody@example.com')).rejects.toMatchObject({
      stderr: expect.stringContaining('Nobody signs in here as nobody@example.com'),
    });
  });
});
