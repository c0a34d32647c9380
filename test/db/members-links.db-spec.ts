import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { OfferSetup } from '../../src/workspaces/index.js';
import { MakeSignInLink } from '../../src/workspaces/application/members/make-sign-in-link.js';
import { AuditLogRepository } from '../../src/workspaces/infrastructure/audit-log.repository.js';
import { AccessLinksRepository } from '../../src/workspaces/infrastructure/members/access-links.repository.js';
import { LockedSetupSeat } from '../../src/workspaces/infrastructure/members/locked-setup-seat.js';
import { PeopleRepository } from '../../src/workspaces/infrastructure/members/people.repository.js';
import { cookieOf, type MembersStage, OWNER, PASSWORD, startMembers } from '../support/members.js';

/** Nobody here has one. */
const NO_FACTORS = { remove: () => Promise.resolve(false) };

describe('a server that nobody is a member of', () => {
  let stage: MembersStage;
  beforeEach(async () => void (stage = await startMembers()));
  afterEach(() => stage.stop());

  const offer = async () => (await stage.partial.app.get(OfferSetup).execute(stage.workspaceId)) ?? '';
  const setUp = (token: string, rest: object = {}) =>
    stage.send('POST', '/v1/public/setup', { body: { token, email: OWNER, password: PASSWORD, ...rest } });
  const isNeeded = async () => (await stage.send('GET', '/v1/public/setup')).body.needed as boolean;

  it('lets the first owner in by the printed link, names the workspace, and needs no set-up then', async () => {
    expect(await isNeeded()).toBe(true);
    const token = await offer();
    const answer = await setUp(token, { name: 'Olga', workspaceName: 'Bakery', timeZone: 'Europe/Paris' });
    expect(answer).toMatchObject({ status: 200, body: { email: OWNER, role: 'owner', name: 'Olga' } });
    const workspace = await stage.send('GET', '/v1/workspace', { cookie: cookieOf(answer) });
    expect(workspace.body).toMatchObject({ name: 'Bakery', timeZone: 'Europe/Paris' });
    expect(await isNeeded()).toBe(false);
    expect(await offer()).toBe('');
    expect(await setUp(token)).toMatchObject({ status: 410, body: { code: 'setup.link_used' } });
    const stored = JSON.stringify(await stage.db.database.rows(`select * from access_link, audit_entry`));
    expect(stored).not.toContain(token);
  });

  it('takes one of two who come at once with the same link', async () => {
    const token = await offer();
    const answers = await Promise.all([setUp(token), setUp(token, { email: 'other@example.com' })]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 410]);
    expect(await stage.db.database.rows(`select 1 from member`)).toHaveLength(1);
  });

  it('says what became of a link: replaced by a later start, too old, never ours, overtaken by a key', async () => {
    const [older, newer] = [await offer(), await offer()];
    expect((await setUp(older)).body.code).toBe('setup.link_replaced');
    expect((await setUp(newer.replace(/^./, (c) => (c === 'A' ? 'B' : 'A')))).body.code).toBe('link.dead');
    await stage.db.database.affected(`update access_link set expires_at = now()`);
    expect((await setUp(newer)).body.code).toBe('setup.link_expired');
    const newest = await offer();
    await stage.send('POST', '/v1/members', { key: stage.operator, body: { email: OWNER, password: PASSWORD } });
    expect(await setUp(newest)).toMatchObject({ status: 409, body: { code: 'setup.done' } });
  });

  it('keeps the link when what was typed is refused', async () => {
    const token = await offer();
    expect(await setUp(token, { password: 'short' })).toMatchObject({ body: { code: 'password.too_short' } });
    expect(await setUp(token, { email: 'nobody' })).toMatchObject({ body: { code: 'email.invalid' } });
    expect((await setUp(token)).status).toBe(200);
  });

  it('has one link however many processes start, and another when the one that printed it has ended', async () => {
    const other = new LockedSetupSeat(stage.db.dataSource);
    expect(await other.take()).toBe(true);
    expect(await offer()).toBe('');
    await other.onModuleDestroy();
    expect(await offer()).not.toBe('');
  });
});

describe('a link that who runs the server makes for a member', () => {
  let stage: MembersStage;
  beforeAll(async () => {
    stage = await startMembers();
    await stage.send('POST', '/v1/members', { key: stage.operator, body: { email: OWNER, password: PASSWORD } });
  });
  afterAll(() => stage.stop());

  const make = (email = OWNER) => {
    const { database } = stage.db;
    const desk = [new PeopleRepository(database), new AccessLinksRepository(database)] as const;
    return new MakeSignInLink(database, ...desk, new AuditLogRepository(database), NO_FACTORS).execute(email);
  };
  const enter = (token: string) => stage.send('POST', '/v1/public/sign-in/link', { body: { token } });
  const DEAD = { status: 410, body: { code: 'link.dead' } };

  it('lets them in once, within ten minutes, and is in the journal', async () => {
    const { token, expiresAt } = await make();
    expect(Math.round((expiresAt.getTime() - Date.now()) / 60_000)).toBe(10);
    const answer = await enter(token);
    expect(answer).toMatchObject({ status: 200, body: { email: OWNER, role: 'owner' } });
    expect((await stage.send('GET', '/v1/session', { cookie: cookieOf(answer) })).status).toBe(200);
    expect(await enter(token)).toMatchObject(DEAD);
    const late = await make();
    await stage.db.database.affected(`update access_link set expires_at = now()`);
    expect(await enter(late.token)).toMatchObject(DEAD);
    const noted = `select detail from audit_entry where actor = 'system' and action = 'sign_in_link.created'`;
    expect(await stage.db.database.rows(noted)).toHaveLength(2);
  });

  it('is made for members alone, and dies with the membership', async () => {
    await expect(make('nobody@example.com')).rejects.toMatchObject({ code: 'member.not_found' });
    const editor = await stage.join('editor@example.com', 'editor');
    const { token } = await make('editor@example.com');
    expect((await stage.send('POST', '/v1/members/leave', { cookie: editor })).status).toBe(204);
    expect(await enter(token)).toMatchObject(DEAD);
  });

  it('signs nobody in from a foreign page', async () => {
    const { token } = await make();
    const foreign = await stage.partial.send({
      ...{ method: 'POST', path: '/v1/public/sign-in/link', body: { token } },
      headers: { 'sec-fetch-site': 'cross-site' },
    });
    expect(foreign).toMatchObject({ status: 403, body: { code: 'session.foreign_request' } });
    expect((await enter(token)).status).toBe(200);
  });
});
