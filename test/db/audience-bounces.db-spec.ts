import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { RecordDelivery } from '../../src/audience/application/bounces/record-delivery.js';
import { TakeInboundMail } from '../../src/audience/application/bounces/take-inbound-mail.js';
import { BounceSettings } from '../../src/audience/domain/bounces/bounce-settings.js';
import { MailHooks } from '../../src/audience/domain/bounces/mail-hooks.js';
import { returnPathOf } from '../../src/audience/domain/bounces/return-path.js';
import { MailgunHook } from '../../src/audience/infrastructure/bounces/hooks/mailgun.hook.js';
import { BouncesJob } from '../../src/audience/jobs/bounces/bounces.job.js';
import { newId } from '../../src/kernel/ids.js';
import { type AudienceApp, seedPeople, startAudience } from '../support/audience.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';

const KEY = 'signing-key-of-the-test';

interface Person {
  readonly id: string;
  readonly email: string;
  readonly token: string;
}

describe('mail that comes back', () => {
  let db: TestDatabase;
  let app: AudienceApp;
  let people: readonly Person[];

  beforeAll(async () => {
    db = await createTestDatabase();
    app = await startAudience(db, { replace: new Map([[MailHooks, new MailHooks([new MailgunHook(KEY)])]]) });
  });
  afterAll(async () => {
    await app.stop();
    await db.drop();
  });
  beforeEach(async () => {
    await db.database.affected(
      'truncate delivery_report, mail_hook_call, consent, suppression, broadcast_recipient, broadcast, subscriber, event cascade',
    );
    await seedPeople(app, 4);
    people = await db.database.rows<Person>(
      'select id, email, unsubscribe_token as token from subscriber order by email',
    );
  });

  /** A broadcast that went to everybody. */
  const sentBroadcast = async (): Promise<string> => {
    const id = newId();
    await db.database.affected(
      `insert into broadcast (id, workspace_id, kind, status, subject, body_text) values ($1, $2, 'news', 'sent', 's', 'b')`,
      [id, app.workspaceId],
    );
    await db.database.affected(
      `insert into broadcast_recipient (broadcast_id, workspace_id, subscriber_id, address_hmac, state, message_id)
       select $1::uuid, workspace_id, id, email_hmac, 'accepted',
              '<' || $1::uuid || '.' || encode(substring(email_hmac from 1 for 12), 'hex') || '@example.org>' from subscriber`,
      [id],
    );
    return id;
  };
  const dsn = (status: string, words: string, more = '') =>
    Buffer.from(`From: MAILER-DAEMON@x.example\nMessage-ID: <${randomUUID()}@x.example>\nMIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=B\n\n--B\nContent-Type: message/delivery-status\n
Reporting-MTA: dns; x.example\n\nFinal-Recipient: rfc822; p0@example.net\nAction: failed\nStatus: ${status}
Diagnostic-Code: smtp; ${words}\n\n${more}--B--\n`);
  const pathOf = (broadcastId: string, person: Person | undefined) => {
    const { secret } = app.partial.app.get(BounceSettings);
    return returnPathOf(secret, { broadcastId, subscriberId: person?.id ?? '' }, 'bounce.example.org', new Date());
  };
  const take = (raw: Buffer, ...envelope: string[]) => app.partial.app.get(TakeInboundMail).execute({ raw, envelope });
  const standing = (person: Person | undefined) =>
    db.database.row(
      `select s.status, x.reason from subscriber s
         left join suppression x on x.workspace_id = s.workspace_id and x.address_hmac = s.email_hmac where s.id = $1`,
      [person?.id],
    );
  const eventTypes = async () =>
    (await db.database.rows<{ type: string }>(`select type from event where type like 'subscriber.%' order by id`)).map(
      ({ type }) => type,
    );

  it('takes a person off the list for a hard bounce, once, and shows it on broadcast and person', async () => {
    const broadcast = await sentBroadcast();
    const raw = dsn('5.1.1', '550 5.1.1 <p0@example.net>: user unknown');
    expect(await take(raw, pathOf(broadcast, people[0]))).toBe('recorded');
    expect(await take(raw, pathOf(broadcast, people[0]))).toBe('known');
    expect(await standing(people[0])).toEqual({ status: 'bounced', reason: 'bounced' });
    expect(await standing(people[1])).toEqual({ status: 'confirmed', reason: null });
    expect(await eventTypes()).toEqual(['subscriber.bounced']);
    const shown = {
      broadcastId: broadcast,
      subscriberId: people[0]?.id,
      kind: 'bounce',
      class: 'hard-address',
      source: 'mail',
      domain: 'example.net',
      evidence: '5.1.1 550 5.1.1 <[address]>: user unknown',
    };
    const ofBroadcast = await app.api('GET', `/v1/broadcasts/${broadcast}/delivery-reports?kind=bounce`);
    expect(ofBroadcast.body.items).toEqual([expect.objectContaining(shown)]);
    const ofPerson = await app.api('GET', `/v1/subscribers/${people[0]?.id}/delivery-reports`);
    expect(ofPerson.body.items).toEqual([expect.objectContaining(shown)]);
    expect((await app.api('GET', `/v1/broadcasts/${broadcast}/delivery-tally`)).body).toEqual({
      domains: [{ domain: 'example.net', hard: 1, complaints: 0, refused: 0 }],
    });
    expect((await app.api('GET', `/v1/broadcasts/${newId()}/delivery-reports`)).status).toBe(404);
  });

  it('tells followers once, however many of their broadcasts come back', async () => {
    for (const broadcast of [await sentBroadcast(), await sentBroadcast()])
      expect(await take(dsn('5.1.1', 'user unknown'), pathOf(broadcast, people[1]))).toBe('recorded');
    expect(await eventTypes()).toEqual(['subscriber.bounced']);
  });

  it('finds the mail by the Message-ID of what is returned where the return path is gone', async () => {
    const broadcast = await sentBroadcast();
    const row = await db.database.row<{ id: string }>(
      'select message_id as id from broadcast_recipient where subscriber_id = $1',
      [people[2]?.id],
    );
    const returned = `--B\nContent-Type: text/rfc822-headers\n\nMessage-ID: ${row?.id}\n\n`;
    expect(await take(dsn('5.1.2', 'host unknown', returned))).toBe('recorded');
    expect(await standing(people[2])).toMatchObject({ status: 'bounced' });
    const stranger = `--B\nContent-Type: text/rfc822-headers\n\nMessage-ID: <${broadcast}.${'0'.repeat(24)}@x>\n\n`;
    expect(await take(dsn('5.1.1', 'user unknown', stranger))).toBe('not_ours');
    expect(await take(dsn('5.1.1', 'user unknown'), 'b+forged@bounce.example.org')).toBe('not_ours');
  });

  it('never takes a person off the list because of what a server thinks of us', async () => {
    const broadcast = await sentBroadcast();
    const blocked = dsn('5.1.1', '550 5.1.1 rejected: your IP is listed by blocklist.example');
    await take(blocked, pathOf(broadcast, people[0]));
    expect(await standing(people[0])).toEqual({ status: 'confirmed', reason: null });
    const { body } = await app.api('GET', `/v1/broadcasts/${broadcast}/delivery-tally`);
    expect(body.domains).toEqual([{ domain: 'example.net', hard: 0, complaints: 0, refused: 1 }]);
  });

  it('pauses an address after five soft bounces over three broadcasts, and ends the pause after a month', async () => {
    const broadcasts = await Promise.all([1, 2, 3].map(sentBroadcast));
    const full = () => dsn('5.2.2', '552 5.2.2 mailbox full');
    for (const index of [0, 0, 1, 1]) await take(full(), pathOf(broadcasts[index] ?? '', people[1]));
    expect(await standing(people[1])).toEqual({ status: 'confirmed', reason: null });
    await take(full(), pathOf(broadcasts[2] ?? '', people[1]));
    expect(await standing(people[1])).toEqual({ status: 'confirmed', reason: 'paused' });
    expect(await eventTypes()).toEqual(['subscriber.paused']);
    const job = app.partial.app.get(BouncesJob);
    await job.upkeep();
    expect(await standing(people[1])).toMatchObject({ reason: 'paused' });
    await db.database.affected(`update suppression set at = at - interval '31 days'`);
    await job.upkeep();
    expect(await standing(people[1])).toMatchObject({ reason: null });
  });

  it('takes the refusals of our own tries the same way, once per mail', async () => {
    const broadcast = await sentBroadcast();
    const record = app.partial.app.get(RecordDelivery);
    const refusals = people.map(({ id: subscriberId }, index) => ({
      broadcastId: broadcast,
      subscriberId,
      code: 550,
      text: index === 0 ? '550 5.1.1 unknown user' : '550 5.7.1 blocked by policy',
    }));
    expect(await record.refused([...refusals, { broadcastId: broadcast, subscriberId: newId(), text: '550' }])).toBe(4);
    expect(await record.refused(refusals)).toBe(0);
    expect(await standing(people[0])).toMatchObject({ status: 'bounced' });
    expect(await standing(people[3])).toMatchObject({ status: 'confirmed' });
  });

  it('takes who mails the unsubscribe address off the list', async () => {
    const wish = Buffer.from('From: p3@example.net\nSubject: unsubscribe\n\n');
    expect(await take(wish, `unsubscribe+${people[3]?.token}@bounce.example.org`)).toBe('left');
    expect(await standing(people[3])).toMatchObject({ status: 'unsubscribed' });
    expect(await take(wish, `unsubscribe+${'A'.repeat(22)}@bounce.example.org`)).toBe('nothing');
  });

  it('unsubscribes by one click as RFC 8058 has it, and never because somebody looked', async () => {
    const path = `/unsubscribe/${people[2]?.token}`;
    const url = `${await app.partial.app.getUrl()}${path}`;
    for (const method of ['GET', 'HEAD', 'OPTIONS']) await fetch(url, { method });
    expect(await standing(people[2])).toEqual({ status: 'confirmed', reason: null });
    const form = new FormData();
    form.set('List-Unsubscribe', 'One-Click');
    for (const body of [form, new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }), 'anything', undefined]) {
      const answer = await fetch(url, { method: 'POST', redirect: 'manual', ...(body === undefined ? {} : { body }) });
      expect([answer.status, answer.headers.get('location'), answer.headers.get('set-cookie')]).toEqual([
        200,
        null,
        null,
      ]);
    }
    expect(await standing(people[2])).toEqual({ status: 'unsubscribed', reason: 'unsubscribed' });
  });

  describe('told by a provider', () => {
    const post = (event: object, { token = randomBytes(25).toString('hex'), key = KEY, ageSeconds = 0 } = {}) => {
      const timestamp = String(Math.floor(Date.now() / 1000) - ageSeconds);
      const signature = createHmac('sha256', key)
        .update(timestamp + token)
        .digest('hex');
      const body = { signature: { timestamp, token, signature }, 'event-data': event };
      return app.partial.send({ method: 'POST', path: '/v1/hooks/mail/mailgun', body });
    };
    const complaint = (messageId: string) => ({
      event: 'complained',
      id: messageId,
      message: { headers: { 'message-id': messageId.replace(/[<>]/g, '') } },
    });
    const messageIdOf = async (person: Person | undefined) =>
      (
        await db.database.row<{ id: string }>(
          'select message_id as id from broadcast_recipient where subscriber_id = $1',
          [person?.id],
        )
      )?.id ?? '';

    it('suppresses at once who complains, and stores a call that comes again nowhere', async () => {
      const broadcast = await sentBroadcast();
      const event = complaint(await messageIdOf(people[0]));
      const token = 'x'.repeat(50);
      expect(await post(event, { token })).toMatchObject({ status: 200, body: { recorded: 1 } });
      expect(await standing(people[0])).toEqual({ status: 'complained', reason: 'complained' });
      expect(await post(event, { token })).toMatchObject({ status: 409, body: { code: 'mail_hook.replayed' } });
      expect(await post(event)).toMatchObject({ status: 200, body: { recorded: 0 } });
      const { body } = await app.api('GET', `/v1/broadcasts/${broadcast}/delivery-reports`);
      expect(body.items).toHaveLength(1);
      expect(body.items[0]).not.toHaveProperty('class');
      expect(await eventTypes()).toEqual(['subscriber.complained']);
    });

    it('believes nothing that is forged or old', async () => {
      await sentBroadcast();
      const event = complaint(await messageIdOf(people[0]));
      expect(await post(event, { key: 'guess' })).toMatchObject({
        status: 401,
        body: { code: 'mail_hook.bad_signature' },
      });
      expect(await post(event, { ageSeconds: 700 })).toMatchObject({ status: 401, body: { code: 'mail_hook.stale' } });
      expect(await db.database.rows('select 1 from delivery_report union all select 1 from mail_hook_call')).toEqual(
        [],
      );
      expect(await standing(people[0])).toEqual({ status: 'confirmed', reason: null });
    });
  });
});
