import { describe, expect, it } from '@jest/globals';
import { EventOutbox } from '../../src/infra/outbox/event-outbox.js';
import { newId } from '../../src/kernel/ids.js';
import { GuardedWebhookDoor } from '../../src/workspaces/infrastructure/webhooks/guarded-webhook-door.js';
import { WebhooksJob } from '../../src/workspaces/jobs/webhooks/webhooks.job.js';
import { isGenuine } from '../support/receiver.js';
import { withWebhooks } from '../support/webhooks.js';

describe('webhooks', () => {
  const stage = withWebhooks();
  const { receiver, send, create, tell, deliver, log, database, server, payload, ids, events } = stage;

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
    expect(await events()).toEqual(expect.arrayContaining([body]));
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
      await database().rows(
        `select to_jsonb(w) as w, (select jsonb_agg(a) from audit_entry a) as a,
                (select jsonb_agg(r) from idempotency_record r) as r from webhook w`,
      ),
    );
    for (const { secret } of [hook, fresh, last]) {
      expect(stored).not.toContain(secret);
      expect(stored).not.toContain(Buffer.from(secret.slice(6), 'base64').toString('hex'));
    }
  });

  it('hands each event out once, however many processes do it, and loses none to a slow transaction', async () => {
    await create('/many');
    let commit = () => undefined as void;
    const slow = database().run(async (tx) => {
      await server()
        .get(EventOutbox)
        .append(
          [{ workspaceId: ids().workspaceId, type: 'account.paused', subjectId: 'x', payload: payload('late') }],
          tx,
        );
      await new Promise<void>((resolve) => (commit = resolve));
    });
    await Promise.all([1, 2, 3, 4].map((n) => tell(`p${n}`)));
    const job = server().get(WebhooksJob);
    await Promise.all([job.runOnce(), job.runOnce(), job.runOnce()]);
    commit();
    await slow;
    await deliver();
    const names = receiver.received.map(({ body }) => JSON.parse(body).data.displayName).sort();
    expect(names).toEqual(['late', 'p1', 'p2', 'p3', 'p4']);
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
      workspaceId: ids().workspaceId,
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
    await database().affected(
      `insert into webhook (id, workspace_id, url, secret_enc, key_id)
       select gen_random_uuid(), $1, 'https://example.com', '', '' from generate_series(1, 50)`,
      [ids().workspaceId],
    );
    expect((await send('POST', '', { url: receiver.url })).body.code).toBe('webhook.too_many');
  });

  it('keeps nothing longer than its time, and no event that a consumer has not read', async () => {
    const hook = await create('/old');
    await tell();
    await deliver();
    await database().affected(`update webhook_delivery set created_at = now() - interval '31 days'`);
    await database().affected(`update event set at = now() - interval '31 days'`);
    await database().affected(`insert into event_cursor (consumer) values ('asleep')`);
    await server().get(WebhooksJob).purge();
    expect(await log(hook.id)).toEqual([]);
    expect(await database().rows(`select 1 from event limit 1`)).toHaveLength(1);
    await database().affected(`delete from event_cursor where consumer <> 'webhooks'`);
    await server().get(WebhooksJob).purge();
    expect(await database().rows(`select type from event where at < now() - interval '30 days'`)).toEqual([]);
  });
});
