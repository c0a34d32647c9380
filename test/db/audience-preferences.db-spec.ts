import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { addPerson, type AudienceApp, consent, startAudience } from '../support/audience.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';

describe('a preference page', () => {
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
    await db.database.affected('truncate consent, suppression, subscriber cascade');
  });

  const add = (email: string, more: object = {}) => addPerson(app, email, more);
  const read = async (id: string) => (await app.api('GET', `/v1/subscribers/${id}`)).body;
  const tokenOf = async (id: string): Promise<string> =>
    (await db.database.row<{ token: string }>('select unsubscribe_token as token from subscriber where id = $1', [id]))
      ?.token ?? '';
  const reachable = (topic: string) =>
    db.database.rows(`select 1 from subscriber where '${topic}' = any (accepts) and status = 'confirmed'`);

  it('changes topics by its button alone', async () => {
    const id = await add('ana@example.org');
    const path = `/preferences/${await tokenOf(id)}`;
    const shown = await app.visit('GET', path);
    expect(shown.text).toContain('a…@example.org');
    expect(shown.text).not.toContain('ana@example.org');
    await app.visit('POST', path, '');
    expect((await read(id)).accepts).toEqual(['email:outages', 'email:news']);
    const sent = await app.visit('POST', path, 'chosen=yes&accepts=email%3Aoutages&language=fr&zone=Europe%2FParis');
    expect(sent).toMatchObject({ status: 200, text: expect.stringContaining('Saved.') });
    const person = await read(id);
    expect(person).toMatchObject({ status: 'confirmed', accepts: ['email:outages'], language: 'fr' });
    expect(person).toMatchObject({ zone: 'Europe/Paris', consentChainIntact: true });
    expect(person.consent.at(-1)).toMatchObject({ purpose: 'email:news', action: 'withdrawn', text: consent.text });
    expect(await reachable('email:news')).toEqual([]);
  });

  it('is a way to leave, and none to come back', async () => {
    const id = await add('ana@example.org');
    const path = `/preferences/${await tokenOf(id)}`;
    expect((await app.visit('POST', path, 'chosen=yes')).text).toContain('You left the list');
    expect((await read(id)).status).toBe('unsubscribed');
    await app.visit('POST', path, 'chosen=yes&accepts=email%3Anews');
    expect(await read(id)).toMatchObject({ status: 'unsubscribed', accepts: [] });
  });

  it('refuses nonsense and unknown links, and shows nothing of the erased', async () => {
    const id = await add('ana@example.org');
    const path = `/preferences/${await tokenOf(id)}`;
    const bad = 'chosen=yes&accepts=sms%3Anews&accepts=email%3Anews&zone=%3Cscript%3E';
    expect((await app.visit('POST', path, bad)).status).toBe(400);
    await app.visit('POST', path, 'chosen=yes&accepts=sms%3Anews&accepts=email%3Anews');
    expect((await read(id)).accepts).toEqual(['email:news']);
    expect((await app.visit('GET', '/preferences/nonsense')).status).toBe(404);
    await app.api('DELETE', `/v1/subscribers/${id}`);
    expect((await app.visit('GET', path)).status).toBe(404);
  });

  it('forgets a phone, and proves that its holder took it back', async () => {
    const text = 'Text me when a platform is down.';
    const proof = { text, textVersion: '1', source: 'shop', alreadyConfirmed: true, evidence: 'signed at the shop' };
    const id = await add('ana@example.org', { phone: '+33612345678', phoneConsent: proof });
    const path = `/preferences/${await tokenOf(id)}`;
    const all = ['email:outages', 'email:news', 'sms:outages', 'sms:news'].map((one) => `accepts=${one}`).join('&');
    expect((await app.visit('POST', path, `chosen=yes&forgetPhone=yes&${all}`)).text).toContain('Saved.');
    const person = await read(id);
    expect(person).toMatchObject({ status: 'confirmed', accepts: ['email:outages', 'email:news'] });
    expect(person).not.toHaveProperty('phone');
    expect(person.consent.at(-1)).toMatchObject({ purpose: 'backup_list_sms', action: 'withdrawn', text });
    expect(person.consentChainIntact).toBe(true);
  });
});
