import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { PurgeUnconfirmed } from '../../src/audience/application/lists/purge-unconfirmed.js';
import { AskPhones } from '../../src/audience/application/sms/ask-phones.js';
import { SendSms } from '../../src/audience/application/sms/send-sms.js';
import { AddressKeys } from '../../src/audience/domain/lists/address-keys.js';
import { SmsGateway } from '../../src/audience/domain/sms/sms-gateway.port.js';
import { twilioSignature } from '../../src/audience/domain/sms/webhook-signature.js';
import { SmsSecrets } from '../../src/audience/sms-secrets.js';
import { FakeSmsGateway } from '../fakes/sms-gateway.fake.js';
import { type AudienceApp, confirmedPerson, consent, PUBLIC_URL, startAudience } from '../support/audience.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';
import { startSmtpSink, type SmtpSink } from '../support/smtp-sink.js';

const TOKEN = 'provider-secret';
const SENDER = '+14155550100';
const [ANA, BEN, CLEO] = ['+14155552001', '+14155552002', '+4915112345678'] as const;
/** A minute of the night that is twelve hours away, whenever the test runs. */
const QUIET_HOUR = String((new Date().getUTCHours() + 12) % 24).padStart(2, '0');
const ALL_DAY = { from: `${QUIET_HOUR}:00`, until: `${QUIET_HOUR}:01` };

