import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SendConfirmation } from '../../src/audience/application/lists/send-confirmation.js';
import { SuppressAddresses } from '../../src/audience/application/lists/suppress-addresses.js';
import { AddressKeys } from '../../src/audience/domain/lists/address-keys.js';
import { SIGN_UPS_PER_WINDOW } from '../../src/audience/domain/lists/sign-up-limiter.js';
import { newId } from '../../src/kernel/ids.js';
import { type AudienceApp, confirmedPerson, consent, startAudience } from '../support/audience.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';
import { type SmtpSink, startSmtpSink } from '../support/smtp-sink.js';

describe('subscribers', () => {
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
    app.jobs.length = 0;
    sink.mails.length = 0;
    await db.database.affected('truncate consent, suppression, broadcast_recipient, broadcast, subscriber cascade');
  });

  const signUp = (email: string) => app.api('POST', '/v1/subscribers', { email, consent });
  const read = async (id: string) => (await app.api('GET', `/v1/subscribers/${id}`)).body;
  /** Sends the waiting confirm mails and answers the paths of their links. */
  const confirmLinks = async (): Promise<string[]> => {
    for (const job of app.jobs.splice(0)) await app.partial.app.get(SendConfirmation).execute(job);
    return sink.mails
      .splice(0)
      .map(({ raw }) => /https:\/\/mail\.example\.org(\/confirm\/[\w-]+)/.exec(raw)?.[1] ?? '');
  };
  const unsubscribePath = async (id: string): Promise<string> => {
    const row = await db.database.row<{ token: string }>(
      'select unsubscribe_token as token from subscriber where id = $1',
      [id],
    );
    return `/unsubscribe/${row?.token}`;
  };

  it('confirm by a click on a button, not by reading the link', async () => {
    const { status, body } = await signUp('Ana@Example.org');
    expect(status).toBe(201);
    expect(body).toMatchObject({ email: 'ana@example.org', status: 'pending' });
    const [link = ''] = await confirmLinks();
    expect(await app.visit('GET', link)).toMatchObject({ status: 200, text: expect.stringContaining('method="post"') });
    expect((await read(body.id)).status).toBe('pending');
    expect((await app.visit('POST', link)).status).toBe(200);
    const person = await read(body.id);
    expect(person).toMatchObject({ status: 'confirmed', consentChainIntact: true });
    expect(person.consent.map((line: { action: string }) => line.action)).toEqual(['requested', 'given']);
    expect(person.consent[1]).toMatchObject({ ...consent, source: 'confirm_link', ip: expect.any(String) });
    expect((await app.visit('POST', link)).status).toBe(200);
    expect((await read(body.id)).consent).toHaveLength(2);
  });

  it('store only the hash of a confirm token', async () => {
    await signUp('ana@example.org');
    const [link = ''] = await confirmLinks();
    const rows = await db.database.rows<{ dump: string }>('select subscriber::text as dump from subscriber');
    expect(rows[0]?.dump).not.toContain(link.split('/').at(-1));
  });

  it('do not take an expired or invented link', async () => {
    await signUp('ana@example.org');
    const [link = ''] = await confirmLinks();
    await db.database.affected(`update subscriber set confirm_expires_at = now() - interval '1 second'`);
    expect((await app.visit('POST', link)).status).toBe(404);
    expect((await app.visit('POST', '/confirm/nonsense')).status).toBe(404);
  });

  it('get three confirm mails a week, and only the newest link works', async () => {
    for (let round = 0; round < 3; round += 1) expect((await signUp('ana@example.org')).status).toBe(201);
    expect(await signUp('ana@example.org')).toMatchObject({
      status: 429,
      body: { code: 'subscriber.confirmation_limit' },
    });
    const jobs = [...app.jobs];
    expect(jobs.map(({ number }) => number)).toEqual([1, 2, 3]);
    expect(await confirmLinks()).toHaveLength(1);
  });

  it('leave with one click, once and for all', async () => {
    const { body } = await app.api('POST', '/v1/subscribers', confirmedPerson('ana@example.org'));
    const path = await unsubscribePath(body.id);
    await app.visit('GET', path);
    expect((await read(body.id)).status).toBe('confirmed');
    for (let click = 0; click < 2; click += 1)
      expect(await app.visit('POST', path, 'List-Unsubscribe=One-Click')).toMatchObject({
        status: 200,
        location: null,
      });
    const person = await read(body.id);
    expect(person).toMatchObject({ status: 'unsubscribed', consentChainIntact: true });
    expect(person.consent).toHaveLength(2);
    const again = await app.api('POST', '/v1/subscribers', confirmedPerson('ana@example.org'));
    expect(again).toMatchObject({ status: 409, body: { code: 'subscriber.suppressed' } });
    expect((await app.visit('POST', '/unsubscribe/nonsense')).status).toBe(404);
  });

  it('stay away when a bounce that came after they left is ended, or before they left', async () => {
    const keys = app.partial.app.get(AddressKeys);
    for (const isBounceFirst of [true, false]) {
      const email = `${isBounceFirst}@example.org`;
      const { body } = await app.api('POST', '/v1/subscribers', confirmedPerson(email));
      const addressHmac = keys.hmacOf(app.workspaceId, email);
      const bounce = () =>
        db.database.run((tx) =>
          app.partial.app
            .get(SuppressAddresses)
            .execute(app.workspaceId, [{ channel: 'email', addressHmac, reason: 'bounced' }], tx),
        );
      if (isBounceFirst) await bounce();
      await app.visit('POST', await unsubscribePath(body.id), 'List-Unsubscribe=One-Click');
      if (!isBounceFirst) await bounce();
      const path = `/v1/suppressions/email/${addressHmac.toString('hex')}`;
      expect((await app.api('DELETE', path)).status).toBe(204);
      expect(await read(body.id)).toMatchObject({ status: 'unsubscribed', consentChainIntact: true });
    }
  });

  it('come back by their own click only', async () => {
    const { body } = await app.api('POST', '/v1/subscribers', confirmedPerson('ana@example.org'));
    await app.visit('POST', await unsubscribePath(body.id));
    expect((await signUp('ana@example.org')).status).toBe(201);
    const [link = ''] = await confirmLinks();
    await app.visit('POST', link);
    expect((await read(body.id)).status).toBe('confirmed');
    expect(await db.database.rows('select 1 from suppression')).toHaveLength(0);
  });

  it('are erased down to a keyed hash that keeps imports from bringing them back', async () => {
    const { body } = await app.api(
      'POST',
      '/v1/subscribers',
      confirmedPerson('ana@example.org', { attributes: { n: 'Ana' } }),
    );
    expect((await app.api('DELETE', `/v1/subscribers/${body.id}`)).status).toBe(204);
    const person = await read(body.id);
    expect(person).toMatchObject({ status: 'erased', attributes: {}, consentChainIntact: true });
    expect(person).not.toHaveProperty('email');
    const rows = await db.database.rows<{ dump: string }>('select s::text as dump from subscriber s');
    expect(JSON.stringify(rows)).not.toMatch(/ana@example\.org|Ana/);
    const again = await app.api('POST', '/v1/subscribers', confirmedPerson('ANA@example.org'));
    expect(again.body.code).toBe('subscriber.suppressed');
  });

  it('show when someone tampered with the ledger', async () => {
    const { body } = await app.api('POST', '/v1/subscribers', confirmedPerson('ana@example.org'));
    await db.database.affected(`update consent set text = 'Sell my data.'`);
    expect((await read(body.id)).consentChainIntact).toBe(false);
  });

  it('arrive in bulk with a verdict per row', async () => {
    await app.api('POST', '/v1/subscribers', confirmedPerson('old@example.org'));
    const { body } = await app.api('POST', '/v1/subscribers/bulk', {
      subscribers: [
        confirmedPerson('new@example.org', { tags: ['vip'] }),
        confirmedPerson('old@example.org'),
        { email: 'asked@example.org', consent },
        { email: 'broken', consent },
        { email: 'asked@EXAMPLE.org', consent },
        { email: 'noconsent@example.org' },
        { ...confirmedPerson('unproved@example.org'), consent },
      ],
    });
    const verdicts = body.items.map((item: { verdict: string }) => item.verdict);
    expect(verdicts).toEqual(['confirmed', 'exists', 'pending', 'invalid', 'duplicate', 'invalid', 'invalid']);
    expect(body.items[5].errors[0].field).toBe('consent');
    expect((await app.api('GET', '/v1/subscribers?tag=vip')).body.items).toHaveLength(1);
    expect((await app.api('GET', '/v1/subscribers?status=confirmed')).body.items).toHaveLength(2);
  });

  it.each([
    ['a proof', { consent: { ...consent, evidence: null } }, 'consent.evidence'],
    ['a consent of the phone', { phone: '+33612345678', phoneConsent: null }, 'phoneConsent'],
    ['topics', { topics: null }, 'topics'],
  ])('are not put on the list with null for %s', async (_, change, field) => {
    const answer = await app.api('POST', '/v1/subscribers', confirmedPerson('ana@example.org', change));
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ field }] } });
  });

  it('are listed newest first in pages', async () => {
    for (const name of ['a', 'b', 'c'])
      await app.api('POST', '/v1/subscribers', confirmedPerson(`${name}@example.org`));
    const first = (await app.api('GET', '/v1/subscribers?limit=2')).body;
    const second = (await app.api('GET', `/v1/subscribers?limit=2&cursor=${first.nextCursor}`)).body;
    const emails = [...first.items, ...second.items].map((item: { email: string }) => item.email);
    expect(emails).toEqual(['c@example.org', 'b@example.org', 'a@example.org']);
    expect(second).not.toHaveProperty('nextCursor');
  });

  it('may be declared confirmed by admins only', async () => {
    const issued = await app.api('POST', '/v1/api-keys', { name: 'k', scopes: ['audience:write'] });
    const answer = await app.partial.send({
      method: 'POST',
      path: '/v1/subscribers',
      key: issued.body.key,
      body: confirmedPerson('ana@example.org'),
    });
    expect(answer).toMatchObject({ status: 403, body: { code: 'key.scope_missing' } });
  });

  it('are counted for no workspace that does not exist', async () => {
    const path = `/v1/public/workspaces/${newId()}/subscribe`;
    const signUpThere = () => app.partial.send({ method: 'POST', path, body: { email: 'ana@example.org', consent } });
    for (let sent = 0; sent <= SIGN_UPS_PER_WINDOW; sent += 1) expect((await signUpThere()).status).toBe(404);
  });

  it('sign up in public without learning who is on the list', async () => {
    await app.api('POST', '/v1/subscribers', confirmedPerson('known@example.org'));
    const path = `/v1/public/workspaces/${app.workspaceId}/subscribe`;
    const answers = [];
    for (const email of ['known@example.org', 'new@example.org', 'new@example.org'])
      answers.push(await app.partial.send({ method: 'POST', path, body: { email, consent } }));
    expect(new Set(answers.map(({ status, body }) => JSON.stringify([status, body]))).size).toBe(1);
    expect(answers[0]?.status).toBe(202);
    expect(app.jobs).toHaveLength(2);
    const [line] = await db.database.rows<{ ip: string }>(
      `select host(ip) as ip from consent where action = 'requested'`,
    );
    expect(line?.ip).toMatch(/127\.0\.0\.1|::1/);
  });
});
