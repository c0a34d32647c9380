import { describe, expect, it } from '@jest/globals';
import { WebhookSender } from '../../src/workspaces/jobs/webhooks/webhook-sender.js';
import { WebhooksJob } from '../../src/workspaces/jobs/webhooks/webhooks.job.js';
import { until } from '../support/app.js';
import { withWebhooks } from '../support/webhooks.js';

describe('a webhook whose receiver is in trouble', () => {
  const { receiver, send, create, tell, deliver, soon, log, database } = withWebhooks();

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
    await database().affected(`update webhook_delivery set tries = 10, next_at = now() where state = 'waiting'`);
    await deliver();
    expect(await log(hook.id)).toMatchObject([{ state: 'failed', tries: 11, statusCode: 500, error: 'Answered 500.' }]);
    receiver.answer = (response) => void response.writeHead(200).end();
    expect((await send('POST', `/${hook.id}/deliveries/${first.id}/replay`)).status).toBe(202);
    await deliver();
    expect(await log(hook.id)).toMatchObject([{ state: 'delivered', tries: 1 }]);
    expect(new Set(receiver.received.map(({ id, body }) => id + body)).size).toBe(1);
  });

  it('switches off at 410 at once, and after a day of nothing but failures, and says so', async () => {
    const gone = await create('/gone?key=only-for-this-receiver');
    const failing = await create('/failing');
    receiver.answer = (response, { path }) => void response.writeHead(path.startsWith('/gone') ? 410 : 503).end();
    await tell();
    await deliver();
    expect((await send('GET', `/${gone.id}`)).body).toMatchObject({ status: 'disabled', disabledReason: 'gone' });
    expect((await send('GET', `/${failing.id}`)).body.status).toBe('enabled');
    await database().affected(`update webhook set failing_since = now() - interval '24 hours' where id = $1`, [
      failing.id,
    ]);
    await soon();
    await deliver();
    expect((await send('GET', `/${failing.id}`)).body).toMatchObject({ status: 'disabled', disabledReason: 'failing' });
    const told = await database().rows<{ id: string }>(
      `select subject_id as id from event where type = 'webhook.disabled' union all
       select subject_id from audit_entry where action = 'webhook.disabled'`,
    );
    expect(told.map(({ id }) => id).sort()).toEqual([gone.id, gone.id, failing.id, failing.id].sort());
    const events = await database().rows<{ payload: object }>(
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
});

describe('a webhook whose receiver is slow', () => {
  const { receiver, send, create, tell, readable, deliver, log, server } = withWebhooks(1_000);

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
    await server().get(WebhooksJob).runOnce();
    await until(() => receiver.of('/quick').length === 100, 'the quick one to have everything');
    expect(most).toBe(4);
    await send('DELETE', `/${slow.id}`);
    await server().get(WebhookSender).drain();
  });
});
