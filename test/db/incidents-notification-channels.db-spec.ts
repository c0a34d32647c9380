import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '../../src/kernel/ids.js';
import { type KeepingMessenger, NotificationStage, DISCORD } from '../support/notifications.js';

describe('notification channels', () => {
  let stage: NotificationStage;
  let messenger: KeepingMessenger;
  let other: { readonly workspaceId: string; readonly key: string };

  beforeAll(async () => {
    stage = await NotificationStage.start();
    ({ messenger } = stage);
    ({ other } = stage.tenants);
  });
  afterAll(() => stage.stop());
  beforeEach(() => stage.reset());

  it('keep tenants apart: each hears of its own posts, both of the platform they share', async () => {
    const own = await stage.create({ name: 'Own' });
    const theirs = await stage.create({ name: 'Other' }, other.key);
    const incident = newId();
    await stage.tell(
      stage.decision(),
      stage.decision(other.workspaceId),
      stage.decision(other.workspaceId),
      stage.platform('down', incident),
    );
    await stage.hear();
    await stage.release();
    const told = (name: string) =>
      messenger.sent.filter((one) => one.name === name).map(({ message }) => message.subject);
    expect(told('Own').sort()).toEqual(['1 post needs your decision', 'TikTok (us) is down']);
    expect(told('Other').sort()).toEqual(['2 posts need your decision', 'TikTok (us) is down']);
    expect((await stage.send('GET', '', undefined, other.key)).body.items.map(({ id }: { id: string }) => id)).toEqual([
      theirs.id,
    ]);
    for (const [method, path] of [
      ['GET', `/${own.id}`],
      ['PATCH', `/${own.id}`],
      ['DELETE', `/${own.id}`],
      ['POST', `/${own.id}/test`],
      ['POST', `/${own.id}/verification`],
      ['GET', `/${own.id}/deliveries`],
    ] as const)
      expect({
        path,
        status: (await stage.send(method, path, method === 'PATCH' ? {} : undefined, other.key)).status,
      }).toEqual({
        path,
        status: 404,
      });
  });

  it('tell the instance’s own channels of all, which only an operator can make and see', async () => {
    expect((await stage.send('POST', '', { name: 'x', scope: 'instance', ...DISCORD }, other.key)).body.code).toBe(
      'notification_channel.needs_operator',
    );
    const channel = await stage.create({ name: 'Operators', scope: 'instance' });
    expect(channel.kinds).toContain('incident.opened');
    expect((await stage.send('GET', `/${channel.id}`, undefined, other.key)).status).toBe(404);
    await stage.send('PATCH', `/${channel.id}`, { kinds: [] });
    await stage.tell(stage.decision(), stage.decision(other.workspaceId));
    await stage.hear();
    await stage.release();
    expect(messenger.sent[0]?.message.text).toContain('They belong to 2 workspaces.');
  });

  it('write nowhere before the address is proved by its code, which is shown to nobody else', async () => {
    const channel = await stage.create({
      ...DISCORD,
      kind: 'email',
      webhookUrl: undefined,
      email: ' Zoe@Example.com ',
    });
    expect(channel).toMatchObject({
      status: 'unverified',
      destination: 'zo…@example.com',
      verification: { state: 'sent' },
    });
    const { code } = messenger;
    expect(messenger.mails[0]?.to).toBe('zoe@example.com');
    const stored = JSON.stringify(
      await stage.db.database.rows(
        `select to_jsonb(n) as n, (select jsonb_agg(c) from notification_code c) as c,
                (select jsonb_agg(a) from audit_entry a) as a,
                (select jsonb_agg(r) from idempotency_record r) as r from notification_channel n`,
      ),
    );
    for (const secret of [code, code.replace(' ', ''), 'zoe@example.com']) expect(stored).not.toContain(secret);
    await stage.tell(stage.decision());
    await stage.hear();
    expect((await stage.send('POST', `/${channel.id}/test`)).body.code).toBe('notification_channel.unverified');
    const wrong = code.startsWith('0') ? '1'.repeat(8) : '0'.repeat(8);
    expect((await stage.send('POST', `/${channel.id}/verify`, { code: wrong })).body).toMatchObject({
      status: 422,
      triesLeft: 4,
    });
    expect((await stage.send('POST', `/${channel.id}/verify`, { code }, other.key)).status).toBe(404);
    expect((await stage.send('POST', `/${channel.id}/verify`, { code })).body.status).toBe('active');
    await stage.release();
    expect(messenger.sent).toEqual([]);
    await stage.tell(stage.decision());
    await stage.hear();
    await stage.release();
    expect(messenger.sent[0]?.sending.destination).toEqual({ kind: 'email', address: 'zoe@example.com' });
    const moved = (await stage.send('PATCH', `/${channel.id}`, { email: 'max@example.com' })).body;
    expect(moved).toMatchObject({ status: 'unverified', verification: { state: 'sent' } });
    expect((await stage.send('POST', `/${channel.id}/verify`, { code })).status).toBe(422);
  });

  it('end a code after five wrong guesses, and send no more than three an hour to one address', async () => {
    const email = 'max@example.com';
    const channel = await stage.create({ kind: 'email', webhookUrl: undefined, email });
    const guess = (code: string) => stage.send('POST', `/${channel.id}/verify`, { code });
    for (let tries = 0; tries < 5; tries += 1) await guess('00000001');
    const { code } = messenger;
    expect((await guess(code)).body).toMatchObject({ code: 'notification_channel.wrong_code', triesLeft: 0 });
    expect((await stage.send('POST', `/${channel.id}/verification`)).body.state).toBe('sent');
    await stage.send('DELETE', `/${channel.id}`);
    await stage.create({ kind: 'email', webhookUrl: undefined, email });
    const fourth = await stage.send('POST', '', { name: 'x', kind: 'email', email }, other.key);
    expect(fourth.body).toMatchObject({ status: 429, code: 'notification_channel.too_many_codes' });
    expect((await stage.send('GET', '', undefined, other.key)).body.items).toEqual([]);
    expect(messenger.mails).toHaveLength(3);
  });

  it('test a channel at once and tell what came back, once per key and ten seconds', async () => {
    const channel = await stage.create();
    messenger.answer = async () => ({ kind: 'not_sent', lasting: 'temporary', detail: 'busy', code: '503' });
    const path = `/v1/notification-channels/${channel.id}/test`;
    const { key } = stage.tenants.own;
    const test = () => stage.partial.send({ method: 'POST', path, key, headers: { 'idempotency-key': 'k1' } });
    const once = await test();
    expect(once).toMatchObject({ status: 200, body: { state: 'failed', detail: 'busy', code: '503' } });
    expect((await test()).body).toEqual(once.body);
    expect((await stage.send('POST', `/${channel.id}/test`)).body.code).toBe('notification_channel.test_too_soon');
    expect(messenger.sent).toHaveLength(1);
    await stage.skip('waiting');
    await stage.release();
    expect(await stage.log(channel.id)).toMatchObject([{ id: once.body.deliveryId, state: 'failed', family: 'test' }]);
  });

  it('hand messages over to a webhook once, signed and logged there, whatever events it asks for', async () => {
    const { workspaceId, key } = stage.tenants.own;
    const body = { url: 'https://hooks.invalid/x', events: ['broadcast.sent'] };
    const { id: webhookId } = (await stage.partial.send({ method: 'POST', path: '/v1/webhooks', key, body })).body;
    const place = { kind: 'webhook', webhookUrl: undefined, webhookId };
    expect((await stage.send('POST', '', { name: 'x', ...DISCORD, ...place }, other.key)).status).toBe(404);
    const channel = await stage.create(place);
    expect(channel).toMatchObject({ status: 'active', webhookId });
    await stage.tell(stage.decision());
    await stage.hear();
    await stage.release();
    await stage.db.database.affected(`update notification set state = 'sending' where state = 'delivered'`);
    await stage.skip('sending');
    await stage.release();
    await stage.skip('waiting');
    await stage.release();
    const [delivery, ...more] = await stage.db.database.rows<{ body: string }>(
      `select workspace_id, webhook_id, type, message_id, body from webhook_delivery where workspace_id = $1`,
      [workspaceId],
    );
    expect(more).toEqual([]);
    const [told] = await stage.log(channel.id);
    expect(told).toMatchObject({ state: 'delivered', tries: 2 });
    expect(delivery).toMatchObject({
      webhook_id: webhookId,
      type: 'notification',
      message_id: `notification-${told.id}`,
    });
    expect(JSON.parse(delivery?.body ?? '{}')).toMatchObject({
      type: 'notification',
      data: { notificationId: told.id, subject: '1 post needs your decision', severity: 'warning' },
    });
  });

  it('are refused by mail where the server sends none, and beyond twenty', async () => {
    messenger.canMail = false;
    const answer = await stage.send('POST', '', { name: 'x', kind: 'email', email: 'max@example.com' });
    expect(answer.body).toMatchObject({ status: 409, code: 'notification_channel.mail_off' });
    const made = await Promise.all(Array.from({ length: 22 }, () => stage.send('POST', '', { name: 'x', ...DISCORD })));
    expect(made.filter(({ status }) => status === 201)).toHaveLength(20);
    expect(made.find(({ status }) => status !== 201)?.body.code).toBe('notification_channel.too_many');
  });

  it.each([
    [{ kind: 'pigeon' }, 400],
    [{ webhookUrl: 'https://evil.example/api/webhooks/123456/aaaaaaaaaaaa' }, 400],
    [{ chatId: '5' }, 400],
    [{ kinds: ['post.published'] }, 400],
    [{ minSeverity: null }, 400],
    [{ quietHours: { from: '22:00', to: '22:00', zone: 'UTC' } }, 400],
    [{ quietHours: { from: '25:00', to: '07:00', zone: 'UTC' } }, 400],
    [{ quietHours: { from: '22:00', to: '07:00', zone: 'Mars/Olympus' } }, 400],
    [{ quietHours: [] }, 400],
    [{ kind: 'webhook', webhookUrl: undefined, webhookId: newId() }, 404],
  ])('refuse %j with a problem, and store nothing', async (odd, status) => {
    const answer = await stage.send('POST', '', { name: 'Odd', ...DISCORD, ...odd });
    expect(answer).toMatchObject({ status, body: { code: expect.any(String), detail: expect.any(String) } });
    expect(await stage.db.database.rows(`select 1 from notification_channel`)).toEqual([]);
  });
});
