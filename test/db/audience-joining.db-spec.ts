import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { PurgeUnconfirmed } from '../../src/audience/application/lists/purge-unconfirmed.js';
import { type AudienceApp, confirmedPerson, consent, startAudience } from '../support/audience.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';

const FORM = {
  name: 'Website',
  title: 'Find us <anywhere>',
  consentText: 'Mail me when a platform is down.',
  smsConsentText: 'Text me as well.',
  tags: ['site'],
  topics: ['outages'],
};

describe('joining and leaving', () => {
  let db: TestDatabase;
  let app: AudienceApp;

  beforeAll(async () => {
    db = await createTestDatabase();
    app = await startAudience(db);
  });
  afterAll(async () => {
    await app.stop();
    await db.drop();
  });
  beforeEach(async () => {
    app.jobs.length = 0;
    await db.database.affected('truncate sign_up_form, consent, suppression, subscriber cascade');
  });

  const people = async () => (await app.api('GET', '/v1/subscribers')).body.items;
  const form = async (more: object = {}) => (await app.api('POST', '/v1/sign-up-forms', { ...FORM, ...more })).body;

  it('leads from the hosted page to an unconfirmed subscriber who agreed to the words of the page', async () => {
    const { id, url } = await form();
    expect(url).toBe(`https://mail.example.org/join/${id}`);
    const page = await app.visit('GET', `/join/${id}`);
    expect(page).toMatchObject({ status: 200, text: expect.stringContaining('Find us &lt;anywhere&gt;') });
    const sent = await app.visit('POST', `/join/${id}`, 'email=Ana%40example.org&phone=%2B33612345678&sms=yes&utm=x');
    expect(sent).toMatchObject({ status: 200, text: expect.stringContaining('Check your mail') });
    const [person] = await people();
    expect(person).toMatchObject({
      email: 'ana@example.org',
      status: 'pending',
      phoneStatus: 'pending',
      tags: ['site'],
    });
    expect(person.accepts).toEqual(['email:outages', 'sms:outages']);
    const { consent: lines } = (await app.api('GET', `/v1/subscribers/${person.id}`)).body;
    expect(lines).toMatchObject([
      { action: 'requested', purpose: 'backup_list', text: FORM.consentText, source: 'form Website' },
      { action: 'requested', purpose: 'backup_list_sms', text: FORM.smsConsentText },
    ]);
    expect(lines[0].textVersion).toMatch(/\.1$/);
    expect(lines[0].ip).toEqual(expect.any(String));
    expect(app.jobs).toHaveLength(1);
  });

  it('answers alike for strangers, members and those who left', async () => {
    const { id } = await form();
    await app.api('POST', '/v1/subscribers', confirmedPerson('here@example.org'));
    await app.api('POST', '/v1/suppressions', { suppressions: [{ channel: 'email', address: 'gone@example.org' }] });
    const answers = [];
    for (const email of ['new@example.org', 'here@example.org', 'gone@example.org'])
      answers.push(await app.visit('POST', `/join/${id}`, `email=${encodeURIComponent(email)}`));
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
    expect(app.jobs).toHaveLength(1);
  });

  it('lets programs believe that they joined', async () => {
    const { id } = await form();
    const sent = await app.visit('POST', `/join/${id}`, 'email=bot%40example.org&website=http%3A%2F%2Fspam');
    expect(sent.text).toContain('Check your mail');
    expect(await people()).toEqual([]);
  });

  it.each([
    ['a mailbox that lives for minutes', 'email=a%40mailinator.com', 422, 'lives for minutes'],
    ['an address with a header inside', 'email=a%40example.org%0D%0ABcc%3A+b%40example.org', 400, 'not an email'],
    ['no address', 'phone=1', 400, 'not an email'],
    ['a phone without its own consent', 'email=a%40example.org&phone=%2B33612345678', 400, 'text messages'],
    ['a phone that does not exist', 'email=a%40example.org&phone=12&sms=yes', 400, 'no telephone number'],
  ])('says what is wrong with %s and stores nothing', async (_, body, status, words) => {
    const { id } = await form();
    const sent = await app.visit('POST', `/join/${id}`, body);
    expect(sent).toMatchObject({ status, text: expect.stringContaining(words) });
    expect(await people()).toEqual([]);
  });

  it('goes by an embedded form without script, and ends when the form is switched off', async () => {
    const { id } = await form();
    const { html } = (await app.api('GET', `/v1/sign-up-forms/${id}/embed`)).body;
    expect(html).toContain(`action="https://mail.example.org/join/${id}"`);
    expect(html).not.toContain('<script');
    const changed = await app.api('PATCH', `/v1/sign-up-forms/${id}`, { isActive: false });
    expect(changed.body).toMatchObject({ isActive: false, version: 2 });
    expect((await app.visit('GET', `/join/${id}`)).status).toBe(404);
    expect((await app.visit('POST', `/join/${id}`, 'email=a%40example.org')).status).toBe(404);
    expect((await app.visit('GET', '/join/nonsense')).status).toBe(404);
    expect((await app.api('DELETE', `/v1/sign-up-forms/${id}`)).status).toBe(204);
  });

  it('is purged after thirty days without an answer; who was on the list before goes back to having left', async () => {
    await app.api('POST', '/v1/subscribers', { email: 'silent@example.org', consent });
    await app.api('POST', '/v1/subscribers', { email: 'fresh@example.org', consent });
    const { body } = await app.api('POST', '/v1/subscribers', confirmedPerson('left@example.org'));
    const row = await db.database.row<{ token: string }>(
      'select unsubscribe_token as token from subscriber where id = $1',
      [body.id],
    );
    await app.visit('POST', `/unsubscribe/${row?.token}`, 'List-Unsubscribe=One-Click');
    await app.api('POST', '/v1/subscribers', { email: 'left@example.org', consent });
    await db.database.affected(`update subscriber set created_at = now() - interval '31 days'`);
    await db.database.affected(
      `update consent set at = now() - interval '31 days'
        where subscriber_id <> (select id from subscriber where email = 'fresh@example.org')`,
    );
    expect(await app.partial.app.get(PurgeUnconfirmed).runOnce()).toBe(2);
    const left = (await people()).map(({ email, status }: { email: string; status: string }) => [email, status]);
    expect(left.sort()).toEqual([
      ['fresh@example.org', 'pending'],
      ['left@example.org', 'unsubscribed'],
    ]);
  });

  it('leaves nothing of who was forgotten, whoever wrote their address into the form again', async () => {
    const { body } = await app.api('POST', '/v1/subscribers', confirmedPerson('ana@example.org'));
    expect((await app.api('DELETE', `/v1/subscribers/${body.id}`)).status).toBe(204);
    const { id } = await form();
    await app.visit('POST', `/join/${id}`, 'email=ana%40example.org&phone=%2B33612345678&sms=yes');
    expect(await people()).toMatchObject([{ email: 'ana@example.org', status: 'pending' }]);
    await db.database.affected(`update subscriber set created_at = now() - interval '31 days'`);
    await db.database.affected(`update consent set at = now() - interval '31 days'`);
    expect(await app.partial.app.get(PurgeUnconfirmed).runOnce()).toBe(1);
    expect((await app.api('GET', `/v1/subscribers/${body.id}`)).body.status).toBe('erased');
    const left = await db.database.rows('select s::text from subscriber s union all select c::text from consent c');
    expect(JSON.stringify(left)).not.toMatch(/ana@|612345678|127\.0\.0\.1|::1/);
  });

  it('takes one click from a mail program, in either encoding, and nothing from a scanner', async () => {
    const { body } = await app.api('POST', '/v1/subscribers', confirmedPerson('ana@example.org'));
    const row = await db.database.row<{ token: string }>('select unsubscribe_token as token from subscriber', []);
    const url = `${await app.partial.app.getUrl()}/unsubscribe/${row?.token}`;
    for (const method of ['GET', 'HEAD']) await fetch(url, { method });
    expect(await (await fetch(url)).text()).toContain(`href="/preferences/${row?.token}"`);
    expect(await (await fetch(`${url}%22%3E%3Cscript%3E`)).text()).not.toContain('<script');
    expect((await people())[0].status).toBe('confirmed');
    const form = new FormData();
    form.append('List-Unsubscribe', 'One-Click');
    const click = await fetch(url, { method: 'POST', body: form, redirect: 'manual' });
    expect({ status: click.status, cookie: click.headers.get('set-cookie') }).toEqual({ status: 200, cookie: null });
    expect((await app.api('GET', `/v1/subscribers/${body.id}`)).body.status).toBe('unsubscribed');
  });

  it('is told in full: the list, its proofs, and one person’s own record, with formulas made harmless', async () => {
    const attributes = { note: '=HYPERLINK("http://evil")' };
    const { body } = await app.api('POST', '/v1/subscribers', confirmedPerson('ana@example.org', { attributes }));
    await app.api('POST', '/v1/subscribers', confirmedPerson('bo@example.org', { tags: ['=1+1'] }));
    const csv = (await app.file('/v1/subscribers/export.csv')).split('\r\n');
    expect(csv).toHaveLength(4);
    expect(csv[2]).toContain(`,'=1+1,`);
    const json = JSON.parse(await app.file('/v1/subscribers/export.json?tag==1%2B1'.replace('==', '=%3D')));
    expect(json).toEqual([expect.objectContaining({ email: 'bo@example.org', consent: [expect.anything()] })]);
    const consents = (await app.file('/v1/consents/export.csv')).split('\r\n');
    expect(consents[1]).toContain(consent.text);
    const access = JSON.parse(await app.file(`/v1/subscribers/${body.id}/access`));
    expect(access).toMatchObject({ email: 'ana@example.org', attributes, consentChainIntact: true, messages: [] });
    const asCsv = await app.file(`/v1/subscribers/${body.id}/access?format=csv`);
    expect(asCsv).toContain('profile,email,ana@example.org');
    expect(await app.file('/v1/subscribers/export.json?status=erased')).toBe('[]\n');
  });
});
