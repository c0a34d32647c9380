import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SendBroadcasts } from '../../src/audience/application/sending/send-broadcasts.js';
import { MailDns } from '../../src/audience/domain/sending/mail-dns.port.js';
import { InstanceTransports } from '../../src/audience/infrastructure/sending/smtp-servers.js';
import { MailTransport } from '../../src/infra/mail/mail-transport.js';
import { type AudienceApp, seedPeople, startAudience } from '../support/audience.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';
import { type SmtpSink, startSmtpSink } from '../support/smtp-sink.js';

const news = { kind: 'news', subject: 'News', bodyText: 'Hi {{ subscriber.email }}' };
const server = { host: 'smtp.mail.example.com', port: 465, username: 'ana', password: 'not to be seen' };

describe('mail servers', () => {
  let db: TestDatabase;
  let first: SmtpSink;
  let second: SmtpSink;
  let app: AudienceApp;
  const txt = new Map<string, readonly string[]>();

  beforeAll(async () => {
    db = await createTestDatabase();
    [first, second] = [await startSmtpSink(), await startSmtpSink()];
    const dns: MailDns = { txt: async (name) => txt.get(name) ?? [], organisationOf: async (name) => name };
    app = await startAudience(db, {
      smtpUrl: first.url,
      replace: new Map<unknown, unknown>([
        [InstanceTransports, new InstanceTransports([new MailTransport(first.url), new MailTransport(second.url)])],
        [MailDns, dns],
      ]),
    });
  });
  afterAll(async () => {
    await app.stop();
    await Promise.allSettled([first.stop(), second.stop()]);
    await db.drop();
  });
  beforeEach(async () => {
    await db.database.affected('truncate mail_server, sending_domain, broadcast, subscriber, consent cascade');
    for (const sink of [first, second]) {
      sink.mails.length = 0;
      sink.faults.clear();
    }
  });
  const broadcastTo = async (count: number) => {
    await seedPeople(app, count);
    const { id } = (await app.api('POST', '/v1/broadcasts', news)).body;
    expect((await app.api('POST', `/v1/broadcasts/${id}/send`)).status).toBe(202);
    await app.partial.app.get(SendBroadcasts).runOnce();
    return (await app.api('GET', `/v1/broadcasts/${id}`)).body;
  };

  it('never write anew to someone whose answer was lost, though another server is there', async () => {
    first.faults.set('p0@example.net', { at: 'after-data', how: 'drop' });
    const { status, counts } = await broadcastTo(3);
    expect({ status, counts }).toMatchObject({ status: 'sent', counts: { accepted: 2, unknown: 1 } });
    expect([...first.mails, ...second.mails].filter(({ to }) => to === 'p0@example.net')).toHaveLength(1);
  });

  it('do not stand in for one that refuses a person', async () => {
    first.faults.set('p0@example.net', { at: 'rcpt', code: 550 });
    expect((await broadcastTo(2)).counts).toMatchObject({ accepted: 1, failed: 1 });
    expect(second.mails).toHaveLength(0);
  });

  it('of a workspace replace the instance’s, and lead to no private network', async () => {
    const own = await app.api('POST', '/v1/mail-servers', { host: '127.0.0.1', port: 25, security: 'none' });
    expect(own.status).toBe(201);
    expect((await broadcastTo(1)).counts).toMatchObject({ accepted: 0, deferred: 1 });
    expect([...first.mails, ...second.mails]).toHaveLength(0);
    expect((await app.api('DELETE', `/v1/mail-servers/${own.body.id}`)).status).toBe(204);
    await db.database.affected(`update broadcast_recipient set next_try_at = now()`);
    await app.partial.app.get(SendBroadcasts).runOnce();
    expect(first.mails).toHaveLength(1);
  });

  it('keep their password to themselves, and forget it when they are pointed elsewhere', async () => {
    const made = await app.api('POST', '/v1/mail-servers', server);
    expect(made.body).toMatchObject({ host: server.host, security: 'tls', username: 'ana', enabled: true });
    expect(JSON.stringify(made.body)).not.toContain(server.password);
    const stored = await db.database.row<{ text: string }>('select mail_server::text as text from mail_server');
    expect(stored?.text).not.toContain(Buffer.from(server.password).toString('hex'));
    const change = (fields: object) => app.api('PATCH', `/v1/mail-servers/${made.body.id}`, fields);
    const same = { host: server.host, port: server.port, username: server.username };
    expect((await change({ ...same, perSecond: 5 })).body).toMatchObject({ username: 'ana', perSecond: 5 });
    expect(await db.database.rows('select 1 from mail_server where password_enc is not null')).toHaveLength(1);
    expect((await change({ host: 'evil.example.com' })).body).not.toHaveProperty('username');
    const row = await db.database.row('select password_enc as password from mail_server');
    expect(row).toEqual({ password: null });
    const clear = await app.api('POST', '/v1/mail-servers', { ...server, security: 'none' });
    expect(clear).toMatchObject({ status: 400, body: { code: 'mail_server.login_in_clear' } });
  });

  it('send no more in a day than their warm-up allows', async () => {
    const today = new Date().toISOString().slice(0, 10);
    const warmUp = { from: today, first: 2, factor: 2, until: 1_000 };
    const add = (plan: object) =>
      app.api('POST', '/v1/mail-servers', { host: '127.0.0.1', port: 25, security: 'none', warmUp: plan });
    expect((await add({ ...warmUp, from: '2027-02-31' })).body).toMatchObject({ errors: [{ field: 'warmUp.from' }] });
    expect((await add(warmUp)).status).toBe(201);
    const { counts } = await broadcastTo(5);
    expect(counts.pending + counts.deferred).toBe(5);
    const { items } = (await app.api('GET', '/v1/mail-servers')).body;
    expect(items[0].usedToday).toBe(2);
  });

  it('mail a test to colleagues, marked, which no ledger knows', async () => {
    await seedPeople(app, 2);
    const { id } = (await app.api('POST', '/v1/broadcasts', news)).body;
    const test = (to: readonly string[]) => app.api('POST', `/v1/broadcasts/${id}/test`, { to });
    second.faults.set('b@studio.example', { at: 'rcpt', code: 550 });
    first.faults.set('b@studio.example', { at: 'rcpt', code: 550 });
    const { status, body } = await test(['a@studio.example', 'b@studio.example']);
    expect({ status, body }).toMatchObject({
      status: 200,
      body: {
        results: [
          { to: 'a@studio.example', state: 'accepted' },
          { to: 'b@studio.example', state: 'refused' },
        ],
      },
    });
    expect(first.mails.map(({ to }) => to)).toEqual(['a@studio.example']);
    expect(first.mails[0]?.raw).toMatch(/^Subject: \[Test\] News\r$/m);
    expect(first.mails[0]?.raw).toContain('Hi a@studio.example');
    expect(await db.database.rows('select 1 from broadcast_recipient')).toEqual([]);
    expect((await app.api('GET', `/v1/broadcasts/${id}`)).body.status).toBe('draft');
    const many = Array.from({ length: 6 }, (_, number) => `c${number}@studio.example`);
    expect((await test(many)).status).toBe(400);
  });

  it('let nothing out that name servers speak against, unless whoever sends accepts it', async () => {
    const fields = { domain: 'wrong.org', sender: 'Studio <news@wrong.org>' };
    const { body } = await app.api('POST', '/v1/sending-domains', fields);
    txt.set(body.record.name, [body.record.value]);
    await app.api('POST', `/v1/sending-domains/${body.id}/verify`);
    txt.set(body.record.name, ['v=DKIM1; k=rsa; p=b3RoZXI=']);
    txt.set('wrong.org', ['v=spf1 +all']);
    await seedPeople(app, 1);
    const { id } = (await app.api('POST', '/v1/broadcasts', news)).body;
    const send = (more: object) => app.api('POST', `/v1/broadcasts/${id}/send`, more);
    const refused = await send({});
    expect(refused).toMatchObject({ status: 422, body: { code: 'broadcast.preflight_failed' } });
    expect(refused.body.errors.map(({ rule }: { rule: string }) => rule)).toEqual(['preflight.dkim', 'preflight.spf']);
    expect(refused.body.detail).toContain('"acceptFindings": ["dkim","spf"]');
    expect((await send({ acceptFindings: ['dkim'] })).status).toBe(422);
    expect((await send({ acceptFindings: ['headers'] })).status).toBe(400);
    const scheduledAt = new Date(Date.now() + 3_600_000).toISOString();
    const schedule = (more: object) => app.api('POST', `/v1/broadcasts/${id}/schedule`, { scheduledAt, ...more });
    expect((await schedule({ acceptFindings: ['dkim'] })).status).toBe(422);
    const accepted = { acceptFindings: ['dkim', 'spf'] };
    expect((await schedule(accepted)).status).toBe(202);
    expect((await send(accepted)).status).toBe(202);
    const journal = await db.database.rows(
      `select action, detail -> 'acceptedFindings' as accepted from audit_entry where subject_id = $1 and detail ? 'acceptedFindings' order by id`,
      [id],
    );
    expect(journal).toEqual([
      { action: 'broadcast.scheduled', accepted: ['dkim', 'spf'] },
      { action: 'broadcast.approved', accepted: ['dkim', 'spf'] },
    ]);
  });

  it('sign as a domain only once its owner has published the key', async () => {
    const fields = { domain: 'studio.org', sender: 'Studio <news@studio.org>' };
    const { status, body } = await app.api('POST', '/v1/sending-domains', fields);
    expect({ status, name: body.record.name }).toEqual({ status: 201, name: 'perennial._domainkey.studio.org' });
    const verify = () => app.api('POST', `/v1/sending-domains/${body.id}/verify`);
    expect((await verify()).body).toMatchObject({ findings: [{ check: 'dkim', level: 'blocking' }] });
    await broadcastTo(1);
    expect(first.mails[0]?.raw).not.toMatch(/^DKIM-Signature/m);
    txt.set(body.record.name, [body.record.value]);
    expect((await verify()).body).toMatchObject({ verifiedAt: expect.any(String), findings: [] });
    const { id } = (await app.api('POST', '/v1/broadcasts', news)).body;
    const report = (await app.api('POST', `/v1/broadcasts/${id}/preflight`)).body;
    expect(report).toMatchObject({ verdict: 'yellow', recipients: 1 });
    await app.api('POST', `/v1/broadcasts/${id}/send`);
    await app.partial.app.get(SendBroadcasts).runOnce();
    expect(first.mails[1]?.raw).toMatch(/^DKIM-Signature: v=1; a=rsa-sha256; c=relaxed\/relaxed; d=studio\.org;/m);
    expect(first.mails[1]?.raw).toMatch(/^From: Studio <news@studio\.org>\r$/m);
    const stranger = await app.api('POST', '/v1/sending-domains', { domain: 'a.org', sender: 'x@b.org' });
    expect(stranger).toMatchObject({ status: 400, body: { code: 'sending_domain.sender' } });
  });

  it('take over from one that dies on the way, and nobody is missed or written twice', async () => {
    first.onMail = () => (first.mails.length === 20 ? first.stop() : undefined);
    await seedPeople(app, 200);
    const { id } = (await app.api('POST', '/v1/broadcasts', news)).body;
    await app.api('POST', `/v1/broadcasts/${id}/send`);
    await app.partial.app.get(SendBroadcasts).runOnce();
    const { counts } = (await app.api('GET', `/v1/broadcasts/${id}`)).body;
    expect(counts.accepted + counts.unknown).toBe(200);
    // One per connection of the server that died.
    expect(counts.unknown).toBeLessThanOrEqual(10);
    const got = [...first.mails, ...second.mails].map(({ to }) => to);
    expect(new Set(got).size).toBe(got.length);
    const unknown = (await app.api('GET', `/v1/broadcasts/${id}/recipients?state=unknown`)).body.items;
    const known = new Set([...got, ...unknown.map(({ email }: { email: string }) => email)]);
    expect(known.size).toBe(200);
  });
});
