import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { type ApiClient, startAppProcess, type TestApp, until } from '../support/app.js';
import { confirmedPerson, consent } from '../support/audience.js';
import { type SmtpSink, startSmtpSink } from '../support/smtp-sink.js';

const OUTCOME = `
select b.status, count(*) filter (where r.state = 'unknown')::int as unknown,
       count(*) filter (where r.state = 'accepted')::int as accepted
  from broadcast b join broadcast_recipient r on r.broadcast_id = b.id where b.id = $1 group by b.status`;

describe('the backup list in the real program', () => {
  let sink: SmtpSink;
  let app: TestApp;
  let api: ApiClient;
  let db: pg.Client;

  beforeAll(async () => {
    sink = await startSmtpSink();
    app = await startAppProcess({ SMTP_URL: sink.url, MAIL_FROM: 'Studio <news@example.org>', ROLE: 'all' });
    api = app.api;
    db = new pg.Client({ connectionString: app.databaseUrl });
    await db.connect();
  });
  afterAll(async () => {
    await db.end();
    await app.stop();
    await sink.stop();
  });

  const visit = (url: string) =>
    fetch(url, { method: 'POST', body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }) });

  it('asks, is confirmed by the link in the mail, and lets go by the link in the next one', async () => {
    const { id: workspaceId } = await api.ok<{ id: string }>('GET', '/v1/workspace');
    const form = { email: 'Ana@example.net', consent };
    await api.with(undefined).ok('POST', `/v1/public/workspaces/${workspaceId}/subscribe`, form);
    const asked = await until(() => sink.mails.find(({ to }) => to === 'ana@example.net'), 'the confirm mail');
    const confirm = /http:\/\/\S+\/confirm\/[\w-]+/.exec(asked.raw)?.[0] ?? '';
    expect((await fetch(confirm)).headers.get('content-type')).toContain('text/html');
    expect((await visit(confirm)).status).toBe(200);
    const draft = { kind: 'news', subject: 'Hello', bodyText: 'Hello. {{ unsubscribeUrl }}' };
    const { id } = await api.ok<{ id: string }>('POST', '/v1/broadcasts', draft);
    await api.ok('POST', `/v1/broadcasts/${id}/send`);
    const news = await until(() => sink.mails.find(({ raw }) => raw.includes('Subject: Hello')), 'the broadcast');
    const leave = /http:\/\/\S+\/unsubscribe\/[\w-]+/.exec(news.raw.split('\r\n\r\n')[1] ?? '')?.[0] ?? '';
    expect((await visit(leave)).status).toBe(200);
    const { items } = await api.ok<{ items: { status: string }[] }>('GET', '/v1/subscribers');
    expect(items).toMatchObject([{ status: 'unsubscribed' }]);
  });

  it('mails nobody twice when it is killed in the middle of a broadcast', async () => {
    const subscribers = Array.from({ length: 40 }, (_, index) => confirmedPerson(`p${index}@example.net`));
    await api.ok('POST', '/v1/subscribers/bulk', { subscribers });
    const { id } = await api.ok<{ id: string }>('POST', '/v1/broadcasts', {
      kind: 'news',
      subject: 'Once',
      bodyText: '!',
    });
    sink.mails.length = 0;
    // The tenth mail has arrived whole and is not acknowledged yet when the sender dies.
    const killed = new Promise<void>((resolve, reject) => {
      sink.onMail = () => (sink.mails.length === 10 ? app.main.kill().then(resolve, reject) : undefined);
    });
    await api.ok('POST', `/v1/broadcasts/${id}/send`);
    await killed;
    await app.addProcess({ ROLE: 'worker' });
    const end = await until(async () => {
      const { rows } = await db.query<{ status: string; unknown: number; accepted: number }>(OUTCOME, [id]);
      return rows[0]?.status === 'sent' && rows[0];
    }, 'the end of the broadcast');
    const copies = sink.mails.map(({ to }) => to);
    expect(new Set(copies).size).toBe(copies.length);
    expect(end.accepted + end.unknown).toBe(40);
    expect(end.unknown).toBeGreaterThan(0);
    // One per connection of the sender that died.
    expect(end.unknown).toBeLessThanOrEqual(10);
  });
});