describe('texts to the list', () => {
  let db: TestDatabase;
  let sink: SmtpSink;
  let app: AudienceApp;
  const gateway = new FakeSmsGateway();

  beforeAll(async () => {
    db = await createTestDatabase();
    sink = await startSmtpSink();
    app = await startAudience(db, {
      smtpUrl: sink.url,
      replace: new Map<unknown, unknown>([
        [SmsGateway, gateway],
        [SmsSecrets, new SmsSecrets(TOKEN)],
      ]),
    });
  });
  afterAll(async () => {
    await app.stop();
    await sink.stop();
    await db.drop();
  });
  beforeEach(async () => {
    for (const table of ['sms_message', 'sms_spend', 'sms_heard', 'broadcast_recipient', 'broadcast', 'suppression'])
      await db.database.affected(`delete from ${table}`);
    await db.database.affected(`truncate consent, subscriber cascade`);
    gateway.reset();
    expect((await settings({})).status).toBe(200);
  });

  const settings = (change: object) =>
    app.api('PUT', '/v1/sms-settings', {
      isOn: true,
      sender: SENDER,
      registration: 'CQ1',
      currency: 'USD',
      countries: [{ country: 'US', segmentMicros: 7_900 }],
      maxPerBroadcastMicros: 1_000_000,
      maxPerDayMicros: 1_000_000,
      quietHours: ALL_DAY,
      ...change,
    });
  const people = async (phones: readonly string[], status = 'confirmed', zone: string | null = 'UTC') => {
    const keys = app.partial.app.get(AddressKeys);
    for (const [index, phone] of phones.entries()) {
      const email = `p${index}${phone.slice(1)}@example.net`;
      await app.api('POST', '/v1/subscribers/bulk', { subscribers: [confirmedPerson(email)] });
      await db.database.affected(
        `update subscriber set phone = $2, phone_hmac = $3, phone_status = $4, zone = $5,
                accepts = accepts || '{sms:outages,sms:news}' where email = $1`,
        [email, phone, keys.hmacOf(app.workspaceId, phone), status, zone],
      );
    }
  };
  const start = async (text: string | null = 'Hello from {{ workspace.name }}') => {
    const draft = { kind: 'news', subject: 'Hello', bodyText: 'Hello {{ unsubscribeUrl }}' };
    const { id } = (await app.api('POST', '/v1/broadcasts', draft)).body;
    if (text !== null) expect((await app.api('PUT', `/v1/broadcasts/${id}/sms`, { text })).status).toBe(204);
    expect((await app.api('POST', `/v1/broadcasts/${id}/send`)).status).toBe(202);
    return id as string;
  };
  const sendAll = () => app.partial.app.get(SendSms).runOnce();
  const rows = () =>
    db.database.rows<{ id: string; state: string; reply: string | null; micros: number; provider: string | null }>(
      `select id, state, reply, cost_micros::int as micros, provider_id as provider from sms_message order by created_at, id`,
    );
  const states = async () => (await rows()).map(({ state }) => state).toSorted();
  /** A signed form, as the provider posts it. */
  const post = async (path: string, fields: Record<string, string>, signature?: string) => {
    const signed = signature ?? twilioSignature(TOKEN, `${PUBLIC_URL}${path}`, fields);
    const answer = await fetch(`${await app.partial.app.getUrl()}${path}`, {
      method: 'POST',
      headers: { 'x-twilio-signature': signed, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(fields).toString(),
    });
    return { status: answer.status, text: await answer.text() };
  };
  let heard = 0;
  const says = (from: string, text: string, sid = `SMin${(heard += 1)}`) =>
    post('/hooks/sms/inbound', { MessageSid: sid, From: from, To: SENDER, Body: text });
  const phoneStatus = async (phone: string) =>
    (await db.database.rows<{ s: string }>('select phone_status as s from subscriber where phone = $1', [phone])).map(
      ({ s }) => s,
    );

  it('go once to each phone that agreed, a shared one too, with its price in the ledger', async () => {
    await people([ANA, ANA, BEN]);
    await start();
    expect(await sendAll()).toBe(2);
    expect(await sendAll()).toBe(0);
    expect(gateway.taken.map(({ to }) => to).toSorted()).toEqual([ANA, BEN]);
    expect(gateway.taken[0]).toMatchObject({ from: SENDER, body: 'Hello from My workspace Reply STOP to end.' });
    expect((await rows()).map(({ state, micros }) => [state, micros])).toEqual([
      ['accepted', 7_900],
      ['accepted', 7_900],
    ]);
    expect((await app.api('GET', '/v1/sms-settings')).body.spentTodayMicros).toBe(15_800);
  });

  it('are shown with their cost before they go, and go nowhere that has no price', async () => {
    await people([ANA, CLEO]);
    const { body } = await app.api('POST', '/v1/broadcasts', { kind: 'news', subject: 'x', bodyText: 'y' });
    await app.api('PUT', `/v1/broadcasts/${body.id}/sms`, { text: 'Today’s video, stop ends it' });
    expect((await app.api('GET', `/v1/broadcasts/${body.id}/sms`)).body).toMatchObject({
      encoding: 'ucs2',
      segmentsEach: 1,
      costlyCharacters: ['’'],
      recipients: 1,
      amount: '0.0079',
      notAllowed: 1,
    });
    await app.api('POST', `/v1/broadcasts/${body.id}/send`);
    expect(await sendAll()).toBe(1);
    expect(await states()).toEqual(['accepted', 'suppressed']);
  });

  it('can be scheduled to phones alone, and other words need another approval', async () => {
    await people([ANA]);
    await db.database.affected(`update subscriber set status = 'unsubscribed'`);
    const { body } = await app.api('POST', '/v1/broadcasts', { kind: 'news', subject: 'x', bodyText: 'y' });
    const word = (text: string) => app.api('PUT', `/v1/broadcasts/${body.id}/sms`, { text });
    await word('Hello');
    expect((await app.api('POST', `/v1/broadcasts/${body.id}/approve`)).status).toBe(200);
    expect(await db.database.rows('select 1 from broadcast_approval')).toHaveLength(1);
    expect((await word('Something else')).status).toBe(204);
    expect(await db.database.rows('select 1 from broadcast_approval')).toEqual([]);
    const scheduledAt = new Date(Date.now() + 3_600_000).toISOString();
    expect((await app.api('POST', `/v1/broadcasts/${body.id}/schedule`, { scheduledAt })).status).toBe(202);
  });

  it('stay within the cap of a broadcast and of a day', async () => {
    await people([ANA, BEN]);
    await settings({ maxPerBroadcastMicros: 7_900 });
    await start();
    expect(await states()).toEqual(['pending', 'suppressed']);
    await settings({ maxPerDayMicros: 7_899 });
    expect(await sendAll()).toBe(0);
    const [waiting] = await db.database.rows<{ later: boolean }>(
      `select next_try_at > now() and extract(hour from next_try_at at time zone 'UTC') = 0 as later
         from sms_message where state = 'pending'`,
    );
    expect(waiting?.later).toBe(true);
  });

  it('wait for the morning of the phone', async () => {
    const hour = new Date().getUTCHours();
    const at = (shift: number) => `${String((hour + shift + 24) % 24).padStart(2, '0')}:00`;
    await settings({ quietHours: { from: at(-1), until: at(3) } });
    await people([ANA]);
    await people([BEN], 'confirmed', 'Asia/Tokyo');
    await start();
    expect(await sendAll()).toBe(1);
    expect(gateway.taken.map(({ to }) => to)).toEqual([BEN]);
    expect(await states()).toEqual(['accepted', 'pending']);
  });

  it('are never sent again when nobody knows what became of them, until a receipt proves it', async () => {
    await people([ANA]);
    gateway.answers.set(ANA, { kind: 'unknown', detail: 'cut off' });
    await start();
    await sendAll();
    await sendAll();
    expect(gateway.taken).toHaveLength(1);
    const [row] = await rows();
    expect(row?.state).toBe('unknown');
    const receipt = { MessageSid: 'SMx', MessageStatus: 'delivered' };
    expect((await post(`/hooks/sms/receipts/${row?.id}`, receipt)).status).toBe(204);
    expect(await rows()).toMatchObject([{ state: 'accepted', provider: 'SMx' }]);
  });

  it('give their money back when they were certainly not sent, and wait while the account is in trouble', async () => {
    await people([ANA]);
    gateway.answers.set(ANA, { kind: 'refused', lasting: 'temporary', stage: 'route', reply: '20003: Authenticate' });
    await start();
    await sendAll();
    expect(await rows()).toMatchObject([{ state: 'deferred', reply: '20003: Authenticate' }]);
    expect((await app.api('GET', '/v1/sms-settings')).body.spentTodayMicros).toBe(0);
  });

  it('stop with STOP, also what is frozen already; an old START sent again does not undo it', async () => {
    await people([ANA, BEN]);
    const yes = await says(ANA, 'start', 'SMold');
    expect(yes.text).toContain('<Message>');
    await start();
    expect((await says(ANA, 'Stop!')).text).not.toContain('<Message>');
    expect(await says(ANA, 'start', 'SMold')).toMatchObject({ status: 200 });
    expect(await phoneStatus(ANA)).toEqual(['stopped']);
    expect(await sendAll()).toBe(1);
    expect(gateway.taken.map(({ to }) => to)).toEqual([BEN]);
    gateway.answers.set(BEN, {
      kind: 'refused',
      lasting: 'permanent',
      stage: 'message',
      reply: '21610',
      hasStopped: true,
    });
    await start();
    await sendAll();
    expect(await phoneStatus(BEN)).toEqual(['stopped']);
  });

  it('begin with a question that only the phone itself can answer', async () => {
    await people([ANA], 'pending');
    const ask = () => app.partial.app.get(AskPhones).runOnce();
    expect([await ask(), await ask()]).toEqual([1, 0]);
    await sendAll();
    expect(gateway.taken[0]?.body).toContain('reply YES');
    expect((await says(ANA, 'help')).text).toContain(`${PUBLIC_URL}/now/`);
    expect(await phoneStatus(ANA)).toEqual(['pending']);
    await says(ANA, 'Yes');
    expect(await phoneStatus(ANA)).toEqual(['confirmed']);
  });

  it('do not keep the list from forgetting who answered neither mail nor question', async () => {
    const phoneConsent = { ...consent, text: 'Text me when a platform is down.' };
    const asked = { email: 'silent@example.net', consent, phone: ANA, phoneConsent };
    expect((await app.api('POST', '/v1/subscribers', asked)).status).toBe(201);
    expect(await app.partial.app.get(AskPhones).runOnce()).toBe(1);
    await sendAll();
    await db.database.affected(`update subscriber set created_at = created_at - interval '31 days'`);
    await db.database.affected(`update consent set at = at - interval '31 days'`);
    expect(await app.partial.app.get(PurgeUnconfirmed).runOnce()).toBe(1);
    for (const table of ['subscriber', 'consent', 'sms_message'])
      expect(await db.database.rows(`select 1 from ${table}`)).toEqual([]);
  });

  it('believe no form that is not signed for this very address', async () => {
    const fields = { MessageSid: 'SM1', From: ANA, To: SENDER, Body: 'STOP' };
    await people([ANA]);
    expect((await post('/hooks/sms/inbound', fields, 'bm90IGEgc2lnbmF0dXJl')).status).toBe(403);
    const elsewhere = twilioSignature(TOKEN, `${PUBLIC_URL}/hooks/sms/other`, fields);
    expect((await post('/hooks/sms/inbound', fields, elsewhere)).status).toBe(403);
    expect(await phoneStatus(ANA)).toEqual(['confirmed']);
  });

  it('take receipts in any order, and give up numbers that can never be texted', async () => {
    await people([ANA]);
    await start();
    await sendAll();
    const [row] = await rows();
    const tell = (status: string, code?: string) =>
      post(`/hooks/sms/receipts/${row?.id}`, {
        MessageSid: row?.provider ?? '',
        MessageStatus: status,
        ...(code === undefined ? {} : { ErrorCode: code }),
      });
    for (const status of ['sent', 'queued']) await tell(status);
    await tell('undelivered', '30006');
    const [id] = await db.database.rows<{ id: string }>('select broadcast_id as id from sms_message');
    const { body } = await app.api('GET', `/v1/broadcasts/${id?.id}/sms/messages`);
    expect(body.items).toMatchObject([
      { state: 'accepted', receipt: 'undelivered', receiptCode: '30006', amount: '0.0079' },
    ]);
    expect(await db.database.rows(`select reason from suppression where channel = 'sms'`)).toEqual([
      { reason: 'bounced' },
    ]);
  });

  it('are set up with care: every fault by name, no sender twice', async () => {
    const bad = await settings({ sender: 'STUDIO', registration: undefined });
    expect(bad.body).toMatchObject({ code: 'sms.bad_settings' });
    expect(bad.body.errors.map(({ field }: { field: string }) => field)).toEqual(['sender', 'registration']);
  });
});
