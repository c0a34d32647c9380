import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { cookieOf, type MembersStage, ownerOf, PASSWORD, startOwned } from '../support/members.js';

describe('people who come in', () => {
  let stage: MembersStage;
  let owner: string;

  beforeAll(async () => void (stage = await startOwned()));
  afterAll(() => stage.stop());
  beforeEach(async () => void (owner = await ownerOf(stage)));

  const whoIs = (cookie: string) => stage.send('GET', '/v1/session', { cookie });
  const accept = (token: string, password = PASSWORD) =>
    stage.send('POST', '/v1/public/invites/accept', { body: { token, password, name: 'N' } });
  const invite = async (email: string, role: string) =>
    (await stage.send('POST', '/v1/invites', { cookie: owner, body: { email, role } })).body;

  describe('by invitation', () => {
    it('come in once, however many use the link at the same time', async () => {
      await invite('race@example.com', 'editor');
      const token = await stage.secretFor('race@example.com');
      const answers = await Promise.all(Array.from({ length: 5 }, () => accept(token)));
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      expect(answers.filter(({ status, body }) => status === 410 && body.code === 'link.dead')).toHaveLength(4);
      const rows = await stage.db.database.rows(`select 1 from person where email = 'race@example.com'`);
      expect(rows).toHaveLength(1);
    });

    it('find a link dead that was revoked, replaced, too old or made up, and nothing of the secret is stored', async () => {
      const { id } = await invite('late@example.com', 'viewer');
      const first = await stage.secretFor('late@example.com');
      await invite('late@example.com', 'viewer');
      const second = await stage.secretFor('late@example.com');
      expect((await accept(first)).status).toBe(410);
      await stage.db.database.affected(`update invite set expires_at = now() where email = 'late@example.com'`);
      expect((await accept(second)).status).toBe(410);
      const third = await invite('late@example.com', 'viewer');
      const token = await stage.secretFor('late@example.com');
      expect((await stage.send('DELETE', `/v1/invites/${third.id}`, { cookie: owner })).status).toBe(204);
      expect((await accept(token)).status).toBe(410);
      expect((await accept('x'.repeat(43))).status).toBe(410);
      expect((await stage.send('DELETE', `/v1/invites/${id}`, { cookie: owner })).status).toBe(204);
      const stored = JSON.stringify(await stage.db.database.rows(`select *, encode(token_hash, 'base64') from invite`));
      for (const secret of [first, second, token]) expect(stored).not.toContain(secret);
    });

    it('are asked for the password they have when they sign in here already', async () => {
      await stage.join('two@example.com', 'viewer');
      const opened = await stage.send('POST', '/v1/workspaces', {
        key: stage.operator,
        body: { name: 'Second', region: 'us', timeZone: 'UTC' },
      });
      const key = opened.body.apiKey;
      await stage.send('POST', '/v1/invites', { key, body: { email: 'two@example.com', role: 'owner' } });
      const token = await stage.secretFor('two@example.com');
      expect(await stage.send('POST', '/v1/public/invites/show', { body: { token } })).toMatchObject({
        body: { workspaceName: 'Second', role: 'owner', hasAccount: true },
      });
      expect(await accept(token, 'another fine password')).toMatchObject({ body: { code: 'sign_in.refused' } });
      const joined = await accept(token);
      expect(joined.body).toMatchObject({ workspaceId: opened.body.id, role: 'owner' });
      expect(joined.body.workspaces).toHaveLength(2);
      const body = { workspaceId: stage.workspaceId };
      const back = await stage.send('POST', '/v1/session/workspace', { cookie: cookieOf(joined), body });
      expect(back.body).toMatchObject({ workspaceId: stage.workspaceId, role: 'viewer' });
      expect((await whoIs(cookieOf(joined))).status).toBe(401);
    });

    it('take over an account that somebody made with their address', async () => {
      const opened = await stage.send('POST', '/v1/workspaces', {
        key: stage.operator,
        body: { name: 'Squatter', region: 'us', timeZone: 'UTC' },
      });
      const squat = { email: 'victim@example.com', password: 'the squatter knows this' };
      await stage.send('POST', '/v1/members', { key: opened.body.apiKey, body: squat });
      const squatter = await stage.signIn(squat.email, squat.password);
      await invite('victim@example.com', 'editor');
      const joined = await accept(await stage.secretFor('victim@example.com'));
      expect(joined.body).toMatchObject({ role: 'editor', workspaceId: stage.workspaceId });
      expect((await whoIs(squatter)).status).toBe(401);
      expect(await stage.signIn(squat.email, squat.password)).toBe('');
    });

    it('are not invited where mail is off, and get the mail again when the server refused it', async () => {
      stage.mails.isOn = false;
      expect(await invite('x@example.com', 'viewer')).toMatchObject({ code: 'mail.not_configured' });
      stage.mails.isOn = true;
      stage.mails.outcome = { kind: 'refused', lasting: 'temporary', reply: '450 later' };
      await invite('again@example.com', 'viewer');
      const first = await stage.secretFor('again@example.com');
      stage.mails.outcome = { kind: 'accepted' };
      await stage.db.database.affected(`update invite set mail_at = now() where email = 'again@example.com'`);
      const second = await stage.secretFor('again@example.com');
      expect(second).not.toBe(first);
      expect((await accept(first)).status).toBe(410);
      expect((await accept(second)).status).toBe(200);
    });
  });

  describe('with a role', () => {
    it('may do what the table says, from the next request on', async () => {
      const cookie = await stage.join('role@example.com', 'viewer');
      const may = async () =>
        (await stage.send('GET', '/v1/members', { cookie })).status === 200 ? 'everything' : 'less';
      expect((await stage.send('GET', '/v1/workspace', { cookie })).status).toBe(200);
      expect(await may()).toBe('less');
      expect((await stage.send('PATCH', '/v1/workspace', { cookie, body: { name: 'X' } })).body).toMatchObject({
        code: 'member.not_allowed',
        role: 'viewer',
      });
      const { memberId } = (await whoIs(cookie)).body;
      const change = (role: string) =>
        stage.send('PATCH', `/v1/members/${memberId}`, { cookie: owner, body: { role } });
      expect((await change('owner')).status).toBe(200);
      expect(await may()).toBe('everything');
      expect((await stage.send('POST', '/v1/workspaces', { cookie, body: {} })).body.code).toBe('member.not_allowed');
      await change('editor');
      expect(await may()).toBe('less');
      expect((await stage.send('DELETE', `/v1/members/${memberId}`, { cookie: owner })).status).toBe(204);
      expect((await whoIs(cookie)).status).toBe(401);
      expect(await stage.db.database.rows(`select 1 from person where email = 'role@example.com'`)).toEqual([]);
    });

    it('never leave a workspace without an owner, also when two go at once', async () => {
      const second = await stage.join('second-owner@example.com', 'owner');
      const ids = await Promise.all(
        [owner, second].map(async (cookie) => (await whoIs(cookie)).body.memberId as string),
      );
      const [one, other] = await Promise.all([
        stage.send('PATCH', `/v1/members/${ids[0]}`, { cookie: second, body: { role: 'viewer' } }),
        stage.send('PATCH', `/v1/members/${ids[1]}`, { cookie: owner, body: { role: 'viewer' } }),
      ]);
      const outcomes = [one, other].map(({ status, body }) => (status === 200 ? 'done' : body.code));
      expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(1);
      const owners = `select id from member where workspace_id = $1 and role = 'owner'`;
      const [left, ...more] = await stage.db.database.rows<{ id: string }>(owners, [stage.workspaceId]);
      expect(more).toEqual([]);
      const last = left?.id === ids[0] ? owner : second;
      const remove = await stage.send('DELETE', `/v1/members/${left?.id}`, { key: stage.operator });
      expect(remove).toMatchObject({ status: 409, body: { code: 'member.last_owner' } });
      expect((await stage.send('POST', '/v1/members/leave', { cookie: last })).body.code).toBe('member.last_owner');
      await stage.db.database.affected(`update member set role = 'owner' where id = any($1::uuid[])`, [ids]);
    });

    it('are made by key only as the first of a workspace', async () => {
      const body = { email: 'late-first@example.com', password: PASSWORD };
      const again = await stage.send('POST', '/v1/members', { key: stage.operator, body });
      expect(again).toMatchObject({ status: 409, body: { code: 'member.not_first' } });
    });
  });

  it('leave a trace of every deed, under their own name', async () => {
    const rows = await stage.db.database.rows<{ action: string; actor: string }>(
      `select distinct action, split_part(actor, ':', 1) as actor from audit_entry where workspace_id = $1`,
      [stage.workspaceId],
    );
    const actions = new Set(rows.map(({ action }) => action));
    for (const action of [
      'member.created',
      'invite.created',
      'invite.accepted',
      'session.begun',
      'member.role_changed',
    ])
      expect(actions).toContain(action);
    expect(rows).toContainEqual({ action: 'member.role_changed', actor: 'member' });
  });
});
