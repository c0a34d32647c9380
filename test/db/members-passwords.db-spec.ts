import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { cookieOf, type MembersStage, PASSWORD, startMembers } from '../support/members.js';

const OWNER = 'owner@example.com';
const NEW_PASSWORD = 'purple lamp on the roof';

describe('people who forgot the password', () => {
  let stage: MembersStage;

  beforeAll(async () => {
    stage = await startMembers();
    await stage.send('POST', '/v1/members', { key: stage.operator, body: { email: OWNER, password: PASSWORD } });
  });
  afterAll(() => stage.stop());
  beforeEach(() => stage.db.database.affected(`delete from sign_in_throttle`));

  const whoIs = (cookie: string) => stage.send('GET', '/v1/session', { cookie });
  const ask = (email: string) => stage.send('POST', '/v1/public/password-resets', { body: { email } });
  const redeem = (token: string, password: string) =>
    stage.send('POST', '/v1/public/password-resets/redeem', { body: { token, password } });

  it('set a new one by mail, once, and every session ends', async () => {
    const cookie = await stage.join('forgot@example.com', 'viewer');
    expect((await ask('forgot@example.com')).status).toBe(202);
    const token = await stage.secretFor('forgot@example.com');
    expect((await redeem(token, 'too short')).body.code).toBe('password.too_short');
    const answers = await Promise.all([1, 2, 3].map(() => redeem(token, NEW_PASSWORD)));
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 410, 410]);
    expect((await whoIs(cookie)).status).toBe(401);
    expect(await stage.signIn('forgot@example.com')).toBe('');
    expect((await whoIs(await stage.signIn('forgot@example.com', NEW_PASSWORD))).status).toBe(200);
  });

  it('are answered alike whether they have an account or not, and only those who have one get mail', async () => {
    const before = stage.mails.sent.length;
    const [known, unknown] = [await ask(OWNER), await ask('stranger@example.com')];
    expect({ ...unknown, headers: 0 }).toEqual({ ...known, headers: 0 });
    await stage.secretFor(OWNER);
    expect(stage.mails.sent.slice(before).map(({ to }) => to)).toEqual([OWNER]);
  });

  it('cannot flood a mailbox, and are told nothing of it', async () => {
    const before = stage.mails.sent.length;
    for (let n = 0; n < 6; n += 1) expect((await ask(OWNER)).status).toBe(202);
    await stage.secretFor(OWNER);
    expect(stage.mails.sent.length - before).toBe(3);
  });

  it('change it while signed in, knowing the old one; other sessions end', async () => {
    const cookie = await stage.join('change@example.com', 'viewer');
    const elsewhere = await stage.signIn('change@example.com');
    const change = (currentPassword: string, newPassword: string) =>
      stage.send('POST', '/v1/password', { cookie, body: { currentPassword, newPassword } });
    expect((await change('wrong', NEW_PASSWORD)).body.code).toBe('sign_in.refused');
    expect((await change(PASSWORD, 'change@example.com')).body.code).toBe('password.holds_address');
    const changed = await change(PASSWORD, NEW_PASSWORD);
    expect((await whoIs(cookieOf(changed))).status).toBe(200);
    for (const old of [cookie, elsewhere]) expect((await whoIs(old)).status).toBe(401);
  });
});
