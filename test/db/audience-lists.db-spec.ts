import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ChangePhoneConsent } from '../../src/audience/application/lists/change-phone-consent.js';
import { SuppressAddresses } from '../../src/audience/application/lists/suppress-addresses.js';
import { AddressKeys } from '../../src/audience/domain/lists/address-keys.js';
import { PhoneConsents } from '../../src/audience/domain/lists/phone-consents.port.js';
import { addPerson, type AudienceApp, confirmedPerson, consent, startAudience } from '../support/audience.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';

const PHONE = '+33612345678';
const phoneConsent = { text: 'Text me when a platform is down.', textVersion: '1', source: 'form' };

describe('the list', () => {
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
    await db.database.affected('truncate segment, sign_up_form, consent, suppression, subscriber cascade');
  });

  const of = <T>(token: abstract new (...args: never[]) => T): T => app.partial.app.get(token, { strict: false });
  const add = (email: string, more: object = {}) => addPerson(app, email, more);
  const read = async (id: string) => (await app.api('GET', `/v1/subscribers/${id}`)).body;
  const count = async (filter: object) => (await app.api('POST', '/v1/segments/count', { filter })).body;

  describe('segments', () => {
    beforeEach(async () => {
      await add('ana@example.org', { tags: ['fans'], language: 'pt-BR', attributes: { age: 41, city: 'Lyon' } });
      await add('bo@example.com', { tags: ['fans', 'press'], zone: 'Europe/Paris', attributes: { age: 7 } });
      await add('cy@example.com', { language: 'fr', attributes: { age: 'unknown', vip: true } });
      await app.api('POST', '/v1/subscribers', { email: 'dee@example.com', consent });
    });

    it.each([
      [{ all: [] }, 4, 3],
      [{ any: [] }, 0, 0],
      [{ field: 'tags', op: 'hasAny', values: ['press', 'x'] }, 1, 1],
      [{ field: 'tags', op: 'hasAll', values: ['fans', 'press'] }, 1, 1],
      [{ field: 'tags', op: 'hasNone', values: ['press'] }, 3, 2],
      [{ field: 'language', op: 'in', values: ['PT'] }, 1, 1],
      [{ field: 'language', op: 'notIn', values: ['pt'] }, 3, 2],
      [{ not: { field: 'language', op: 'in', values: ['pt'] } }, 3, 2],
      [{ field: 'zone', op: 'in', values: ['Europe/Paris'] }, 1, 1],
      [{ field: 'emailDomain', op: 'in', values: ['example.com'] }, 3, 2],
      [{ field: 'phone', op: 'missing' }, 4, 3],
      [{ field: 'createdAt', op: 'withinDays', value: 1 }, 4, 3],
      [{ field: 'createdAt', op: 'olderThanDays', value: 1 }, 0, 0],
      [{ field: 'confirmedAt', op: 'after', value: '2026-01-01T00:00:00Z' }, 3, 3],
      [{ attribute: 'age', op: 'atLeast', value: 18 }, 1, 1],
      [{ attribute: 'age', op: 'atMost', value: 41.5 }, 2, 2],
      [{ attribute: 'age', op: 'exists' }, 3, 3],
      [{ attribute: 'city', op: 'equals', value: 'Lyon' }, 1, 1],
      [{ attribute: 'city', op: 'notEquals', value: 'Lyon' }, 3, 2],
      [{ attribute: 'age', op: 'in', values: [7, 'unknown'] }, 2, 2],
      [{ attribute: 'age', op: 'notIn', values: [7] }, 3, 2],
      [{ attribute: 'vip', op: 'equals', value: true }, 1, 1],
      [{ attribute: `'; drop table subscriber; --`.replace(/\W/g, '_'), op: 'missing' }, 4, 3],
      [
        {
          any: [
            { attribute: 'vip', op: 'exists' },
            { field: 'tags', op: 'hasAny', values: ['press'] },
          ],
        },
        2,
        2,
      ],
    ])('%j finds %d, of whom %d get mail', async (filter, total, email) => {
      expect(await count(filter)).toEqual({ total, email, sms: 0 });
    });

    it('are saved, counted live, changed and kept apart by name', async () => {
      const filter = { field: 'tags', op: 'hasAny', values: ['press'] };
      const { body: segment } = await app.api('POST', '/v1/segments', { name: 'Press', filter });
      const path = `/v1/segments/${segment.id}`;
      expect((await app.api('GET', `${path}/count`)).body).toMatchObject({ total: 1 });
      await add('eve@example.org', { tags: ['press'] });
      expect((await app.api('GET', `${path}/count`)).body).toMatchObject({ total: 2 });
      expect((await app.api('GET', `/v1/subscribers?segmentId=${segment.id}`)).body.items).toHaveLength(2);
      expect((await app.api('POST', '/v1/segments', { name: 'press', filter })).body.code).toBe('segment.name_taken');
      const { body } = await app.api('PATCH', path, { filter: { all: [] } });
      expect(body).toMatchObject({ name: 'Press', filter: { all: [] } });
      const headers = { 'if-match': '"1"' };
      const stale = { method: 'PATCH', path, key: app.key, body: { name: 'x' }, headers };
      expect((await app.partial.send(stale)).status).toBe(412);
      expect((await app.api('DELETE', path)).status).toBe(204);
      expect((await app.api('GET', path)).status).toBe(404);
    });

    it('refuse a filter with the place of its faults', async () => {
      const filter = { all: [{ field: 'password', op: 'exists' }] };
      expect((await app.api('POST', '/v1/segments', { name: 'x', filter })).body).toMatchObject({
        ...{ status: 400, code: 'segment.bad_filter', errors: [{ field: 'filter.all.0.field' }] },
      });
    });
  });

  describe('phones', () => {
    it('need a consent of their own, and a proof or an answer of their own', async () => {
      const person = { email: 'ana@example.org', consent, phone: '+33 6 12 34 56 78' };
      expect((await app.api('POST', '/v1/subscribers', person)).body.code).toBe('consent.phone_missing');
      const bad = { ...person, phone: '06 12', phoneConsent };
      expect((await app.api('POST', '/v1/subscribers', bad)).body.code).toBe('subscriber.bad_phone');
      const { body } = await app.api('POST', '/v1/subscribers', { ...person, phoneConsent });
      expect(body).toMatchObject({
        phone: PHONE,
        phoneStatus: 'pending',
        accepts: expect.arrayContaining(['sms:news']),
      });
      expect(await count({ all: [] })).toMatchObject({ sms: 0 });
      const take = () => db.database.run((tx) => of(PhoneConsents).takeUnasked([app.workspaceId], 10, tx));
      expect(await take()).toEqual([expect.objectContaining({ phone: PHONE, subscriberId: body.id })]);
      expect(await take()).toEqual([]);
      const said = of(ChangePhoneConsent);
      expect(await said.confirm(app.workspaceId, PHONE, 'reply YES')).toBe('done');
      expect(await count({ all: [] })).toMatchObject({ sms: 1 });
      expect(await said.stop(app.workspaceId, PHONE, 'reply STOP')).toBe('done');
      expect(await said.stop(app.workspaceId, PHONE, 'reply STOP')).toBe('already');
      expect(await count({ all: [] })).toMatchObject({ sms: 0 });
      expect(await said.confirm(app.workspaceId, PHONE, 'reply START')).toBe('done');
      expect(await said.stop(app.workspaceId, '+33699999999', 'reply STOP')).toBe('unknown');
      const lines = (await read(body.id)).consent.filter((line: { purpose: string }) => line.purpose.includes('sms'));
      expect(lines.map((line: { action: string }) => line.action)).toEqual([
        'requested',
        'given',
        'withdrawn',
        'given',
      ]);
      expect((await read(body.id)).consentChainIntact).toBe(true);
    });

    it('change and go by the workspace, and outlive erasure as a hash', async () => {
      const id = await add('ana@example.org');
      const proof = { ...phoneConsent, alreadyConfirmed: true, evidence: 'signed at the shop' };
      const path = `/v1/subscribers/${id}`;
      expect((await app.api('PATCH', path, { phone: PHONE, phoneConsent: proof })).body.phoneStatus).toBe('confirmed');
      expect((await app.api('PATCH', path, { phone: null })).body).not.toHaveProperty('phone');
      await app.api('PATCH', path, { phone: PHONE, phoneConsent: proof });
      await app.api('DELETE', path);
      const rows = await db.database.rows<{ channel: string }>(
        `select channel from suppression where reason = 'erased'`,
      );
      expect(rows.map(({ channel }) => channel).sort()).toEqual(['email', 'sms']);
      const dump = await db.database.rows<{ text: string }>(
        `select s::text as text from subscriber s union all select c::text from consent c`,
      );
      expect(JSON.stringify(dump)).not.toMatch(/ana@|612345678/);
    });
  });

  it('lets a workspace change what it knows of a person, within bounds', async () => {
    const id = await add('ana@example.org', { attributes: { city: 'Lyon', age: 41 }, tags: ['a'] });
    const path = `/v1/subscribers/${id}`;
    const { body } = await app.api('PATCH', path, { attributes: { city: null, vip: true }, tags: ['b'], zone: null });
    expect(body).toMatchObject({ attributes: { age: 41, vip: true }, tags: ['b'] });
    const many = Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`a${n}`, n]));
    expect((await app.api('PATCH', path, { attributes: many })).body.code).toBe('subscriber.too_many_attributes');
    expect((await app.api('PATCH', path, { accepts: ['sms:news'] })).status).toBe(400);
    const found = await app.api('POST', '/v1/subscribers/find', { email: 'ANA@example.org' });
    expect(found.body.id).toBe(id);
  });

  describe('suppressions', () => {
    const suppress = (rows: object[]) => app.api('POST', '/v1/suppressions', { suppressions: rows });
    const find = (address: string) => app.api('POST', '/v1/suppressions/find', { channel: 'email', address });

    it('are added, found, listed and exported by hash, whoever has the address', async () => {
      const rows = [
        { channel: 'email', address: 'Ana@Example.org', note: 'asked by phone' },
        { channel: 'sms', address: PHONE },
        { channel: 'email', address: 'nonsense' },
      ];
      expect((await suppress(rows)).body.items.map(({ verdict }: { verdict: string }) => verdict)).toEqual([
        ...['suppressed', 'suppressed', 'bad_address'],
      ]);
      expect((await find('ana@example.org')).body).toMatchObject({ reason: 'manual', note: 'asked by phone' });
      expect((await app.api('GET', '/v1/suppressions?limit=1')).body.items).toHaveLength(1);
      const { nextCursor } = (await app.api('GET', '/v1/suppressions?limit=1')).body;
      const rest = (await app.api('GET', `/v1/suppressions?limit=1&cursor=${nextCursor}`)).body;
      expect(rest.items).toHaveLength(1);
      expect(rest).not.toHaveProperty('nextCursor');
      const [, ...lines] = (await app.file('/v1/suppressions/export.csv')).trimEnd().split('\r\n');
      const exported = lines.map((line) => {
        const [channel = '', , addressHmac] = line.split(',');
        return { channel, addressHmac };
      });
      await db.database.affected('truncate suppression');
      expect((await suppress(exported)).body.items).toMatchObject([
        { verdict: 'suppressed' },
        { verdict: 'suppressed' },
      ]);
      const again = await app.api('POST', '/v1/subscribers', confirmedPerson('ana@example.org'));
      expect(again.body.code).toBe('subscriber.suppressed');
    });

    it('never weaken, and end only where nobody said so', async () => {
      const id = await add('ana@example.org');
      const addressHmac = of(AddressKeys).hmacOf(app.workspaceId, 'ana@example.org');
      const came = (reason: 'bounced' | 'complained' | 'paused' | 'unsubscribed') =>
        db.database.run((tx) =>
          of(SuppressAddresses).execute(app.workspaceId, [{ channel: 'email', addressHmac, reason }], tx),
        );
      const path = `/v1/suppressions/email/${addressHmac.toString('hex')}`;
      expect(await came('paused')).toBe(1);
      expect((await read(id)).status).toBe('confirmed');
      expect(await came('bounced')).toBe(1);
      expect((await read(id)).status).toBe('bounced');
      expect(await came('paused')).toBe(0);
      expect((await app.api('DELETE', path)).status).toBe(204);
      expect((await read(id)).status).toBe('confirmed');
      expect(await came('complained')).toBe(1);
      expect(await came('unsubscribed')).toBe(0);
      expect((await app.api('DELETE', path)).body).toMatchObject({ code: 'suppression.owner_only' });
      const person = await read(id);
      expect(person).toMatchObject({ status: 'complained', consentChainIntact: true });
      expect(person.consent.at(-1)).toMatchObject({ action: 'withdrawn', source: 'complaint' });
      expect((await app.api('DELETE', `/v1/suppressions/email/${'0'.repeat(64)}`)).status).toBe(404);
    });
  });
});
