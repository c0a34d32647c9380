import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { GuardTries } from '../../src/workspaces/application/members/guard-tries.js';
import { Argon2Hasher } from '../../src/workspaces/infrastructure/members/argon2-hasher.js';
import { cookieOf, type MembersStage, OWNER, ownerOf, PASSWORD, startOwned } from '../support/members.js';

describe('people who sign in', () => {
  let stage: MembersStage;
  let owner: string;

  beforeAll(async () => void (stage = await startOwned()));
  afterAll(() => stage.stop());
  beforeEach(async () => void (owner = await ownerOf(stage)));

  const whoIs = (cookie: string) => stage.send('GET', '/v1/session', { cookie });

  describe('with a password', () => {
    it('get a session in a cookie that scripts and foreign sites have nothing from, and see who they are', async () => {
      const answer = await stage.send('POST', '/v1/public/sign-in', { body: { email: OWNER, password: PASSWORD } });
      expect(answer.headers.getSetCookie()[0]).toMatch(
        /^perennial=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+$/,
      );
      expect(JSON.stringify(answer.body)).not.toContain(cookieOf(answer).slice('perennial='.length));
      const me = { email: OWNER, role: 'owner', scopes: ['admin'], workspaceId: stage.workspaceId };
      expect(await whoIs(cookieOf(answer))).toMatchObject({ status: 200, body: me });
      expect(answer.body).toMatchObject(me);
    });

    it('are refused alike for a wrong password and an unknown address, at the same cost', async () => {
      const refuse = async (email: string) => {
        const { status, body } = await stage.send('POST', '/v1/public/sign-in', { body: { email, password: 'x' } });
        return { status, code: body.code, detail: body.detail };
      };
      const wrong = await refuse(OWNER);
      expect(wrong).toMatchObject({ status: 401, code: 'sign_in.refused' });
      expect(await refuse('nobody@example.com')).toEqual(wrong);
      expect(await refuse('no address')).toEqual(wrong);
    });

    it('are stopped after ten tries at one account from one place, known or not, and let in again by time or a good sign-in', async () => {
      for (const email of [OWNER, 'nobody@example.com']) {
        const tries = await Promise.all(
          Array.from({ length: 14 }, () =>
            stage.send('POST', '/v1/public/sign-in', { body: { email, password: 'wrong' } }),
          ),
        );
        expect(tries.filter(({ status }) => status === 401)).toHaveLength(10);
        expect(tries.filter(({ status }) => status === 429)).toHaveLength(4);
      }
      const shut = await stage.send('POST', '/v1/public/sign-in', { body: { email: OWNER, password: PASSWORD } });
      expect(shut).toMatchObject({ status: 429, body: { code: 'sign_in.too_many' } });
      expect(shut.body.retryAfterSeconds).toBeGreaterThan(800);
      await stage.db.database.affected(`update sign_in_throttle set resets_at = now()`);
      expect(await whoIs(await stage.signIn(OWNER))).toMatchObject({ status: 200 });
    });

    it('are not shut out by a stranger elsewhere, but by guesses from many places', async () => {
      const guard = stage.partial.app.get(GuardTries);
      const passes = async (address: string) =>
        (await Promise.allSettled(Array.from({ length: 30 }, () => guard.take({ account: OWNER, address })))).filter(
          ({ status }) => status === 'fulfilled',
        ).length;
      expect(await passes('198.51.100.1')).toBe(10);
      expect(await whoIs(await stage.signIn(OWNER))).toMatchObject({ status: 200 });
      const places = Array.from({ length: 6 }, (_, n) => `203.0.113.${n}`);
      let passed = 0;
      for (const place of places) passed += await passes(place);
      expect(passed).toBe(50);
      expect(await stage.signIn(OWNER)).toBe('');
    });

    it('are stopped after fifty tries from one address, whoever they say they are', async () => {
      const body = (n: number) => ({ email: `guess-${n}@example.com`, password: 'wrong' });
      const tries = [];
      for (let n = 0; n < 52; n += 1) tries.push(stage.send('POST', '/v1/public/sign-in', { body: body(n) }));
      const statuses = (await Promise.all(tries)).map(({ status }) => status);
      expect(statuses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(2);
    });

    it('have it stored only as argon2id, and made anew when the cost changes', async () => {
      const hash = async () =>
        (
          await stage.db.database.row<{ password_hash: string }>(`select password_hash from person where email = $1`, [
            OWNER,
          ])
        )?.password_hash;
      expect(await hash()).toMatch(/^\$argon2id\$v=19\$m=64,t=2,p=1\$/);
      const dearer = await new Argon2Hasher({ memoryKib: 64, passes: 3, lanes: 1 }).hash(PASSWORD);
      await stage.db.database.affected(`update person set password_hash = $2 where email = $1`, [OWNER, dearer]);
      expect(await whoIs(await stage.signIn(OWNER))).toMatchObject({ status: 200 });
      expect(await hash()).toMatch(/m=64,t=2,p=1/);
      expect(JSON.stringify(await stage.db.database.rows(`select * from audit_entry`))).not.toContain(PASSWORD);
    });
  });

  describe('in a session', () => {
    it('change things only from our own pages; programs use keys', async () => {
      const change = (site: string) =>
        stage.send('PATCH', '/v1/workspace', { cookie: owner, site, body: { name: 'W' } });
      expect((await change('same-origin')).status).toBe(200);
      for (const site of ['cross-site', 'same-site', ''])
        expect(await change(site)).toMatchObject({ status: 403, body: { code: 'session.foreign_request' } });
      expect((await stage.send('GET', '/v1/workspace', { cookie: owner, site: 'cross-site' })).status).toBe(200);
      expect((await stage.send('PATCH', '/v1/workspace', { key: stage.operator, body: { name: 'W' } })).status).toBe(
        200,
      );
      expect(await stage.send('GET', '/v1/session', { key: stage.operator })).toMatchObject({
        body: { code: 'session.needed' },
      });
    });

    it('end after a while without a request, and after a month whatever happens', async () => {
      const age = (column: string, by: string) =>
        stage.db.database.affected(`update session set ${column} = ${column} - $1::interval`, [by]);
      const idle = await stage.signIn(OWNER);
      await age('last_seen_at', '1 day');
      expect(await whoIs(idle)).toMatchObject({ status: 401, body: { code: 'session.ended' } });
      const old = await stage.signIn(OWNER);
      await age('expires_at', '30 days');
      expect((await whoIs(old)).status).toBe(401);
    });

    it('see where they are signed in, end one or all others, and sign out', async () => {
      const [phone, laptop] = [await stage.signIn(OWNER), await stage.signIn(OWNER)];
      const { items } = (await stage.send('GET', '/v1/sessions', { cookie: laptop })).body;
      expect(items.filter(({ isThis }: { isThis: boolean }) => isThis)).toHaveLength(1);
      const { id } = (await whoIs(phone)).body;
      expect((await stage.send('DELETE', `/v1/sessions/${id}`, { cookie: laptop })).status).toBe(204);
      expect((await whoIs(phone)).status).toBe(401);
      expect((await stage.send('DELETE', '/v1/sessions', { cookie: laptop })).body.ended).toBeGreaterThan(0);
      expect((await whoIs(owner)).status).toBe(401);
      const out = await stage.send('DELETE', '/v1/session', { cookie: laptop });
      expect(out.headers.getSetCookie()[0]).toContain('perennial=; ');
      expect((await whoIs(laptop)).status).toBe(401);
    });

    it('get another token at every sign-in, and the old one is dead', async () => {
      const body = { email: OWNER, password: PASSWORD };
      const next = cookieOf(await stage.send('POST', '/v1/public/sign-in', { cookie: owner, body }));
      expect(next).not.toBe(owner);
      expect((await whoIs(owner)).status).toBe(401);
      expect((await whoIs(next)).status).toBe(200);
    });

    it('cannot be ended by somebody else', async () => {
      const other = await stage.join('other@example.com', 'viewer');
      const { id } = (await whoIs(owner)).body;
      expect((await stage.send('DELETE', `/v1/sessions/${id}`, { cookie: other })).status).toBe(404);
      expect((await whoIs(owner)).status).toBe(200);
    });
  });
});
