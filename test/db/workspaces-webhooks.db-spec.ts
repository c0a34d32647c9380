import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { EventOutbox } from '../../src/infra/outbox/event-outbox.js';
import type { AccountEventData } from '../../src/kernel/event-catalogue.js';
import { newId } from '../../src/kernel/ids.js';
import { BootstrapWorkspace, WorkspacesModule } from '../../src/workspaces/index.js';
import { WebhookDoor } from '../../src/workspaces/domain/webhooks/webhooks.port.js';
import { GuardedWebhookDoor } from '../../src/workspaces/infrastructure/webhooks/guarded-webhook-door.js';
import { WebhookSender } from '../../src/workspaces/jobs/webhooks/webhook-sender.js';
import { WebhooksJob } from '../../src/workspaces/jobs/webhooks/webhooks.job.js';
import { until } from '../support/app.js';
import { type PartialApp, startPartialApp } from '../support/partial-app.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';
import { isGenuine, Receiver } from '../support/receiver.js';

const TIMEOUT_MS = 400;

describe('webhooks', () => {
  let db: TestDatabase;
  let partial: PartialApp;
  let key: string;
  let workspaceId: string;
  const receiver = new Receiver();

  beforeAll(async () => {
    db = await createTestDatabase();
    const door = new GuardedWebhookDoor({ allow: ['127.0.0.1/32'] }, TIMEOUT_MS);
    partial = await startPartialApp(db, { imports: [WorkspacesModule], replace: new Map([[WebhookDoor, door]]) });
    const first = await partial.app.get(BootstrapWorkspace).execute();
    key = first.apiKey ?? '';
    workspaceId = first.workspaceId;
    await receiver.start();
  });
  afterAll(async () => {
    await receiver.stop();
    await partial.stop();
    await db.drop();
  });
  beforeEach(async () => {
    await db.database.affected(`delete from webhook`);
    receiver.received.length = 0;
    receiver.answer = (response) => void response.writeHead(204).end();
  });

  const send = (method: string, path: string, body?: unknown, headers = {}) =>
    partial.send({ method, path: `/v1/webhooks${path}`, key, body, headers });
  const create = async (path: string, events: string[] = []) =>
    (await send('POST', '', { url: receiver.url + path, events })).body;
  const payload = (displayName = 'A'): AccountEventData => ({
    accountId: newId(),
    platform: 'tiktok',
    region: 'us',
    displayName,
    status: 'disconnected',
  });
  const tell = (displayName?: string, type: 'account.disconnected' | 'account.paused' = 'account.disconnected') =>
    db.database.run((tx) =>
      partial.app.get(EventOutbox).append([{ workspaceId, type, subjectId: 'x', payload: payload(displayName) }], tx),
    );
  /** The outbox hands nothing out while an older transaction runs, and those of other databases count too. */
  const readable = () =>
    until(
      async () =>
        (await db.database.rows(`select 1 from event where xid >= pg_snapshot_xmin(pg_current_snapshot())`)).length ===
        0,
      'the events to be readable',
    );
  const deliver = async () => {
    await readable();
    await partial.app.get(WebhooksJob).runOnce();
    await partial.app.get(WebhookSender).drain();
  };
  /** Lets the waits between tries pass. */
  const soon = () => db.database.affected(`update webhook_delivery set next_at = now() where state = 'waiting'`);
  const log = async (id: string, query = '') => (await send('GET', `/${id}/deliveries${query}`)).body.items;

  it('sends each wanted event once, signed so that a stranger to our code can verify it', async () => {
    const hook = await create('/wanted', ['account.disconnected']);
    expect(hook).toMatchObject({ secret: expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/), status: 'enabled' });
    await tell('Zoë');
    await tell('B', 'account.paused');
    await deliver();
    await deliver();
    expect(receiver.received).toHaveLength(1);
    const [message] = receiver.received;
    if (!message) throw new Error('nothing arrived');
    expect(isGenuine(message, hook.secret)).toBe(true);
    expect(isGenuine({ ...message, body: `${message.body} ` }, hook.secret)).toBe(false);
    expect(isGenuine(message, `whsec_${Buffer.alloc(32).toString('base64')}`)).toBe(false);
    const body = JSON.parse(message.body);
    expect(body).toMatchObject({ id: message.id, type: 'account.disconnected', data: { displayName: 'Zoë' } });
    expect(await log(hook.id)).toMatchObject([
      { state: 'delivered', statusCode: 204, tries: 1, messageId: message.id },
    ]);
    expect(
      (await partial.send({ path: '/v1/events', key, headers: { accept: 'application/json' } })).body.items,
    ).toEqual(expect.arrayContaining([body]));
  });

  it('shows a secret once, keeps it sealed, and signs with both while a rotation overlaps', async () => {
    const hook = await create('/rotated');
    expect((await send('GET', `/${hook.id}`)).body).not.toHaveProperty('secret');
    const fresh = (await send('POST', `/${hook.id}/rotate-secret`, {})).body;
    expect(fresh.previousSecretUntil).toBeDefined();
    await send('POST', `/${hook.id}/test`);
    await deliver();
    expect(
      receiver.received.map((message) => [isGenuine(message, hook.secret), isGenuine(message, fresh.secret)]),
    ).toEqual([[true, true]]);
    const last = (await send('POST', `/${hook.id}/rotate-secret`, { overlapSeconds: 0 })).body;
    await send('POST', `/${hook.id}/test`);
    await deliver();
    const [, second] = receiver.received;
    expect(second && [isGenuine(second, fresh.secret), isGenuine(second, last.secret)]).toEqual([false, true]);
    const stored = JSON.stringify(
      await db.database.rows(
        `select to_jsonb(w) as w, (select jsonb_agg(a) from audit_entry a) as a,
                (select jsonb_agg(r) from idempotency_record r) as r from webhook w`,
      ),
    );
    for (const { secret } of [hook, fresh, last]) {
      expect(stored).not.toContain(secret);
      expect(stored).not.toContain(Buffer.from(secret.slice(6), 'base64').toString('hex'));
    }
  });

  it('reaches a receiver that was down, with the same id and body, and forgets that it failed', async () => {
    const hook = await create('/down');
    await receiver.stop();
    await tell();
    await deliver();
    expect(await log(hook.id)).toMatchObject([
      { state: 'waiting', tries: 1, error: expect.stringContaining('No connection') },
    ]);
    expect((await send('GET', `/${hook.id}`)).body.failingSince).toBeDefined();
    await receiver.start();
    await soon();
    await deliver();
    expect(receiver.received).toHaveLength(1);
    expect(await log(hook.id, '?state=delivered')).toMatchObject([{ tries: 2, statusCode: 204 }]);
    expect((await send('GET', `/${hook.id}`)).body.failingSince).toBeUndefined();
  });

  it('tries again after 500 and later, gives up after the last wait, and sends again when a person asks', async () => {
    const hook = await create('/broken');
    receiver.answer = (response) => void response.writeHead(500).end('oh');
    await tell();
    await deliver();
    const [first] = await log(hook.id);
    const waits = Date.parse(first.nextTryAt) - Date.parse(first.lastTryAt);
    expect(waits).toBeGreaterThan(4_000);
    expect(waits).toBeLessThan(6_500);
    await db.database.affected(`update webhook_delivery set tries = 10, next_at = now() where state = 'waiting'`);
    await deliver();
    expect(await log(hook.id)).toMatchObject([{ state: 'failed', tries: 11, statusCode: 500, error: 'Answered 500.' }]);
    receiver.answer = (response) => void response.writeHead(200).end();
    expect((await send('POST', `/${hook.id}/deliveries/${first.id}/replay`)).status).toBe(202);
    await deliver();
    expect(await log(hook.id)).toMatchObject([{ state: 'delivered', tries: 1 }]);
    expect(new Set(receiver.received.map(({ id, body }) => id + body)).size).toBe(1);
  });

  it('follows no redirect and waits for no slow answer', async () => {
    const hook = await create('/odd');
    receiver.answer = (response) => void response.writeHead(302, { location: `${receiver.url}/elsewhere` }).end();
    await send('POST', `/${hook.id}/test`);
    await deliver();
    expect(receiver.of('/elsewhere')).toEqual([]);
    receiver.answer = () => undefined;
    await send('POST', `/${hook.id}/test`);
    await deliver();
    expect(await log(hook.id)).toMatchObject([
      { state: 'waiting', error: expect.stringContaining('No answer within'), durationMs: expect.any(Number) },
      { state: 'waiting', statusCode: 302, error: expect.stringContaining('redirects are not followed') },
    ]);
  });

  it('lets a slow receiver delay nobody else', async () => {
    const slow = await create('/slow');
    await create('/quick');
    let open = 0;
    let most = 0;
    receiver.answer = (response, { path }) => {
      if (path === '/quick') return void response.writeHead(204).end();
      open += 1;
      most = Math.max(most, open);
      response.once('close', () => (open -= 1));
    };
    for (let n = 0; n < 100; n += 1) await tell(`n${n}`);
    await readable();
    await partial.app.get(WebhooksJob).runOnce();
    await until(() => receiver.of('/quick').length === 100, 'the quick one to have everything');
    expect(most).toBe(4);
    await send('DELETE', `/${slow.id}`);
    await partial.app.get(WebhookSender).drain();
  });

  it('hands each event out once, however many processes do it, and loses none to a slow transaction', async () => {
    await create('/many');
    let commit = () => undefined as void;
    const slow = db.database.run(async (tx) => {
      await partial.app
        .get(EventOutbox)
        .append([{ workspaceId, type: 'account.paused', subjectId: 'x', payload: payload('late') }], tx);
      await new Promise<void>((resolve) => (commit = resolve));
    });
    await Promise.all([1, 2, 3, 4].map((n) => tell(`p${n}`)));
    const job = partial.app.get(WebhooksJob);
    await Promise.all([job.runOnce(), job.runOnce(), job.runOnce()]);
    commit();
    await slow;
    await deliver();
    const names = receiver.received.map(({ body }) => JSON.parse(body).data.displayName).sort();
    expect(names).toEqual(['late', 'p1', 'p2', 'p3', 'p4']);
  });

  it('switches off at 410 at once, and after a day of nothing but failures, and says so', async () => {
    const gone = await create('/gone?key=only-for-this-receiver');
    const failing = await create('/failing');
    receiver.answer = (response, { path }) => void response.writeHead(path.startsWith('/gone') ? 410 : 503).end();
    await tell();
    await deliver();
    expect((await send('GET', `/${gone.id}`)).body).toMatchObject({ status: 'disabled', disabledReason: 'gone' });
    expect((await send('GET', `/${failing.id}`)).body.status).toBe('enabled');
    await db.database.affected(`update webhook set failing_since = now() - interval '24 hours' where id = $1`, [
      failing.id,
    ]);
    await soon();
    await deliver();
    expect((await send('GET', `/${failing.id}`)).body).toMatchObject({ status: 'disabled', disabledReason: 'failing' });
    const told = await db.database.rows<{ id: string }>(
      `select subject_id as id from event where type = 'webhook.disabled' union all
       select subject_id from audit_entry where action = 'webhook.disabled'`,
    );
    expect(told.map(({ id }) => id).sort()).toEqual([gone.id, gone.id, failing.id, failing.id].sort());
    const events = await db.database.rows<{ payload: object }>(
      `select payload from event where type = 'webhook.disabled' order by id`,
    );
    expect(events[0]?.payload).toEqual({ webhookId: gone.id, url: receiver.url, reason: 'gone' });
    expect((await send('POST', `/${failing.id}/test`)).body.code).toBe('webhook.disabled');
    receiver.answer = (response) => void response.writeHead(200).end();
    expect((await send('PATCH', `/${failing.id}`, { enabled: true })).body).toMatchObject({ status: 'enabled' });
    await soon();
    await deliver();
    expect((await log(failing.id)).map(({ state }: { state: string }) => state)).not.toContain('waiting');
  });

  it('refuses null for what may only be left out; a secret does not die of it', async () => {
    const nulls = [{ description: null }, { events: null }];
    for (const odd of nulls)
      expect((await send('POST', '', { url: `${receiver.url}/odd`, ...odd })).body).toMatchObject({
        status: 400,
        code: 'request.invalid',
      });
    const { id } = await create('/kept');
    for (const odd of [...nulls, { url: null }, { enabled: null }])
      expect((await send('PATCH', `/${id}`, odd)).status).toBe(400);
    expect((await send('POST', `/${id}/rotate-secret`, { overlapSeconds: null })).status).toBe(400);
    expect((await send('POST', `/${id}/rotate-secret`, {})).body.previousSecretUntil).toEqual(expect.any(String));
  });

  it('refuses addresses inside, unknown events and the 51st webhook, and stores nothing', async () => {
    const refused = async (url: string) => {
      const { status, body } = await send('POST', '', { url });
      return `${status} ${body.code}`;
    };
    const inside = ['https://10.0.0.1/x', 'https://169.254.169.254/', 'http://example.com/', 'https://[::1]/'];
    for (const url of inside) expect(await refused(url)).toBe('422 url.refused');
    expect(await refused('not a url')).toBe('422 url.refused');
    const strict = new GuardedWebhookDoor({ allow: [] });
    await expect(strict.assertUsable('https://localhost/')).rejects.toMatchObject({ code: 'url.refused' });
    const claimed = {
      id: newId(),
      webhookId: newId(),
      workspaceId,
      messageId: 'm',
      body: '{}',
      tries: 1,
      secrets: ['whsec_eA=='],
    };
    // Stored when it was allowed, or a name that has changed its mind since: judged again at every try.
    for (const url of [...inside, 'https://localhost/', receiver.url]) {
      const { code, error } = await strict.send({ ...claimed, url });
      expect({ url, code, error }).toEqual({ url, code: undefined, error: expect.stringContaining('private network') });
    }
    expect(receiver.received).toEqual([]);
    await strict.close();
    expect((await send('POST', '', { url: receiver.url, events: ['post.eaten'] })).body.code).toBe('request.invalid');
    expect((await send('GET', '')).body.items).toEqual([]);
    await db.database.affected(
      `insert into webhook (id, workspace_id, url, secret_enc, key_id)
       select gen_random_uuid(), $1, 'https://example.com', '', '' from generate_series(1, 50)`,
      [workspaceId],
    );
    expect((await send('POST', '', { url: receiver.url })).body.code).toBe('webhook.too_many');
  });

  it('keeps nothing longer than its time, and no event that a consumer has not read', async () => {
    const hook = await create('/old');
    await tell();
    await deliver();
    await db.database.affected(`update webhook_delivery set created_at = now() - interval '31 days'`);
    await db.database.affected(`update event set at = now() - interval '31 days'`);
    await db.database.affected(`insert into event_cursor (consumer) values ('asleep')`);
    await partial.app.get(WebhooksJob).purge();
    expect(await log(hook.id)).toEqual([]);
    expect(await db.database.rows(`select 1 from event limit 1`)).toHaveLength(1);
    await db.database.affected(`delete from event_cursor where consumer <> 'webhooks'`);
    await partial.app.get(WebhooksJob).purge();
    expect(await db.database.rows(`select type from event where at < now() - interval '30 days'`)).toEqual([]);
  });
});
