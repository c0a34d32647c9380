import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SendBroadcasts } from '../../src/audience/application/sending/send-broadcasts.js';
import { StartDueNotices } from '../../src/audience/application/notices/start-due-notices.js';
import { NoticesJob } from '../../src/audience/jobs/notices/notices.job.js';
import { EventOutbox } from '../../src/infra/outbox/event-outbox.js';
import type { EventTypeOf } from '../../src/kernel/event-catalogue.js';
import { newId } from '../../src/kernel/ids.js';
import { type AudienceApp, seedIncident, seedPeople, startAudience } from '../support/audience.js';
import { until } from '../support/app.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';
import { seedAccount, seedTarget, type SeededWorkspace, seedWorkspace } from '../support/rows.js';
import { type SmtpSink, startSmtpSink } from '../support/smtp-sink.js';

describe('notices of an outage', () => {
  let db: TestDatabase;
  let sink: SmtpSink;
  let app: AudienceApp;

  beforeAll(async () => {
    db = await createTestDatabase();
    sink = await startSmtpSink();
    app = await startAudience(db, { smtpUrl: sink.url, timeScale: 60 });
    const { workspaceId } = app;
    await seedAccount(db.database, { workspaceId, accountId: newId(), platform: 'tiktok', region: 'us' });
    await seedPeople(app, 3);
  });
  afterAll(async () => {
    await app.stop();
    await sink.stop();
    await db.drop();
  });
  beforeEach(async () => {
    await db.database.affected('delete from broadcast_recipient');
    await db.database.affected('truncate route, route_fallback, event');
    await db.database.affected('delete from broadcast');
    await db.database.affected('delete from incident');
    sink.mails.length = 0;
  });

  const tell = async (type: EventTypeOf<'platform'>, incidentId: string, region = 'us') => {
    const payload = { platform: 'tiktok', region, incidentId, reason: 'uploads fail', state: 'down' };
    await db.database.run((tx) =>
      app.partial.app.get(EventOutbox).append([{ workspaceId: null, type, subjectId: incidentId, payload }], tx),
    );
    await until(eventsAreReadable, 'the events to be readable');
    await app.partial.app.get(NoticesJob).follow();
  };
  /** The outbox hands nothing out while an older transaction runs, and those of other databases count too. */
  const eventsAreReadable = async () =>
    (await db.database.rows(`select 1 from event where xid >= pg_snapshot_xmin(pg_current_snapshot())`)).length === 0;
  const list = async () => (await app.api('GET', '/v1/broadcasts')).body.items;
  const letGoAfter = (seconds: number) =>
    db.database.affected(
      `insert into route (id, workspace_id, scope, on_degraded, on_down, on_unknown, on_account_trouble, hold_for_seconds,
         stale_after_seconds, broadcast_after_seconds, failback)
       values ($1, $2, 'workspace', 'publish', 'reroute', 'wait', 'hold', 0, 3600, $3, 'none')`,
      [newId(), app.workspaceId, seconds],
    );
  const startDue = () => app.partial.app.get(StartDueNotices).runOnce();
  const sendAll = () => app.partial.app.get(SendBroadcasts).runOnce();

  it('are drafted once per workspace and incident, whatever is told twice', async () => {
    await seedWorkspace(db.database);
    const incidentId = await seedIncident(db);
    await tell('platform.down', incidentId);
    await tell('platform.down', incidentId);
    await tell('platform.down', incidentId, 'eu');
    expect(await list()).toMatchObject([{ kind: 'blackout', status: 'draft', incidentId }]);
    // The other workspace has an account there but nobody to tell.
    expect(await db.database.rows('select 1 from broadcast')).toHaveLength(1);
  });

  it('wait for approval unless the route lets them go', async () => {
    await tell('platform.down', await seedIncident(db, 86_400));
    expect((await startDue()).started).toBe(0);
    const [draft] = await list();
    expect((await app.api('POST', `/v1/broadcasts/${draft.id}/send`)).status).toBe(202);
    expect(await sendAll()).toBe(3);
    expect(sink.mails[0]?.raw).not.toMatch(/^Auto-Submitted/m);
  });

  it('go by themselves once the scaled time has passed, if the outage lasts', async () => {
    await letGoAfter(1_800);
    const early = await seedIncident(db, 20);
    await tell('platform.down', early);
    expect((await startDue()).started).toBe(0);
    await db.database.affected(`update incident set opened_at = opened_at - interval '11 seconds'`);
    expect((await startDue()).started).toBe(1);
    expect((await startDue()).started).toBe(0);
    await sendAll();
    expect(sink.mails).toHaveLength(3);
    expect(sink.mails[0]?.raw).toMatch(/^Auto-Submitted: auto-generated\r$/m);
    expect(await list()).toMatchObject([{ status: 'sent', approvedBy: 'system:route' }]);
  });

  it('wait anew when the trouble went away and came back', async () => {
    await letGoAfter(1_800);
    await tell('platform.down', await seedIncident(db, 3_600));
    await db.database.affected(`update incident set reopened_at = clock_timestamp()`);
    expect((await startDue()).started).toBe(0);
    await db.database.affected(`update incident set reopened_at = reopened_at - interval '31 seconds'`);
    expect((await startDue()).started).toBe(1);
  });

  it('stay drafts when the outage ended first', async () => {
    await letGoAfter(60);
    const incidentId = await seedIncident(db, 3_600);
    await tell('platform.down', incidentId);
    await db.database.affected('update incident set closed_at = now()');
    expect((await startDue()).started).toBe(0);
  });

  it('carry the links of what was published elsewhere meanwhile', async () => {
    const incidentId = await seedIncident(db, 60);
    await tell('platform.down', incidentId);
    await reroute();
    const [draft] = await list();
    await app.api('POST', `/v1/broadcasts/${draft.id}/send`);
    await sendAll();
    expect(sink.mails[0]?.raw).toContain('https://shorts.example/v1');
    expect(sink.mails[0]?.raw).toMatch(/^Subject: TikTok is down; today's video is here\r$/m);
  });

  it('end with an all-clear draft for those who were told', async () => {
    const incidentId = await seedIncident(db);
    await tell('platform.down', incidentId);
    await tell('platform.recovered', incidentId);
    expect(await list()).toHaveLength(1);
    const [draft] = await list();
    await app.api('POST', `/v1/broadcasts/${draft.id}/send`);
    sink.faults.set('p1@example.net', { at: 'rcpt', code: 550 });
    await sendAll();
    sink.faults.clear();
    sink.mails.length = 0;
    await tell('platform.recovered', incidentId);
    const [allClear] = await list();
    expect(allClear).toMatchObject({ kind: 'all_clear', status: 'draft', incidentId });
    await app.api('POST', `/v1/broadcasts/${allClear.id}/send`);
    await sendAll();
    expect(sink.mails.map(({ to }) => to).sort()).toEqual(['p0@example.net', 'p2@example.net']);
  });

  /** An origin on TikTok whose replacement is live on Shorts. */
  const reroute = async () => {
    const { workspaceId } = app;
    const [accountId, shortsId, postId, mediaId] = [newId(), newId(), newId(), newId()];
    await seedAccount(db.database, { workspaceId, accountId, platform: 'tiktok', region: 'us' });
    await seedAccount(db.database, { workspaceId, accountId: shortsId, platform: 'shorts', region: 'us' });
    await db.database.affected(`insert into post (id, workspace_id, kind, caption) values ($1, $2, 'one_shot', 'Hi')`, [
      postId,
      workspaceId,
    ]);
    await db.database.affected(
      `insert into media (id, workspace_id, state, file_name, storage_key, sha256, bytes, mime_type, duration_ms)
       values ($1, $2, 'ready', 'a.mp4', $3, decode(md5($3), 'hex'), 10, 'video/mp4', 5000)`,
      [mediaId, workspaceId, mediaId],
    );
    const seeded: SeededWorkspace = { workspaceId, accountId, postId, mediaId };
    const rootId = await seedTarget(db.database, seeded, -30_000);
    const copyId = await seedTarget(db.database, { ...seeded, accountId: shortsId }, -30_000);
    await db.database.affected(
      `update target set role = 'reroute', root_id = $2, platform = 'shorts', status = 'published',
              platform_post_id = 'v1', permalink = 'https://shorts.example/v1', published_at = now() where id = $1`,
      [copyId, rootId],
    );
  };
});
