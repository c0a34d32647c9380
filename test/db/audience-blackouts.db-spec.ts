import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { StartDueNotices } from '../../src/audience/application/notices/start-due-notices.js';
import { DraftNotices } from '../../src/audience/application/notices/draft-notices.js';
import { Notices } from '../../src/audience/domain/notices/notices.port.js';
import { SendBroadcasts } from '../../src/audience/application/sending/send-broadcasts.js';
import { PageShelf } from '../../src/audience/http/notices/page-shelf.js';
import type { EventTypeOf } from '../../src/kernel/event-catalogue.js';
import { newId } from '../../src/kernel/ids.js';
import { type AudienceApp, seedIncident, seedPeople, startAudience } from '../support/audience.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';
import { seedAccount, seedTarget, type SeededWorkspace, seedWorkspace } from '../support/rows.js';
import { type SmtpSink, startSmtpSink } from '../support/smtp-sink.js';

const POLICY = { sending: 'automatic', atOnceWithoutFallback: true, allClear: 'automatic', maxPerDay: 3 };

describe('notices by route and policy', () => {
  let db: TestDatabase;
  let sink: SmtpSink;
  let app: AudienceApp;
  let held: SeededWorkspace;

  beforeAll(async () => {
    db = await createTestDatabase();
    sink = await startSmtpSink();
    app = await startAudience(db, { smtpUrl: sink.url, timeScale: 60 });
    const { workspaceId } = app;
    const other = await seedWorkspace(db.database);
    const postId = newId();
    held = { ...other, workspaceId, accountId: newId(), postId, mediaId: newId() };
    await seedAccount(db.database, { workspaceId, accountId: held.accountId, platform: 'tiktok', region: 'us' });
    await seedAccount(db.database, { workspaceId, accountId: newId(), platform: 'tiktok', region: 'eu' });
    await db.database.affected(`insert into post (id, workspace_id, kind, caption) values ($1, $2, 'one_shot', 'Hi')`, [
      postId,
      workspaceId,
    ]);
    await db.database.affected(
      `insert into media (id, workspace_id, state, file_name, storage_key, sha256, bytes, mime_type, duration_ms)
       values ($1, $2, 'ready', 'a.mp4', $3, decode(md5($3), 'hex'), 10, 'video/mp4', 5000)`,
      [held.mediaId, workspaceId, held.mediaId],
    );
    await seedPeople(app, 2);
  });
  afterAll(async () => {
    await app.stop();
    await sink.stop();
    await db.drop();
  });
  beforeEach(async () => {
    await db.database.affected('truncate route, route_fallback, event, notice_policy');
    for (const table of ['broadcast_recipient', 'broadcast', 'target_event', 'target', 'occurrence', 'incident'])
      await db.database.affected(`delete from ${table}`);
    sink.mails.length = 0;
  });

  const tell = (type: EventTypeOf<'platform'>, incidentId: string, region = 'us') =>
    db.database.run((tx) =>
      app.partial.app.get(DraftNotices).handle([{ type, payload: { platform: 'tiktok', region, incidentId } }], tx),
    );
  const list = async () => (await app.api('GET', '/v1/broadcasts')).body.items;
  const startDue = () => app.partial.app.get(StartDueNotices).runOnce();
  const sendAll = () => app.partial.app.get(SendBroadcasts).runOnce();
  const policy = (change: object) => app.api('PUT', '/v1/notice-policy', { ...POLICY, ...change });
  const letGoAfter = (seconds: number, scope = 'workspace', scopeId = '') =>
    db.database.affected(
      `insert into route (id, workspace_id, scope, scope_id, on_degraded, on_down, on_unknown, on_account_trouble,
         hold_for_seconds, stale_after_seconds, broadcast_after_seconds, failback)
       values ($1, $2, $4, $5, 'publish', 'reroute', 'wait', 'hold', 0, 3600, $3, 'none')`,
      [newId(), app.workspaceId, seconds, scope, scopeId],
    );
  const close = (incidentId: string, agoSeconds: number) =>
    db.database.affected(
      `update incident set closed_at = clock_timestamp() - $2::float8 * interval '1 second',
              opened_at = opened_at - interval '1 hour' where id = $1`,
      [incidentId, agoSeconds],
    );
  const seedIncidentIn = async (region: string) => {
    const id = newId();
    await db.database.affected(
      `insert into incident (id, platform, region, opened_at, worst_state, reason)
       values ($1, 'tiktok', $2, clock_timestamp(), 'down', 'uploads fail')`,
      [id, region],
    );
    return id;
  };
  const waitingEvents = () =>
    db.database.rows(`select payload ->> 'reason' as reason from event where type = 'broadcast.waiting'`);

  it('go at once when a post has no way out, however long the route would wait', async () => {
    await letGoAfter(86_400);
    const incidentId = await seedIncident(db, 20);
    await tell('platform.down', incidentId);
    const targetId = await seedTarget(db.database, held, -5_000);
    expect((await startDue()).started).toBe(0);
    await db.database.affected(
      `update target set status = 'held', hold_reason = 'platform', hold_until = now() + interval '1 hour' where id = $1`,
      [targetId],
    );
    await db.database.affected(
      `insert into target_event (target_id, seq, workspace_id, to_status, cause, actor, reasons)
       values ($1, 2, $2, 'held', 'held', 'router', '[{"code": "platform_down"}, {"code": "no_fallback"}]')`,
      [targetId, app.workspaceId],
    );
    await policy({ atOnceWithoutFallback: false });
    expect((await startDue()).started).toBe(0);
    await policy({});
    expect((await startDue()).started).toBe(1);
  });

  it('go by the quickest route of the accounts that are down', async () => {
    await letGoAfter(86_400);
    await letGoAfter(60, 'account', held.accountId);
    await tell('platform.down', await seedIncident(db, 2));
    expect((await startDue()).started).toBe(1);
  });

  it('call a person, once, when policy or route want one', async () => {
    await tell('platform.down', await seedIncident(db, 86_400));
    expect(await startDue()).toMatchObject({ started: 0, waiting: [{ reason: 'no_route' }] });
    expect(await startDue()).toMatchObject({ waiting: [] });
    expect(await waitingEvents()).toEqual([{ reason: 'no_route' }]);
    await db.database.affected('delete from broadcast');
    await letGoAfter(60);
    await policy({ sending: 'approval' });
    await tell('platform.down', await seedIncidentIn('eu'));
    expect((await startDue()).waiting).toEqual([]);
    await db.database.affected(`update incident set opened_at = opened_at - interval '2 seconds'`);
    expect((await startDue()).waiting).toMatchObject([{ reason: 'approval' }]);
    expect((await list())[0]).toMatchObject({ status: 'draft' });
  });

  it('stop going by themselves when there were enough for a day', async () => {
    await letGoAfter(60);
    await policy({ maxPerDay: 1 });
    const first = await seedIncident(db, 10);
    await tell('platform.down', first);
    expect((await startDue()).started).toBe(1);
    await close(first, 3_600);
    await tell('platform.down', await seedIncident(db, 10));
    expect(await startDue()).toMatchObject({ started: 0, waiting: [{ reason: 'daily_cap' }] });
  });

  it('are one for all regions of a platform within six hours, and so is the all-clear', async () => {
    await letGoAfter(60);
    const [us, eu] = [await seedIncident(db, 10), await seedIncidentIn('eu')];
    await tell('platform.down', us);
    await tell('platform.down', eu, 'eu');
    expect(await list()).toHaveLength(1);
    await startDue();
    await sendAll();
    await close(us, 3_600);
    await tell('platform.recovered', us);
    expect(await list()).toHaveLength(1);
    await close(eu, 3_600);
    await tell('platform.recovered', eu, 'eu');
    expect(await list()).toMatchObject([{ kind: 'all_clear', incidentId: us }, { kind: 'blackout' }]);
    // Six hours are six minutes at this scale.
    await close(us, 361);
    await close(eu, 361);
    await tell('platform.down', await seedIncident(db));
    expect(await list()).toHaveLength(3);
  });

  it('end by themselves with an all-clear, for who was told and stayed, once the platform has been well for a while', async () => {
    await letGoAfter(60);
    const incidentId = await seedIncident(db, 10);
    await tell('platform.down', incidentId);
    await startDue();
    await sendAll();
    await db.database.affected(`update subscriber set status = 'unsubscribed' where email = 'p1@example.net'`);
    await close(incidentId, 1);
    await tell('platform.recovered', incidentId);
    expect((await startDue()).started).toBe(0);
    // Ten minutes are ten seconds at this scale.
    await close(incidentId, 11);
    expect((await startDue()).started).toBe(1);
    await sendAll();
    const clear = sink.mails.filter(({ raw }) => raw.includes('Subject: TikTok is back'));
    expect(clear.map(({ to }) => to)).toEqual(['p0@example.net']);
    await db.database.affected(`update subscriber set status = 'confirmed'`);
  });

  it('do not start when their outage ended, or a person took them over, while others were started', async () => {
    await letGoAfter(60);
    const incidentId = await seedIncident(db, 10);
    await tell('platform.down', incidentId);
    const [draft] = await list();
    const notices = app.partial.app.get(Notices);
    const look = notices.dueBlackouts.bind(notices);
    const meanwhile = async (change: () => Promise<unknown>) => {
      notices.dueBlackouts = async (scale) => {
        const due = await look(scale);
        await change();
        return due;
      };
      return startDue().finally(() => (notices.dueBlackouts = look));
    };
    const scheduledAt = new Date(Date.now() + 3_600_000).toISOString();
    const takeOver = () => app.api('POST', `/v1/broadcasts/${draft.id}/schedule`, { scheduledAt });
    expect(await meanwhile(takeOver)).toMatchObject({ started: 0, waiting: [] });
    expect(await list()).toMatchObject([{ status: 'scheduled' }]);
    await app.api('POST', `/v1/broadcasts/${draft.id}/unschedule`);
    expect(await meanwhile(() => close(incidentId, 0))).toMatchObject({ started: 0, waiting: [] });
    expect(await list()).toMatchObject([{ status: 'draft' }]);
  });

  it('reach nobody after their outage ended', async () => {
    await letGoAfter(60);
    const incidentId = await seedIncident(db, 10);
    await tell('platform.down', incidentId);
    await startDue();
    await db.database.affected('update incident set closed_at = clock_timestamp() where id = $1', [incidentId]);
    expect((await startDue()).withdrawn).toBe(2);
    await sendAll();
    expect(sink.mails).toEqual([]);
    await tell('platform.recovered', incidentId);
    expect(await list()).toMatchObject([{ kind: 'blackout', status: 'sent' }]);
  });

  it('wait for the morning of each reader', async () => {
    const hour = new Date().getUTCHours();
    const at = (shift: number) => `${String((hour + shift + 24) % 24).padStart(2, '0')}:00`;
    expect((await policy({ quietHours: { from: at(-1), until: at(3) } })).status).toBe(200);
    await db.database.affected(`update subscriber set zone = 'Asia/Tokyo' where email = 'p1@example.net'`);
    await letGoAfter(60);
    await tell('platform.down', await seedIncident(db, 10));
    await startDue();
    await sendAll();
    // Tokyo is nine hours ahead: five hours after the end of the same quiet hours.
    expect(sink.mails.map(({ to }) => to)).toEqual(['p1@example.net']);
  });

  it('have a policy that is refused with a word on what to do, and an address for everyone', async () => {
    const { body } = await app.api('GET', '/v1/notice-policy');
    expect(body).toMatchObject({ ...POLICY, pageUrl: expect.stringContaining('/now/') });
    expect((await policy({ quietHours: { from: '22:00', until: '22:00' } })).body).toMatchObject({
      code: 'notice_policy.bad_quiet_hours',
    });
    expect((await policy({ maxPerDay: 0 })).status).toBe(400);
  });

  it('are public afterwards, without a word of any reader; drafts and made-up addresses are not', async () => {
    const pathOf = (url: string) => new URL(url).pathname;
    const { pageUrl } = (await app.api('GET', '/v1/notice-policy')).body;
    const incidentId = await seedIncident(db, 10);
    await letGoAfter(60);
    await tell('platform.down', incidentId);
    const [draft] = await list();
    await app.api('PATCH', `/v1/broadcasts/${draft.id}`, {
      bodyText: 'Hi {{ subscriber.email }}.\nAll is at {{ pageUrl }}\nLeave: {{ unsubscribeUrl }}',
    });
    const shelf = app.partial.app.get(PageShelf);
    let minutes = 0;
    shelf.nowMs = () => (minutes += 1) * 60_000;
    expect((await app.visit('GET', pathOf(pageUrl))).text).not.toContain('What we wrote');
    await startDue();
    await sendAll();
    const page = await app.visit('GET', pathOf(pageUrl));
    expect(page.text).toContain('TikTok has trouble');
    const notice = await app.visit('GET', pathOf(/href="([^"]+)">TikTok is down/.exec(page.text)?.[1] ?? ''));
    expect(notice.text).toContain('Hi .');
    expect(notice.text).toContain(`<a href="${pageUrl}"`);
    expect(notice.text).not.toMatch(/example\.net|unsubscribe|reader\.invalid|Leave:/);
    expect((await app.visit('GET', pathOf(pageUrl).replace(/.{4}$/, 'AAAA'))).status).toBe(404);
  });
});
