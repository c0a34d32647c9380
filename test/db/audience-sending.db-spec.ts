import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SendBroadcasts } from '../../src/audience/application/sending/send-broadcasts.js';
import { type Claim, Recipients } from '../../src/audience/domain/sending/recipients.port.js';
import { newId } from '../../src/kernel/ids.js';
import { type AudienceApp, confirmedPerson, seedPeople, startAudience } from '../support/audience.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';
import { type SmtpSink, startSmtpSink } from '../support/smtp-sink.js';

const news = { kind: 'news', subject: 'News from {{ workspace.name }}', bodyText: 'Dear {{ subscriber.email }}' };

describe('sending a broadcast', () => {
  let db: TestDatabase;
  let sink: SmtpSink;
  let app: AudienceApp;

  beforeAll(async () => {
    db = await createTestDatabase();
    sink = await startSmtpSink();
    app = await startAudience(db, { smtpUrl: sink.url });
  });
  afterAll(async () => {
    await app.stop();
    await sink.stop();
    await db.drop();
  });
  beforeEach(async () => {
    await db.database.affected(
      'truncate consent, suppression, broadcast_recipient, broadcast, subscriber, event cascade',
    );
    sink.mails.length = 0;
    sink.faults.clear();
    sink.onMail = () => undefined;
  });

  const create = async (body: object = news): Promise<string> =>
    (await app.api('POST', '/v1/broadcasts', body)).body.id;
  const send = (id: string) => app.api('POST', `/v1/broadcasts/${id}/send`);
  const read = async (id: string) => (await app.api('GET', `/v1/broadcasts/${id}`)).body;
  const sender = (of = app) => of.partial.app.get(SendBroadcasts);
  const copiesOf = () => {
    const copies = new Map<string, number>();
    for (const { to } of sink.mails) copies.set(to, (copies.get(to) ?? 0) + 1);
    return copies;
  };
  const dueNow = () => db.database.affected(`update broadcast_recipient set next_try_at = now() - interval '1 second'`);
  const handsOver = async (recipients: Recipients, claim: Claim) =>
    (await recipients.settle({ outcomes: [], handOvers: [claim] })).has(claim);

  it('reaches everyone once, with the headers that bulk mail needs', async () => {
    await seedPeople(app, 7);
    const id = await create();
    expect(await send(id)).toMatchObject({ status: 202, body: { status: 'sending', recipients: 7 } });
    expect(await sender().runOnce()).toBe(7);
    expect([...copiesOf().values()]).toEqual(Array(7).fill(1));
    const { raw } = sink.mails[0] ?? { raw: '' };
    const unfolded = raw.replace(/\r\n[ \t]+/g, ' ');
    expect(unfolded).toMatch(
      /^List-Unsubscribe: <https:\/\/mail\.example\.org\/unsubscribe\/[\w-]+>, ?<mailto:news@example\.org\?subject=/m,
    );
    expect(unfolded).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/m);
    expect(unfolded).toMatch(new RegExp(`^Message-ID: <${id}\\.[0-9a-f]{24}@example\\.org>\\r$`, 'm'));
    expect(unfolded).toMatch(/^List-Id: <.+\.backup\.example\.org>\r$/im);
    expect(unfolded).not.toMatch(/^Auto-Submitted/m);
    expect(await read(id)).toMatchObject({ status: 'sent', counts: { accepted: 7, pending: 0 } });
    const events = await db.database.rows(`select 1 from event where type = 'broadcast.sent' and subject_id = $1`, [
      id,
    ]);
    expect(events).toHaveLength(1);
    const { items } = (await app.api('GET', `/v1/broadcasts/${id}/recipients?limit=3&state=accepted`)).body;
    expect(items[0]).toMatchObject({ state: 'accepted', tries: 1, intentAt: expect.any(String) });
    expect(items).toHaveLength(3);
  });

  it('reaches everyone once when two senders share the work', async () => {
    await seedPeople(app, 60);
    await send(await create());
    const other = await startAudience(db, { smtpUrl: sink.url, key: app.key });
    const sent = await Promise.all([sender().runOnce(), sender(other).runOnce(), sender(other).runOnce()]);
    await other.stop();
    expect(sent.reduce((sum, count) => sum + count, 0)).toBe(60);
    expect(copiesOf().size).toBe(60);
    expect(sink.mails).toHaveLength(60);
  });

  it('leaves what a dead sender had in its hands unknown, and sends the rest', async () => {
    await seedPeople(app, 4);
    const id = await create();
    await send(id);
    const recipients = app.partial.app.get(Recipients);
    const { claims } = await recipients.claim(newId(), 3);
    const [dead] = claims;
    expect(dead && (await handsOver(recipients, dead))).toBe(true);
    // The process dies here, its lock is free: one intent without outcome, two claims without intent.
    await sender().runOnce();
    expect(await read(id)).toMatchObject({ status: 'sent', counts: { accepted: 3, unknown: 1 } });
    expect(sink.mails.map(({ to }) => to)).not.toContain(dead?.subscriber.email);
    await dueNow();
    await sender().runOnce();
    expect(sink.mails).toHaveLength(3);
  });

  it('has the intent on disk before the body leaves, and never repeats a mail that was lost after it', async () => {
    await seedPeople(app, 1);
    const id = await create();
    await send(id);
    sink.faults.set('p0@example.net', { at: 'after-data', how: 'drop' });
    const seen: unknown[] = [];
    sink.onMail = async () => {
      seen.push(await db.database.row('select state, intent_at is not null as intended from broadcast_recipient'));
    };
    await sender().runOnce();
    expect(seen).toEqual([{ state: 'handed', intended: true }]);
    expect(await read(id)).toMatchObject({ status: 'sent', counts: { unknown: 1 } });
    await dueNow();
    await sender().runOnce();
    expect(sink.mails).toHaveLength(1);
  });

  it('tries a deferred one again later under the same Message-ID and gives up on a refused one', async () => {
    await seedPeople(app, 2);
    const id = await create();
    await send(id);
    sink.faults.set('p0@example.net', { at: 'rcpt', code: 451 });
    sink.faults.set('p1@example.net', { at: 'rcpt', code: 550 });
    // A process of its own: it slows down for a receiver that says 451.
    const slowed = await startAudience(db, { smtpUrl: sink.url, key: app.key });
    await sender(slowed).runOnce();
    await slowed.stop();
    const before = (await app.api('GET', `/v1/broadcasts/${id}/recipients`)).body.items;
    expect((await read(id)).counts).toMatchObject({ deferred: 1, failed: 1 });
    const deferred = before.find((row: { state: string }) => row.state === 'deferred');
    expect(Date.parse(deferred.nextTryAt) - Date.parse(deferred.updatedAt)).toBe(300_000);
    sink.faults.clear();
    await sender().runOnce();
    expect(sink.mails).toHaveLength(0);
    await dueNow();
    await sender().runOnce();
    expect(sink.mails[0]?.raw.replace(/\r\n[ \t]+/g, ' ')).toContain(`Message-ID: ${deferred.messageId}`);
    expect(await read(id)).toMatchObject({ status: 'sent', counts: { accepted: 1, failed: 1 } });
  });

  it('does not reach who left after the freeze, nor who left after the claim', async () => {
    await seedPeople(app, 3);
    const id = await create();
    await send(id);
    const tokens = await db.database.rows<{ token: string }>(
      'select unsubscribe_token as token from subscriber order by email',
    );
    const leave = (index: number) =>
      app.visit('POST', `/unsubscribe/${tokens[index]?.token}`, 'List-Unsubscribe=One-Click');
    await leave(0);
    const recipients = app.partial.app.get(Recipients);
    const { claims, moved } = await recipients.claim(newId(), 10);
    expect({ claims: claims.length, moved }).toEqual({ claims: 2, moved: 3 });
    await leave(1);
    const late = claims.find(({ subscriber }) => subscriber.email === 'p1@example.net');
    expect(late && (await handsOver(recipients, late))).toBe(false);
    await recipients.release(claims.map((claim) => ({ claim, waitMs: 0 })));
    await sender().runOnce();
    expect(sink.mails.map(({ to }) => to)).toEqual(['p2@example.net']);
    expect((await read(id)).counts).toMatchObject({ accepted: 1, suppressed: 2 });
  });

  it('stops when paused, goes on when resumed and ends when cancelled', async () => {
    await seedPeople(app, 25);
    const id = await create();
    await send(id);
    const change = (verb: string) => app.api('POST', `/v1/broadcasts/${id}/${verb}`);
    let paused: Promise<unknown> | undefined;
    // No mail is answered before the pause is stored, so only the lanes under way can go through.
    sink.onMail = async () => void (await (paused ??= change('pause')));
    await sender().runOnce();
    const early = sink.mails.length;
    expect(early).toBeLessThan(25);
    expect(await read(id)).toMatchObject({ status: 'paused', counts: { accepted: early, pending: 25 - early } });
    expect((await change('resume')).body.status).toBe('sending');
    await sender().runOnce();
    expect(sink.mails).toHaveLength(25);
    expect((await change('cancel')).body.code).toBe('broadcast.wrong_status');
  });

  it('gives untried rows back when the mail server is gone', async () => {
    const gone = await startSmtpSink();
    await gone.stop();
    const other = await startAudience(db, { smtpUrl: gone.url, key: app.key });
    await seedPeople(app, 30);
    const id = await create();
    await send(id);
    await sender(other).runOnce();
    await other.stop();
    const { counts } = await read(id);
    expect(counts).toMatchObject({ claimed: 0, handed: 0, unknown: 0, failed: 0 });
    // Ten were under way, and two more went before the third trouble.
    expect(counts.deferred).toBeLessThanOrEqual(12);
    expect(counts.pending + counts.deferred).toBe(30);
    // Or a first "try later" after a long outage would be somebody's last.
    expect(await db.database.rows('select 1 from broadcast_recipient where tries > 0')).toEqual([]);
    await dueNow();
    await sender().runOnce();
    expect(copiesOf().size).toBe(30);
  });

  it('is refused where nothing could be sent rightly', async () => {
    const nobody = await create();
    expect((await send(nobody)).body.code).toBe('broadcast.no_recipients');
    await app.api(
      'POST',
      '/v1/subscribers',
      confirmedPerson('ana@example.org', { tags: ['vip'], attributes: { n: 'Ana' } }),
    );
    const missing = await create({ ...news, bodyText: '{{ subscriber.attributes.nick }}' });
    expect(await app.api('POST', `/v1/broadcasts/${missing}/preview`)).toMatchObject({
      status: 400,
      body: { code: 'template.missing_variable', errors: [{ field: 'bodyText' }] },
    });
    expect((await send(missing)).body.code).toBe('template.missing_variable');
    expect((await create({ ...news, subject: 'a\r\nBcc: b@c.de' })) as unknown).toBeUndefined();
    expect((await app.api('POST', '/v1/broadcasts', { ...news, bodyText: '{% if %' })).body.code).toBe(
      'template.syntax',
    );
    for (const field of ['tags', 'bodyMjml'])
      expect((await app.api('POST', '/v1/broadcasts', { ...news, [field]: null })).body.errors).toMatchObject([
        { field },
      ]);
    const other = await create({ ...news, tags: ['press'] });
    expect((await send(other)).body.code).toBe('broadcast.no_recipients');
    const edited = await app.api('PATCH', `/v1/broadcasts/${other}`, {
      tags: ['vip'],
      subject: 'For {{ subscriber.attributes.n }}',
    });
    expect(edited).toMatchObject({ status: 200, body: { bodyText: news.bodyText, tags: ['vip'] } });
    expect((await app.api('POST', `/v1/broadcasts/${other}/preview`)).body).toMatchObject({
      recipients: 1,
      samples: [{ to: 'ana@example.org', subject: 'For Ana' }],
    });
    expect((await send(other)).status).toBe(202);
    expect((await send(other)).body.code).toBe('broadcast.wrong_status');
    expect((await app.api('PATCH', `/v1/broadcasts/${other}`, { subject: 'x' })).body.code).toBe(
      'broadcast.wrong_status',
    );
  });
});
