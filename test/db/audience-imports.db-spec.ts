import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { RunSubscriberImport } from '../../src/audience/application/lists/run-subscriber-import.js';
import { SubscriberImportWork } from '../../src/audience/domain/lists/subscriber-imports.port.js';
import { type AudienceApp, confirmedPerson, consent, startAudience } from '../support/audience.js';
import { csvForm } from '../support/bulk.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';

const SETTINGS = { source: 'shop customers', consent: { text: consent.text, textVersion: '1' } };

describe('files of people', () => {
  let db: TestDatabase;
  let app: AudienceApp;
  let origin: string;

  beforeAll(async () => {
    db = await createTestDatabase();
    app = await startAudience(db);
    origin = await app.partial.app.getUrl();
  });
  afterAll(async () => {
    await app.stop();
    await db.drop();
  });
  beforeEach(async () => {
    app.jobs.length = 0;
    await db.database.affected('truncate subscriber_import, consent, suppression, subscriber cascade');
  });

  const announce = async (settings: object = {}): Promise<string> => {
    const { status, body } = await app.api('POST', '/v1/subscriber-imports', { ...SETTINGS, ...settings });
    expect({ status, body }).toMatchObject({ status: 201, body: { state: 'waiting' } });
    return body.id;
  };
  const upload = async (id: string, content: string | Buffer) => {
    const response = await fetch(`${origin}/v1/subscriber-imports/${id}/file`, {
      ...{ method: 'PUT', body: csvForm(content, 'people.csv') },
      headers: { authorization: `Bearer ${app.key}` },
    });
    return { status: response.status, body: (await response.json()) as { code?: string } };
  };
  const start = (id: string) => app.api('POST', `/v1/subscriber-imports/${id}/start`);
  const run = (id: string) => app.partial.app.get(RunSubscriberImport).runOnce(id);
  const read = async (id: string) => (await app.api('GET', `/v1/subscriber-imports/${id}`)).body;
  const people = () =>
    db.database.rows<{ email: string; status: string }>('select email, status from subscriber order by email');

  it('are judged without putting anybody on the list', async () => {
    await app.api('POST', '/v1/subscribers', confirmedPerson('here@example.org'));
    await app.api('POST', '/v1/suppressions', { suppressions: [{ channel: 'email', address: 'gone@example.org' }] });
    const id = await announce();
    const file = [
      'E-Mail;City;Time zone',
      'Ana@Bücher.example;Lyon;Europe/Paris',
      'ana@xn--bcher-kva.example;;',
      'jose\u0301@example.org;;',
      'JOSÉ@example.org;;',
      'HERE@example.org;;',
      'gone@example.org;;',
      'eve@example.org\r\nBcc: x@example.org;;',
      'bo@example.org;;Mars/Base',
    ].join('\r\n');
    const { status, body } = await upload(id, file);
    expect({ status, body }).toMatchObject({
      status: 200,
      body: {
        ...{ state: 'checked', fileName: 'people.csv', delimiter: 'semicolon', encoding: 'utf-8' },
        ...{ columns: { 'E-Mail': 'email', 'Time zone': 'zone' }, ignoredColumns: ['City'] },
        rows: { ready: 3, duplicate: 2, exists: 1, suppressed: 1, bad: 2, confirmed: 0, pending: 0 },
      },
    });
    expect(await people()).toEqual([{ email: 'here@example.org', status: 'confirmed' }]);
    const rows = (await app.api('GET', `/v1/subscriber-imports/${id}/rows?verdict=bad`)).body.items;
    expect(rows.map((one: { problems: { code: string }[] }) => one.problems[0]?.code)).toEqual([
      ...['cell.bad_email', 'cell.bad_zone'],
    ]);
  });

  it('put unproved people on the list as unconfirmed, with the declared source and without a mail', async () => {
    const id = await announce({ tags: ['shop'] });
    await upload(id, 'email,phone\nana@example.org,+33612345678\n');
    expect((await start(id)).status).toBe(202);
    expect(await run(id)).toBe('done');
    expect(await read(id)).toMatchObject({ state: 'done', settledRow: 2, rows: { ready: 0, pending: 1 } });
    const [person] = (await app.api('GET', '/v1/subscribers')).body.items;
    expect(person).toMatchObject({
      email: 'ana@example.org',
      status: 'pending',
      tags: ['shop'],
      phone: '+33612345678',
    });
    expect(person.phoneStatus).toBeUndefined();
    const { consent: lines } = (await app.api('GET', `/v1/subscribers/${person.id}`)).body;
    expect(lines).toEqual([expect.objectContaining({ action: 'declared', source: 'import shop customers' })]);
    expect(app.jobs).toEqual([]);
  });

  it('admit people whose consent a mapped column proves, and ask the others when told to', async () => {
    const mapping = { mail: 'email', proof: 'evidence', age: 'attributes.age:number' };
    const id = await announce({ mapping, askToConfirm: true });
    await upload(id, 'mail,proof,age\nana@example.org,form 2024-01-05,41\nbo@example.org,,7\n');
    await start(id);
    await run(id);
    expect(await people()).toEqual([
      { email: 'ana@example.org', status: 'confirmed' },
      { email: 'bo@example.org', status: 'pending' },
    ]);
    expect(app.jobs).toHaveLength(1);
    const history = await db.database.rows<{ evidence: string }>(`select evidence from consent where action = 'given'`);
    expect(history).toEqual([{ evidence: 'people.csv: form 2024-01-05' }]);
  });

  it('go on after the last settled row, and store no row twice', async () => {
    const id = await announce();
    const rows = Array.from({ length: 2_500 }, (_, n) => `p${n}@example.net`);
    await upload(id, `email\n${rows.join('\n')}\n`);
    await start(id);
    const work = app.partial.app.get(SubscriberImportWork, { strict: false });
    const settle = work.settle.bind(work);
    let settled = 0;
    work.settle = async (...given) => {
      settled += 1;
      if (settled === 2) throw new Error('the worker died');
      return settle(...given);
    };
    await expect(run(id)).rejects.toThrow('the worker died');
    work.settle = settle;
    expect(await read(id)).toMatchObject({
      state: 'running',
      settledRow: 1_001,
      rows: { pending: 1_000, ready: 1_500 },
    });
    expect(await people()).toHaveLength(1_000);
    await run(id);
    expect(await read(id)).toMatchObject({ state: 'done', settledRow: 2_501, rows: { pending: 2_500, ready: 0 } });
    expect(await people()).toHaveLength(2_500);
    const left = await db.database.rows(`select 1 from subscriber_import_chunk where rows::text like '%@example.net%'`);
    expect(left).toEqual([]);
  });

  it('are imported once under the same settings', async () => {
    const file = 'email\nana@example.org\n';
    const first = await announce();
    await upload(first, file);
    await start(first);
    expect((await start(first)).body.code).toBe('subscriber_import.not_startable');
    const second = await announce();
    await upload(second, file);
    expect(await start(second)).toMatchObject({
      ...{ status: 409, body: { code: 'subscriber_import.known_file', importId: first } },
    });
    expect((await upload(first, file)).body.code).toBe('subscriber_import.has_file');
  });

  it('stop when cancelled and can be started again', async () => {
    const id = await announce();
    await upload(id, 'email\nana@example.org\n');
    await start(id);
    expect((await app.api('POST', `/v1/subscriber-imports/${id}/cancel`)).body.state).toBe('cancelled');
    expect(await run(id)).toBe('done');
    expect(await people()).toEqual([]);
    await start(id);
    await run(id);
    expect(await people()).toHaveLength(1);
  });

  it('give bad rows back with what is wrong, formulas made harmless', async () => {
    const id = await announce();
    await upload(id, `email,name\nana@,=1+1\nbo@example.org,Bo\nbo@example.org,Bo\n`);
    const headers = { authorization: `Bearer ${app.key}` };
    const answer = await fetch(`${origin}/v1/subscriber-imports/${id}/errors.csv`, { headers });
    const lines = (await answer.text()).split('\r\n');
    expect(lines[0]).toBe('email,name,row,verdict,problemColumns,problemCodes,problems');
    expect(lines[1]).toContain(`ana@,'=1+1,2,bad,"email, name","cell.bad_email, cell.formula",`);
    expect(lines[2]).toBe(',,4,duplicate,,,An earlier row has the same address.');
  });

  it.each([
    ['csv.no_email_column', 'name\nAna\n', {}],
    ['csv.bad_encoding', Buffer.from('email,name\nana@example.org,Jos\xe9\n', 'latin1'), {}],
    ['csv.not_csv', Buffer.from('PK\u0003\u0004rest'), {}],
    ['csv.empty', 'email\n', {}],
    ['csv.quote_not_closed', 'email\n"ana@example.org\nbo@example.org\n', {}],
    ['import.unknown_column', 'email\nana@example.org\n', { mapping: { Mail: 'email' } }],
  ])('refuse with %s what cannot be read, and wait for another file', async (code, content, settings) => {
    const id = await announce(settings);
    expect((await upload(id, content)).body.code).toBe(code);
    expect((await read(id)).state).toBe('waiting');
    expect(await db.database.rows('select 1 from subscriber_import_chunk')).toEqual([]);
  });

  it('read an older encoding when told to', async () => {
    const id = await announce({ encoding: 'windows-1252', mapping: { email: 'email', name: 'attributes.name' } });
    await upload(id, Buffer.from('email,name\nana@example.org,Jos\xe9\n', 'latin1'));
    await start(id);
    await run(id);
    expect((await app.api('GET', '/v1/subscribers')).body.items[0].attributes).toEqual({ name: 'José' });
  });

  it('ask nobody to confirm unless told so in a word', async () => {
    const wish = { ...SETTINGS, askToConfirm: null };
    expect(await app.api('POST', '/v1/subscriber-imports', wish)).toMatchObject({
      ...{ status: 400, body: { errors: [{ field: 'askToConfirm' }] } },
    });
  });

  it('cannot be started before their file, nor prove consent without the admin scope', async () => {
    expect((await start(await announce())).body.code).toBe('subscriber_import.not_startable');
    const key = (await app.api('POST', '/v1/api-keys', { name: 'list', scopes: ['audience:write'] })).body.key;
    const wish = { ...SETTINGS, mapping: { email: 'email', proof: 'evidence' } };
    const path = '/v1/subscriber-imports';
    expect(await app.partial.send({ method: 'POST', path, key, body: wish })).toMatchObject({
      ...{ status: 403, body: { code: 'key.scope_missing' } },
    });
  });
});
