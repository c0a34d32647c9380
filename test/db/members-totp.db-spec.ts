import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Secret, TOTP } from 'otpauth';
import { UnitOfWork } from '../../src/kernel/transaction.js';
import { SecondFactors } from '../../src/workspaces/domain/members/second-factors.port.js';
import { cookieOf, type MembersStage, PASSWORD, startMembers } from '../support/members.js';

const OWNER = 'owner@example.com';

describe('a second factor', () => {
  let stage: MembersStage;
  let cookie: string;
  let secret: string;
  let recoveryCodes: readonly string[];

  beforeAll(async () => {
    stage = await startMembers();
    await stage.send('POST', '/v1/members', { key: stage.operator, body: { email: OWNER, password: PASSWORD } });
  });
  afterAll(() => stage.stop());

  /** Signed in, with the second factor on. */
  beforeEach(async () => {
    await stage.db.database.affected(`delete from second_factor`);
    await stage.db.database.affected(`delete from sign_in_throttle`);
    cookie = await stage.signIn(OWNER);
    secret = (await post('', { password: PASSWORD })).body.secret;
    recoveryCodes = (await post('/confirm', { code: code() })).body.recoveryCodes;
    await stepsGoBy();
  });

  const post = (path: string, body: object, as = cookie) =>
    stage.send('POST', `/v1/session/totp${path}`, { cookie: as, body });
  const code = (aheadMs = 0) =>
    new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + aheadMs });
  /** What was used counts as used a minute ago, so that a test need not wait for the next code. */
  const stepsGoBy = () => stage.db.database.affected(`update second_factor set last_step = last_step - 2`);
  const signIn = (rest: object = {}, email = OWNER) =>
    stage.send('POST', '/v1/public/sign-in', { body: { email, password: PASSWORD, ...rest } });
  const wrong = () => (code() === '000000' ? '000001' : '000000');

  it('is asked for after the password, and a code opens once', async () => {
    expect(await signIn()).toMatchObject({ status: 401, body: { code: 'sign_in.totp_required' } });
    expect(await signIn({ password: 'wrong', code: code() })).toMatchObject({ body: { code: 'sign_in.refused' } });
    expect(await signIn({ code: wrong() })).toMatchObject({ status: 401, body: { code: 'sign_in.code_refused' } });
    const now = code();
    expect(await signIn({ code: now })).toMatchObject({ status: 200, body: { hasTotp: true, mustSetUpTotp: false } });
    expect(await signIn({ code: now })).toMatchObject({ status: 401, body: { code: 'sign_in.code_refused' } });
    expect(await signIn({ code: code(-30_000) })).toMatchObject({ body: { code: 'sign_in.code_refused' } });
  });

  it('is not turned on by a code of a secret that was replaced in another tab meanwhile', async () => {
    await stage.db.database.affected(`delete from second_factor`);
    await post('', { password: PASSWORD });
    const factors = stage.partial.app.get(SecondFactors);
    const rows = await stage.db.database.rows<{ id: string }>(`select person_id as id from second_factor`);
    const personId = rows[0]?.id ?? '';
    const proved = await factors.of(personId);
    await post('', { password: PASSWORD });
    const isOn = await stage.partial.app.get(UnitOfWork).run((tx) => factors.turnOn(personId, proved?.id ?? '', 1, tx));
    expect(isOn).toBe(false);
    expect((await factors.of(personId))?.isOn).toBe(false);
  });

  it('takes one of two sign-ins that come at once with one code', async () => {
    const now = code();
    const answers = await Promise.all([signIn({ code: now }), signIn({ code: now })]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401]);
  });

  it('cannot be guessed by who has the password: every try counts, those without a code as well', async () => {
    const statuses: number[] = [];
    for (let n = 0; n < 6; n += 1) statuses.push((await signIn()).status, (await signIn({ code: wrong() })).status);
    expect(statuses.slice(0, 10)).toEqual(Array(10).fill(401));
    expect(statuses.slice(10)).toEqual([429, 429]);
  });

  it('has ten recovery codes, each once, which a new set kills', async () => {
    expect(recoveryCodes).toHaveLength(10);
    const [first = '', second = ''] = recoveryCodes;
    expect((await signIn({ code: first.toUpperCase() })).status).toBe(200);
    expect((await signIn({ code: first })).body.code).toBe('sign_in.code_refused');
    const renewed = await post('/recovery-codes', { password: PASSWORD, code: code() });
    expect(renewed.body.recoveryCodes).toHaveLength(10);
    expect((await signIn({ code: second })).body.code).toBe('sign_in.code_refused');
    expect((await signIn({ code: renewed.body.recoveryCodes[0] })).status).toBe(200);
  });

  it('is kept so that neither secret nor codes can be read from the database', async () => {
    const rows = await stage.db.database.rows(
      `select encode(secret_enc, 'escape') as secret, r.code_hash::text, a.detail::text
         from second_factor f join recovery_code r on r.person_id = f.person_id, audit_entry a`,
    );
    const stored = JSON.stringify(rows);
    for (const plain of [secret, ...recoveryCodes]) expect(stored).not.toContain(plain);
  });

  it('begins with the password, is on only after a first code, and ends the other sessions', async () => {
    await stage.db.database.affected(`delete from second_factor`);
    expect((await post('/confirm', { code: '123456' })).body.code).toBe('totp.not_begun');
    expect((await post('', { password: 'wrong' })).body.code).toBe('sign_in.refused');
    const answer = await post('', { password: PASSWORD });
    expect(answer).toMatchObject({ status: 201, body: { otpauthUrl: expect.stringContaining('otpauth://totp/') } });
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const other = cookieOf(await signIn());
    secret = answer.body.secret;
    expect((await post('/confirm', { code: wrong() })).body.code).toBe('sign_in.code_refused');
    expect((await stage.send('GET', '/v1/session', { cookie: other })).status).toBe(200);
    expect((await post('/confirm', { code: code() })).status).toBe(200);
    expect((await stage.send('GET', '/v1/session', { cookie: other })).status).toBe(401);
    expect((await stage.send('GET', '/v1/session', { cookie })).body).toMatchObject({ hasTotp: true });
    expect((await post('', { password: PASSWORD })).body.code).toBe('totp.on');
  });

  it('is turned off by password and code, never by a session alone', async () => {
    expect((await post('/disable', { password: PASSWORD, code: wrong() })).body.code).toBe('sign_in.code_refused');
    expect((await post('/disable', { password: 'wrong', code: code() })).body.code).toBe('sign_in.refused');
    expect((await post('/disable', { password: PASSWORD, code: code() })).status).toBe(204);
    expect((await signIn()).status).toBe(200);
    expect((await post('/disable', { password: PASSWORD, code: code() })).body.code).toBe('totp.off');
  });

  it('is asked for where an invitation or a new password by mail would go round it', async () => {
    await stage.db.database.affected(`update person set proved_at = now() where email = $1`, [OWNER]);
    const { id } = await stage.db.database
      .row<{ id: string }>(
        `insert into workspace (id, name, region, time_zone) values (gen_random_uuid(), 'Second', 'us', 'UTC') returning id`,
      )
      .then((row) => row ?? { id: '' });
    await stage.db.database.affected(
      `insert into invite (id, workspace_id, email, role, invited_by, expires_at)
       values (gen_random_uuid(), $1, $2, 'viewer', 'test', now() + interval '1 day')`,
      [id, OWNER],
    );
    const token = await stage.secretFor(OWNER);
    const accept = (rest: object = {}) =>
      stage.send('POST', '/v1/public/invites/accept', { body: { token, password: PASSWORD, ...rest } });
    expect((await accept()).body.code).toBe('sign_in.totp_required');
    expect((await accept({ code: code() })).status).toBe(200);
    await stage.send('POST', '/v1/public/password-resets', { body: { email: OWNER } });
    const redeem = { token: await stage.secretFor(OWNER), password: PASSWORD };
    expect((await stage.send('POST', '/v1/public/password-resets/redeem', { body: redeem })).status).toBe(204);
    expect((await signIn()).body.code).toBe('sign_in.totp_required');
  });

  describe('that a workspace demands', () => {
    const demand = (requiresTotp: boolean) =>
      stage.send('PATCH', '/v1/workspace', { key: stage.operator, body: { requiresTotp } });

    it('lets members without one do nothing but set it up; keys go on', async () => {
      const editor = await stage.join('editor@example.com', 'editor');
      expect((await demand(true)).body).toMatchObject({ requiresTotp: true });
      const read = () => stage.send('GET', '/v1/workspace', { cookie: editor });
      expect(await read()).toMatchObject({ status: 403, body: { code: 'member.totp_needed' } });
      const session = await stage.send('GET', '/v1/session', { cookie: editor });
      expect(session.body).toMatchObject({ mustSetUpTotp: true, hasTotp: false });
      expect((await stage.send('GET', '/v1/workspace', { cookie })).status).toBe(200);
      expect((await stage.send('GET', '/v1/workspace', { key: stage.operator })).status).toBe(200);
      secret = (await post('', { password: PASSWORD }, editor)).body.secret;
      await post('/confirm', { code: code() }, editor);
      expect((await read()).status).toBe(200);
      await demand(false);
    });
  });
});
