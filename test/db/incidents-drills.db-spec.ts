import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Module } from '@nestjs/common';
import { AccountsModule } from '../../src/accounts/index.js';
import { AudienceModule } from '../../src/audience/index.js';
import { RunDrills } from '../../src/incidents/application/drills/run-drills.js';
import { drillControllers, drillProviders } from '../../src/incidents/drills.config.js';
import { LibraryModule } from '../../src/library/index.js';
import { PLATFORMS_DEFAULTS, type PlatformsConfig } from '../../src/platforms/index.js';
import { PublishingModule } from '../../src/publishing/index.js';
import { RoutingModule } from '../../src/routing/index.js';
import { WorkspacesModule } from '../../src/workspaces/index.js';
import type { RoomServer } from '../support/library.js';
import { addAccount, startPlanning, uploadClip } from '../support/planning.js';

@Module({
  imports: [WorkspacesModule, LibraryModule, AccountsModule, RoutingModule, PublishingModule, AudienceModule],
  controllers: drillControllers,
  providers: drillProviders,
})
class DrillsModule {}

/** More than one page of a rehearsal. */
const STRANDED = 1_100;
const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();

describe('a drill', () => {
  let rooms: RoomServer;
  let platform: Server;
  let calls = 0;
  let drills: RunDrills;
  let tiktok: string;
  let reels: string;

  beforeAll(async () => {
    platform = createServer((_, response) => {
      calls += 1;
      response.end('{}');
    }).listen(0, '127.0.0.1');
    await once(platform, 'listening');
    const { port } = platform.address() as AddressInfo;
    const local = JSON.stringify(PLATFORMS_DEFAULTS).replace(/https:\/\/[^"/]+/g, `http://127.0.0.1:${port}`);
    rooms = await startPlanning([DrillsModule], JSON.parse(local) as PlatformsConfig);
    drills = rooms.app.get(RunDrills, { strict: false });
    await fillQueue();
  });
  afterAll(async () => {
    await rooms.close();
    platform.close();
  });

  const query = <Row>(sql: string, values: unknown[] = []) => rooms.db.database.rows<Row>(sql, values);
  const post = (path: string, body: object = {}, key = rooms.key, headers: Record<string, string> = {}) =>
    rooms.send('POST', path, { body, key, headers });
  const read = async (id: string) => (await rooms.send('GET', `/v1/drills/${id}`)).body;
  const plan = async (body: object = {}) => {
    const { status, body: drill } = await post('/v1/drills', { kind: 'dry_run', platform: 'tiktok', ...body });
    expect(status).toBe(201);
    return drill;
  };
  const run = async (body: object = {}) => {
    const drill = await plan(body);
    while (await drills.runOnce('dry_run'));
    return read(drill.id);
  };
  const otherKey = async () => {
    const { body } = await post('/v1/workspaces', { name: 'Other', region: 'us', timeZone: 'UTC' });
    return /prn_live_\w+/.exec(JSON.stringify(body))?.[0] ?? '';
  };

  /** Three posts with a fallback, one that gets stale, one on another platform, and many without a fallback. */
  const fillQueue = async () => {
    const media = await uploadClip(rooms);
    tiktok = await addAccount(rooms, 'tiktok');
    const alone = await addAccount(rooms, 'tiktok');
    reels = await addAccount(rooms, 'reels');
    const route = { scope: 'account', scopeId: tiktok, fallbacks: [reels], broadcastAfterSeconds: 600 };
    expect((await post('/v1/routes', route)).status).toBe(201);
    const schedule = async (accountId: string, hours: number): Promise<string> => {
      const wish = { caption: `At ${hours}`, mediaIds: [media], scheduledAt: inHours(hours), targets: [{ accountId }] };
      return (await post('/v1/posts', wish)).body.targets[0].id;
    };
    for (const hours of [1, 3, 5]) await schedule(tiktok, hours);
    await schedule(reels, 2);
    const stale = await schedule(alone, 2);
    await query(`update target set stale_at = scheduled_at + interval '2 hours' where id = $1`, [stale]);
    const model = await schedule(alone, 4);
    await query(
      `with copies as (select gen_random_uuid() as id, gen_random_uuid() as run, n from generate_series(1, $2::int) n),
            runs as (insert into occurrence (id, workspace_id, post_id, number, planned_at, source)
                     select c.run, t.workspace_id, t.post_id, c.n + 1, t.scheduled_at, 'api' from copies c, target t where t.id = $1)
       insert into target (id, workspace_id, post_id, occurrence_id, account_id, platform, role, root_id, status, scheduled_at,
                           due_at, local_time, zone, stale_at, content, content_hash, media_id)
       select c.id, t.workspace_id, t.post_id, c.run, t.account_id, t.platform, t.role, c.id, 'scheduled',
              t.scheduled_at + c.n * interval '10 s', t.due_at + c.n * interval '10 s', t.local_time, t.zone, t.stale_at,
              t.content, t.content_hash, t.media_id
         from copies c, target t where t.id = $1`,
      [model, STRANDED - 1],
    );
  };

  /** Everything that publishing keeps, in one number each. */
  const engine = async () => {
    const tables = ['target', 'attempt', 'target_event', 'intent', 'occurrence', 'quota_window', 'post', 'account'];
    const counts = tables.map(
      (name) => `(select md5(string_agg(r::text, '|' order by r::text)) from ${name} r) as ${name}`,
    );
    const [state] = await query<Record<string, string>>(
      `select ${counts.join(', ')}, (select count(*)::int from pgboss.job) as jobs,
              (select count(*)::int from broadcast) as broadcasts`,
    );
    return state;
  };

  it('says of the whole queue what would go where and why, changes nothing of it and calls nobody', async () => {
    const before = await engine();
    calls = 0;
    const drill = await run();
    expect(await engine()).toEqual(before);
    expect(calls).toBe(0);
    expect(drill).toMatchObject({ status: 'finished', progress: { checked: STRANDED + 4, total: STRANDED + 4 } });
    const { report } = drill;
    expect(report.counts).toMatchObject({ moved: 3, missed: 1, late: STRANDED, exposed: 0, unaffected: 0 });
    expect(report).toMatchObject({ result: 'failed', isWhole: true, broadcast: { recipients: 0, asking: 0 } });
    expect(report.summary).toContain(`${STRANDED + 3} of ${STRANDED + 4} posts would reach`);
    expect(report.obstacles).toMatchObject([{ code: 'no_fallback', count: STRANDED + 1 }]);
    expect(report.fallbacks).toMatchObject([{ accountId: reels, platform: 'reels', moved: 3, extraThen: 1 }]);
    const { items } = (await rooms.send('GET', `/v1/drills/${drill.id}/targets?fate=moved&limit=2`)).body;
    expect(items).toHaveLength(2);
    expect(items[0]).toMatchObject({ accountId: tiktok, toAccountId: reels, at: items[0].scheduledAt });
    expect(items[0].reasons[0]).toMatchObject({ code: 'platform_down', text: 'The drill takes TikTok to be down.' });
    const missed = (await rooms.send('GET', `/v1/drills/${drill.id}/targets?fate=missed`)).body.items;
    expect(missed).toMatchObject([{ hasFallback: false, reasons: [{ code: 'stale' }, { code: 'no_fallback' }] }]);
    const events = await query<{ payload: object }>(`select payload from event where subject_id = $1`, [drill.id]);
    expect(events).toMatchObject([
      { payload: { drillId: drill.id, kind: 'dry_run', result: 'failed', score: report.score.points, change: null } },
    ]);
  });

  it('is compared with the drill before of the same kind and place', async () => {
    const before = await run({ durationSeconds: 7_200 });
    await query(`update account set token_expires_at = now() - interval '1 hour' where id = $1`, [reels]);
    const { report } = await run({ durationSeconds: 7_200 });
    await query(`update account set token_expires_at = null where id = $1`, [reels]);
    expect(report.tokens).toMatchObject([{ accountId: reels, risk: 'expired' }]);
    expect(report.comparison).toMatchObject({ drillId: before.id, points: before.report.score.points });
    expect(report.comparison.change).toBeLessThan(0);
    const elsewhere = await run({ region: 'eu' });
    expect(elsewhere.report).toMatchObject({ result: 'nothing_due' });
    expect(elsewhere.report).not.toHaveProperty('comparison');
  });

  it('begins anew after its process died, and stops where somebody cancels it', async () => {
    const killed = await plan();
    await query(`update drill set status = 'running', checked = 7 where id = $1`, [killed.id]);
    await query(
      `insert into drill_target (workspace_id, drill_id, target_id, account_id, scheduled_at, fate, at, asks_broadcast, reasons)
       values ($1, $2, $2, $2, now(), 'moved', now(), false, '[]')`,
      [rooms.workspaceId, killed.id],
    );
    const stopped = await plan();
    await query(`update drill set status = 'running' where id = $1`, [stopped.id]);
    expect((await post(`/v1/drills/${stopped.id}/cancel`)).body).toMatchObject({ status: 'running' });
    while (await drills.runOnce('dry_run'));
    expect(await read(killed.id)).toMatchObject({ status: 'finished', report: { counts: { moved: 3 } } });
    const rows = await query<{ count: number }>(
      `select count(*)::int as count from drill_target where drill_id = $1 and fate = 'moved'`,
      [killed.id],
    );
    expect(rows).toEqual([{ count: 3 }]);
    expect(await read(stopped.id)).toMatchObject({ status: 'cancelled' });
    expect((await post(`/v1/drills/${stopped.id}/cancel`)).body.code).toBe('drill.over');
  });

  it('is left to another process when its own is stopped', async () => {
    const drill = await plan();
    drills.stop();
    await drills.runOnce('dry_run');
    expect(await read(drill.id)).toMatchObject({ status: 'running' });
    Object.assign(drills, { isStopping: false });
    await drills.runOnce('dry_run');
    expect(await read(drill.id)).toMatchObject({ status: 'finished', report: { counts: { moved: 3 } } });
  });

  it('recurs on its day and time, once each, until it is cancelled', async () => {
    const schedule = { dayOfWeek: 1, time: '09:30', zone: 'Europe/Berlin' };
    const first = await plan({ schedule });
    expect(first).toMatchObject({ status: 'planned', schedule });
    expect(await drills.runOnce('dry_run')).toBe(false);
    await query(`update drill set starts_at = now() where id = $1`, [first.id]);
    await drills.runOnce('dry_run');
    expect(await drills.runOnce('dry_run')).toBe(false);
    const planned = async () => (await rooms.send('GET', '/v1/drills?status=planned')).body.items;
    const [next] = await planned();
    expect(next).toMatchObject({ seriesId: first.seriesId, startsAt: first.startsAt });
    await post(`/v1/drills/${next.id}/cancel`, { onlyThis: true });
    const [third] = await planned();
    expect(new Date(third.startsAt).getTime()).toBeGreaterThan(new Date(next.startsAt).getTime());
    await post(`/v1/drills/${third.id}/cancel`);
    expect(await planned()).toEqual([]);
  });

  it('is left out when nobody ran at its time', async () => {
    const drill = await plan();
    await query(`update drill set starts_at = now() - interval '2 days' where id = $1`, [drill.id]);
    await drills.runOnce('dry_run');
    expect(await read(drill.id)).toMatchObject({ status: 'failed', problem: { code: 'drill.missed' } });
  });

  it('is planned once for one key, and told to the audit log', async () => {
    const body = { kind: 'dry_run', platform: 'tiktok', startsAt: inHours(48) };
    const headers = { 'idempotency-key': 'drill-1' };
    const first = await post('/v1/drills', body, rooms.key, headers);
    expect((await post('/v1/drills', body, rooms.key, headers)).body).toEqual(first.body);
    expect((await post(`/v1/drills/${first.body.id}/cancel`)).body).toMatchObject({ status: 'cancelled' });
    const audited = await query<{ action: string }>(
      `select action from audit_entry where subject_id = $1 order by id`,
      [first.body.id],
    );
    expect(audited.map(({ action }) => action)).toEqual(['drill.planned', 'drill.cancelled']);
  });

  it.each([
    ['a sandbox drill without a sandbox', { kind: 'sandbox' }, 422, 'drill.no_sandbox'],
    ['a start behind', { startsAt: '2020-01-01T00:00:00Z' }, 400, 'drill.start_out_of_range'],
    ['a start without offset', { startsAt: '2030-01-01T00:00:00' }, 400, 'request.invalid'],
    [
      'two starts',
      { startsAt: inHours(1), schedule: { dayOfWeek: 1, time: '09:30', zone: 'UTC' } },
      400,
      'drill.start_twice',
    ],
    ['an unknown zone', { schedule: { dayOfWeek: 1, time: '09:30', zone: 'Mars/Olympus' } }, 400, 'drill.unknown_zone'],
    ['no such time', { schedule: { dayOfWeek: 1, time: '24:00', zone: 'UTC' } }, 400, 'request.invalid'],
    ['a week and more', { durationSeconds: 604_801 }, 400, 'drill.span_out_of_range'],
    ['an unknown platform', { platform: 'vine' }, 400, 'request.invalid'],
    ['a region in capitals', { region: 'US' }, 400, 'request.invalid'],
    ['an unknown field', { scheduel: {} }, 400, 'request.unknown_field'],
  ])('refuses %s and stores nothing', async (_, body, status, code) => {
    const count = async () => (await query<{ n: number }>(`select count(*)::int as n from drill`))[0]?.n;
    const before = await count();
    expect(await post('/v1/drills', { kind: 'dry_run', platform: 'tiktok', ...body })).toMatchObject({
      status,
      body: { code },
    });
    expect(await count()).toBe(before);
  });

  it('belongs to its workspace alone', async () => {
    const drill = await run();
    const key = await otherKey();
    const seen = (path: string) => rooms.send('GET', path, { key });
    for (const path of ['', '/targets'])
      expect((await seen(`/v1/drills/${drill.id}${path}`)).body.code).toBe('drill.not_found');
    expect((await post(`/v1/drills/${drill.id}/cancel`, {}, key)).body.code).toBe('drill.not_found');
    expect((await seen('/v1/drills')).body.items).toEqual([]);
    const theirs = (await post('/v1/drills', { kind: 'dry_run', platform: 'tiktok' }, key)).body;
    await drills.runOnce('dry_run');
    expect((await seen(`/v1/drills/${theirs.id}`)).body.report).toMatchObject({ result: 'nothing_due', tokens: [] });
  });
});
