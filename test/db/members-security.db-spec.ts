import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { CallerWatch } from '../../src/workspaces/http/events/caller-watch.js';
import { StreamEvents } from '../../src/workspaces/http/events/stream-events.js';
import { cookieOf, type MembersStage, PASSWORD, startMembers } from '../support/members.js';

const OWNER = 'owner@example.com';

describe('a session', () => {
  let stage: MembersStage;
  let cookie: string;

  beforeAll(async () => {
    stage = await startMembers();
    await stage.send('POST', '/v1/members', { key: stage.operator, body: { email: OWNER, password: PASSWORD } });
  });
  afterAll(() => stage.stop());
  beforeEach(async () => {
    await stage.db.database.affected(`delete from sign_in_throttle`);
    cookie = await stage.signIn(OWNER);
  });

  const whoIs = async (of: string) => (await stage.send('GET', '/v1/session', { cookie: of })).status;

  describe('that was stolen', () => {
    it('is dead everywhere once its owner signs out, changes the password, or ends the others', async () => {
      await stage.send('DELETE', '/v1/session', { cookie });
      expect(await whoIs(cookie)).toBe(401);
      const [mine, stolen] = [await stage.signIn(OWNER), await stage.signIn(OWNER)];
      await stage.send('DELETE', '/v1/sessions', { cookie: mine });
      expect(await whoIs(stolen)).toBe(401);
      const change = { currentPassword: PASSWORD, newPassword: PASSWORD };
      const renewed = cookieOf(await stage.send('POST', '/v1/password', { cookie: mine, body: change }));
      expect([await whoIs(mine), await whoIs(renewed)]).toEqual([401, 200]);
    });

    it('is dead once its token was rotated: by a new sign-in in that browser, by going to another workspace', async () => {
      const again = await stage.partial.send({
        ...{ method: 'POST', path: '/v1/public/sign-in', body: { email: OWNER, password: PASSWORD } },
        headers: { cookie, 'sec-fetch-site': 'same-origin' },
      });
      expect([await whoIs(cookie), await whoIs(cookieOf(again))]).toEqual([401, 200]);
      const enter = { cookie: cookieOf(again), body: { workspaceId: stage.workspaceId } };
      const entered = cookieOf(await stage.send('POST', '/v1/session/workspace', enter));
      expect([await whoIs(cookieOf(again)), await whoIs(entered)]).toEqual([401, 200]);
    });

    it('neither takes the account over nor outlives a lost role', async () => {
      const refused = async (path: string, body: object) =>
        (await stage.send('POST', path, { cookie, body })).body.code as string;
      expect(await refused('/v1/password', { currentPassword: 'x', newPassword: PASSWORD })).toBe('sign_in.refused');
      expect(await refused('/v1/session/totp', { password: 'x' })).toBe('sign_in.refused');
      expect(await refused('/v1/session/totp/disable', { password: 'x', code: '1' })).toBe('totp.off');
      const editor = await stage.join(`editor-${Date.now()}@example.com`, 'editor');
      const { memberId } = (await stage.send('GET', '/v1/session', { cookie: editor })).body;
      await stage.send('DELETE', `/v1/members/${memberId}`, { cookie });
      expect(await whoIs(editor)).toBe(401);
    });
  });

  describe('on a foreign page', () => {
    it.each([
      ['POST', '/v1/session/totp', { password: PASSWORD }],
      ['POST', '/v1/session/totp/disable', { password: PASSWORD, code: '123456' }],
      ['POST', '/v1/session/workspace', {}],
      ['POST', '/v1/members/leave', {}],
      ['POST', '/v1/api-keys', { name: 'x', scopes: ['posts:read'] }],
      ['PATCH', '/v1/workspace', { name: 'x' }],
      ['DELETE', '/v1/session', undefined],
    ])('cannot %s %s', async (method, path, body) => {
      for (const site of ['cross-site', 'same-site', ''])
        expect(await stage.send(method, path, { cookie, body, site })).toMatchObject({
          ...{ status: 403, body: { code: 'session.foreign_request' } },
        });
      expect(await whoIs(cookie)).toBe(200);
    });

    it('cannot be begun for somebody else', async () => {
      const person = { email: OWNER, password: PASSWORD };
      const bodies = {
        setup: { token: 't', ...person },
        'sign-in/link': { token: 't' },
        'sign-in': person,
        'invites/accept': { token: 't', password: PASSWORD },
      };
      for (const [path, body] of Object.entries(bodies)) {
        const headers = { 'sec-fetch-site': 'cross-site' };
        const answer = await stage.partial.send({ method: 'POST', path: `/v1/public/${path}`, body, headers });
        expect({ path, code: answer.body.code }).toEqual({ path, code: 'session.foreign_request' });
      }
    });
  });

  /** Reads the stream of events to its end. @returns what it has told so far, and when it is over */
  const follow = async (as: string) => {
    const headers = { cookie: as, accept: 'text/event-stream' };
    const stream = await fetch(`${await stage.partial.app.getUrl()}/v1/events`, { headers });
    expect(stream.status).toBe(200);
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
    const told = { text: '' };
    const ended = (async () => {
      for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) told.text += part.value;
    })();
    return { told, ended };
  };

  it('follows events like a key, for longer than one look, until it ends', async () => {
    const { app } = stage.partial;
    app.get(StreamEvents).lookEveryMs = 10;
    const watch = app.get(CallerWatch);
    const look = watch.assertStands.bind(watch);
    let looks = 0;
    const threeLooks = new Promise<void>((resolve) => {
      watch.assertStands = async (request) => {
        await look(request);
        if ((looks += 1) === 3) resolve();
      };
    });
    const { told, ended } = await follow(cookie);
    await threeLooks;
    expect(told.text).not.toContain('ended');
    await stage.send('DELETE', '/v1/session', { cookie });
    await ended;
    expect(told.text).toContain('Your session has ended');
  });

  it('follows no more events once the workspace asks for a second factor that its person has not', async () => {
    stage.partial.app.get(StreamEvents).lookEveryMs = 10;
    const { told, ended } = await follow(cookie);
    const demand = (requiresTotp: boolean) =>
      stage.send('PATCH', '/v1/workspace', { key: stage.operator, body: { requiresTotp } });
    await demand(true);
    await ended;
    expect(told.text).toContain('asks its members for a second factor');
    await demand(false);
  });

  it('is in no answer for the browser, nor is any secret of a person', async () => {
    const token = cookie.slice('perennial='.length);
    const paths = ['/v1/session', '/v1/sessions', '/v1/members', '/v1/invites', '/v1/api-keys', '/v1/workspace'];
    const answers = await Promise.all(paths.map((path) => stage.send('GET', path, { cookie })));
    expect(answers.map(({ status }) => status)).toEqual(paths.map(() => 200));
    const told = JSON.stringify(answers.map(({ body }) => body as unknown));
    for (const secret of [token, stage.operator, '$argon2id', 'token_hash', 'passwordHash'])
      expect(told).not.toContain(secret);
  });
});
