import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { AddressInfo } from 'node:net';
import { newId } from '../../src/kernel/ids.js';
import { ApprovalMailsJob } from '../../src/planning/jobs/approvals/approval-mails.job.js';
import { until } from '../support/app.js';
import type { RoomServer } from '../support/library.js';
import { PASSWORD } from '../support/members.js';
import { addAccount, startPlanning, uploadClip } from '../support/planning.js';
import { type SmtpSink, startSmtpSink } from '../support/smtp-sink.js';

const PEOPLE = ['owner', 'editor', 'approver', 'viewer'] as const;
type Who = (typeof PEOPLE)[number];
const addressOf = (who: Who) => `${who}@example.com`;

describe('mails about approvals', () => {
  let rooms: RoomServer;
  let sink: SmtpSink;
  let media: string;
  let accounts: string[];
  const cookies = new Map<Who, string>();

  const call = async (who: Who | undefined, method: string, path: string, body?: object) => {
    const { port } = rooms.app.getHttpServer().address() as AddressInfo;
    const cookie = who && cookies.get(who);
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      headers: {
        'content-type': 'application/json',
        'sec-fetch-site': 'same-origin',
        ...(cookie ? { cookie } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : undefined };
  };
  const signIn = async (who: Who) => {
    const { headers } = await call(undefined, 'POST', '/v1/public/sign-in', {
      email: addressOf(who),
      password: PASSWORD,
    });
    cookies.set(who, headers.getSetCookie()[0]?.split(';')[0] ?? '');
  };
  /** Everybody has the owner's password. */
  const join = async (who: Who) => {
    const { database } = rooms.db;
    const [personId, memberId] = [newId(), newId()];
    await database.affected(
      `insert into person (id, email, name, password_hash) select $1, $2, $3, password_hash from person limit 1`,
      [personId, addressOf(who), who.toUpperCase()],
    );
    await database.affected(`insert into member (id, workspace_id, person_id, role) values ($1, $2, $3, $4)`, [
      ...[memberId, rooms.workspaceId, personId, who],
    ]);
  };

  beforeAll(async () => {
    sink = await startSmtpSink();
    rooms = await startPlanning([], undefined, { SMTP_URL: sink.url, PASSWORD_MEMORY_KIB: '64', PASSWORD_PASSES: '2' });
    media = await uploadClip(rooms);
    accounts = [await addAccount(rooms, 'tiktok'), await addAccount(rooms, 'reels')];
    const owner = { email: addressOf('owner'), name: 'OWNER', password: PASSWORD };
    await rooms.send('POST', '/v1/members', { body: owner });
    for (const who of PEOPLE) if (who !== 'owner') await join(who);
    for (const who of PEOPLE) await signIn(who);
    await rooms.send('PUT', '/v1/approval-rules/workspace', { body: { needsApproval: true, onDeadline: 'miss' } });
  });
  afterAll(async () => {
    await rooms.close();
    await sink.stop();
  });
  beforeEach(async () => {
    await deliver();
    await rooms.db.database.affected('delete from approval_mail');
    sink.mails.length = 0;
  });

  const create = async (caption: string, who: Who = 'editor') => {
    const body = {
      ...{ caption, mediaIds: [media], scheduledAt: '2999-07-01T10:00', timezone: 'Europe/Paris' },
      targets: accounts.map((accountId) => ({ accountId })),
    };
    const { status, body: post } = await call(who, 'POST', '/v1/posts', body);
    expect(status).toBe(201);
    return post as { id: string };
  };
  /** Every event is read: one of a transaction that began before another is behind it. */
  const gather = async () => {
    const unseen = `select 1 from event where xid >= pg_snapshot_xmin(pg_current_snapshot())`;
    await until(async () => (await rooms.db.database.rows(unseen)).length === 0, 'older transactions to end');
    await rooms.app.get(ApprovalMailsJob, { strict: false }).runOnce();
  };
  /** What gathers is due. */
  const deliver = async () => {
    const job = rooms.app.get(ApprovalMailsJob, { strict: false });
    await gather();
    await rooms.db.database.affected(`update approval_mail set next_at = now() where state in ('gathering', 'again')`);
    await job.runOnce();
  };
  const received = () =>
    sink.mails
      .map(({ to, raw }) => ({ to, subject: /^Subject: (.*)$/m.exec(raw)?.[1] }))
      .sort((one, other) => one.to.localeCompare(other.to));
  const rawTo = (who: Who) => sink.mails.find(({ to }) => to === addressOf(who))?.raw ?? '';

  it('tell those who may approve, once for all accounts, and nobody else', async () => {
    await create('Tea in a minute');
    await deliver();
    await deliver();
    const subject = 'One post waits for your approval';
    expect(received()).toEqual([
      { to: 'approver@example.com', subject },
      { to: 'owner@example.com', subject },
    ]);
    expect(rawTo('owner')).toMatch(
      /\* Tea in a minute\r\n {2}2999-07-01 10:00 \(Europe\/Paris\), 2 accounts\r\n {2}Sent by EDITOR\./,
    );
  });

  it('tell nobody of what they did themselves', async () => {
    await create('The owner’s own', 'owner');
    await deliver();
    expect(received().map(({ to }) => to)).toEqual(['approver@example.com']);
  });

  it('tell the author what became of it, with the reason', async () => {
    const { id } = await create('Loud tea');
    await deliver();
    sink.mails.length = 0;
    await call('approver', 'POST', `/v1/posts/${id}/reject`, { comment: 'Too loud' });
    await deliver();
    expect(received()).toEqual([{ to: 'editor@example.com', subject: 'Rejected: Loud tea' }]);
    expect(rawTo('editor')).toContain('Rejected by APPROVER');
    expect(rawTo('editor')).toContain('"Too loud"');
  });

  it('gather what happens together into one', async () => {
    for (const caption of ['One', 'Two', 'Three']) await create(caption);
    await deliver();
    expect(received().map(({ subject }) => subject)).toEqual(Array(2).fill('3 posts wait for your approval'));
  });

  it('are tried again when they were refused for now, and never when they may have arrived', async () => {
    sink.faults.set(addressOf('owner'), { at: 'rcpt', code: 450 });
    sink.faults.set(addressOf('approver'), { at: 'after-data', how: 'drop' });
    await create('Doubt');
    await deliver();
    sink.faults.clear();
    await deliver();
    expect(received().map(({ to }) => to)).toEqual(['approver@example.com', 'owner@example.com']);
    const states = await rooms.db.database.rows(`select state, tries from approval_mail order by tries`);
    expect(states).toEqual([
      { state: 'unknown', tries: 1 },
      { state: 'sent', tries: 2 },
    ]);
  });

  it('that nobody ended are not sent a second time', async () => {
    await create('Crash');
    await gather();
    await rooms.db.database.affected(`update approval_mail set state = 'sending', next_at = now()`);
    await deliver();
    expect(received()).toEqual([]);
    expect(await rooms.db.database.rows(`select distinct state from approval_mail`)).toEqual([{ state: 'unknown' }]);
  });

  it('reach nobody who left meanwhile', async () => {
    await create('Late');
    await gather();
    await rooms.db.database.affected(`delete from member where role = 'approver'`);
    await deliver();
    expect(received().map(({ to }) => to)).toEqual(['owner@example.com']);
  });
});
