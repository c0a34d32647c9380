import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { GatherEvidence } from '../../src/incidents/application/evidence/gather-evidence.js';
import { EvidenceReader } from '../../src/incidents/domain/evidence/evidence.port.js';
import { newId } from '../../src/kernel/ids.js';
import { Incidents } from '../../src/health/index.js';
import { type LedgerApp, type LedgerTenant, seedIncident, seedReplacement, startLedger } from '../support/incidents.js';
import { seedTarget } from '../support/rows.js';

const MINUTE = 60_000;

describe('what an incident leaves behind', () => {
  let app: LedgerApp;
  let incidentId: string;
  let tried: string;
  let url: string;

  beforeAll(async () => {
    app = await startLedger();
    url = `http://127.0.0.1:${app.partial.app.getHttpServer().address().port}`;
    await seedHistory(app.first, [100, 200, 300, 400, 500]);
    incidentId = await seedIncident(app.db, 60, 30);
    tried = await seedTarget(app.db.database, app.first, -50 * MINUTE);
    await attempt(tried, 1, 'unavailable', { httpStatus: 503, code: 'internal_error', requestId: 'log-77' });
    await attempt(tried, 2, 'unknown', {});
    await seedReplacement(app.db, app.first, tried);
    await seedTarget(app.db.database, app.first, -45 * MINUTE);
    await seedTarget(app.db.database, app.second, -45 * MINUTE);
  });
  afterAll(() => app.stop());

  const rows = (sql: string, parameters: unknown[]) => app.db.database.affected(sql, parameters);

  const attempt = (targetId: string, no: number, state: string, said: Record<string, unknown>) =>
    rows(
      `insert into attempt (id, workspace_id, target_id, post_id, account_id, no, version, fence, worker_id, purpose, state,
                            created_at, http_status, platform_code, request_id)
       select $2, t.workspace_id, t.id, t.post_id, t.account_id, $3::int, $3::int, $3::int, $2, 'publish', $4,
              clock_timestamp() - interval '50 minutes', $5, $6, $7 from target t where t.id = $1`,
      [targetId, newId(), no, state, said.httpStatus ?? null, said.code ?? null, said.requestId ?? null],
    );

  /** Live posts of the days before, with their views after a day. */
  const seedHistory = async (tenant: LedgerTenant, views: readonly number[]) => {
    for (const [n, count] of views.entries()) {
      const id = await seedTarget(app.db.database, tenant, -(n + 3) * 24 * 60 * MINUTE);
      await rows(
        `update target set status = 'published', platform_post_id = id::text, published_at = scheduled_at where id = $1`,
        [id],
      );
      await rows(
        `insert into target_metric (target_id, at, workspace_id, milestone_seconds, views)
         select id, published_at + interval '1 day', workspace_id, 86400, $2 from target where id = $1`,
        [id, count],
      );
    }
  };

  /** As many targets as the second workspace's first one. */
  const seedMany = (count: number) =>
    rows(
      `with run as (
         insert into occurrence (id, workspace_id, post_id, number, planned_at, source)
         select gen_random_uuid(), $1, $2, 1000 + n, now(), 'api' from generate_series(1, $3::int) n returning id
       )
       insert into target (id, workspace_id, post_id, occurrence_id, account_id, platform, role, root_id, status,
                           scheduled_at, due_at, local_time, zone, stale_at, content, content_hash, media_id)
       select run.id, t.workspace_id, t.post_id, run.id, t.account_id, t.platform, 'origin', run.id, 'scheduled',
              t.scheduled_at, t.due_at, t.local_time, t.zone, t.stale_at, t.content, t.content_hash, t.media_id
         from run, (select * from target where workspace_id = $1 limit 1) t`,
      [app.second.workspaceId, app.second.postId, count],
    );

  const fetchText = async (path: string, key = app.first.key) => {
    const answer = await fetch(`${url}/v1/incidents/${incidentId}/${path}`, {
      headers: { authorization: `Bearer ${key}` },
    });
    return { status: answer.status, headers: answer.headers, text: await answer.text() };
  };
  const report = async (key?: string) => JSON.parse((await fetchText('evidence?format=json', key)).text);

  it('shows every attempt with codes and request ids, what went elsewhere, and what was never tried', async () => {
    const { targets, incident, workspace } = await report();
    expect([incident.id, workspace.id]).toEqual([incidentId, app.first.workspaceId]);
    expect(targets).toMatchObject([
      {
        targetId: tried,
        attempts: [
          { no: 1, state: 'unavailable', httpStatus: 503, platformCode: 'internal_error', requestId: 'log-77' },
          { no: 2, state: 'unknown' },
        ],
        replacements: [{ platform: 'shorts', status: 'published' }],
      },
      { attempts: [], replacements: [] },
    ]);
  });

  it('puts the expected reach beside what was seen, with the size of the sample', async () => {
    const { reach } = await report();
    expect(reach).toMatchObject([
      { ageSeconds: 3600, planned: 2, expected: { kind: 'not_enough_history', sampleSize: 0 }, expectedTotal: null },
      {
        ageSeconds: 86_400,
        expected: { kind: 'expected', median: 300, sampleSize: 5 },
        expectedTotal: 600,
        here: { live: 0 },
        elsewhere: { live: 1, measured: 0 },
      },
    ]);
  });

  it('shows counters before and after', async () => {
    const { earlierPosts } = await report();
    expect(earlierPosts).toHaveLength(5);
    expect(earlierPosts[0]).toMatchObject({ counters: { before: { views: 500, suspect: false } } });
  });

  it('is another workspace’s for another workspace', async () => {
    const { targets, earlierPosts, reach } = await report(app.second.key);
    expect(targets).toHaveLength(1);
    expect(earlierPosts).toEqual([]);
    expect(reach).toMatchObject([{ planned: 1 }, { expected: { kind: 'not_enough_history' } }]);
    expect(JSON.stringify(targets)).not.toContain(app.first.accountId);
  });

  it('leaves as a page that runs nothing, and as a table', async () => {
    const page = await fetchText('evidence');
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(page.text).toContain('log-77');
    const table = await fetchText('evidence?format=csv');
    expect(table.headers.get('content-disposition')).toMatch(/^attachment; filename="incident-tiktok-us-[\d-]+\.csv"$/);
    expect(table.text).toContain('log-77');
    expect(JSON.parse((await fetchText('evidence?format=pdf')).text)).toMatchObject({ code: 'request.invalid' });
  });

  it('asks the database for no more than its reader takes', async () => {
    await seedMany(450);
    const incident = await app.partial.app.get(Incidents, { strict: false }).get(incidentId);
    if (!incident) throw new Error('no incident');
    const gather = app.partial.app.get(GatherEvidence, { strict: false });
    const read = jest.spyOn(app.partial.app.get(EvidenceReader, { strict: false }), 'targets');
    let count = 0;
    for await (const { kind } of gather.execute(app.second.workspaceId, incident)) if (kind === 'target') count += 1;
    expect([count, read.mock.calls.length]).toEqual([451, 3]);
    read.mockClear();
    for await (const { kind } of gather.execute(app.second.workspaceId, incident)) if (kind === 'target') break;
    expect(read).toHaveBeenCalledTimes(1);
    read.mockRestore();
  });

  it('gives a postmortem to go on writing', async () => {
    const { status, headers, text } = await fetchText('postmortem');
    expect([status, headers.get('content-type')]).toEqual([200, 'text/markdown; charset=utf-8']);
    expect(text).toContain('# Postmortem (draft): TikTok, region us');
    expect(text).toContain('| 300 (middle half 200 to 400, 5 posts) | 600 |');
  });

  describe('public updates', () => {
    const post = (body: object, key = app.first.key, headers = {}) =>
      app.partial.send({ method: 'POST', path: `/v1/incidents/${incidentId}/updates`, key, body, headers });
    const list = async (key = app.first.key, query = '') =>
      (await app.partial.send({ path: `/v1/incidents/${incidentId}/updates${query}`, key })).body.items;

    it('are added, never changed: newest first, the newest of each feature in the impact', async () => {
      expect((await post({ feature: ' Posting', status: 'investigating', text: 'We look.' })).status).toBe(201);
      await post({ feature: 'posting', status: 'resolved', text: 'Done.' });
      await post({ feature: 'view counts', status: 'monitoring', text: 'They move.' });
      expect((await list()).map(({ text }: { text: string }) => text)).toEqual(['They move.', 'Done.', 'We look.']);
      expect(await list(app.first.key, '?feature=POSTING')).toHaveLength(2);
      const { body } = await app.partial.send({ path: `/v1/incidents/${incidentId}/impact`, key: app.first.key });
      expect(body.features).toMatchObject([
        { feature: 'posting', status: 'resolved' },
        { feature: 'view counts', status: 'monitoring' },
      ]);
      const [{ id }] = await list();
      for (const method of ['PATCH', 'PUT', 'DELETE']) {
        const path = `/v1/incidents/${incidentId}/updates/${id}`;
        expect((await app.partial.send({ method, path, key: app.first.key, body: { text: 'x' } })).status).toBe(404);
      }
      const told = await app.db.database.rows<{ workspace_id: string }>(
        `select workspace_id from event where type = 'incident.updated'`,
      );
      expect(told.map((row) => row.workspace_id)).toEqual(Array(3).fill(app.first.workspaceId));
    });

    it('are a workspace’s own, or an operator’s for all', async () => {
      expect(await list(app.second.key)).toEqual([]);
      const all = { feature: 'posting', status: 'identified', text: 'For all', scope: 'instance' };
      expect((await post(all)).body.code).toBe('incident.needs_operator');
      expect((await post(all, app.operator)).status).toBe(201);
      expect(await list(app.second.key)).toMatchObject([{ text: 'For all', scope: 'instance' }]);
    });

    it('are made once under one key', async () => {
      const headers = { 'idempotency-key': 'update-1' };
      const body = { feature: 'login', status: 'investigating', text: 'Once' };
      expect((await post(body, app.first.key, headers)).body).toEqual((await post(body, app.first.key, headers)).body);
      expect(await list(app.first.key, '?feature=login')).toHaveLength(1);
    });

    it.each([
      ['an unknown status', { feature: 'x', status: 'fixed', text: 'x' }],
      ['no feature', { status: 'resolved', text: 'x' }],
      ['a feature of two lines', { feature: 'a\nb', status: 'resolved', text: 'x' }],
      ['a text that is no text', { feature: 'x', status: 'resolved', text: 7 }],
    ])('are refused with %s', async (_, body) => {
      expect((await post(body)).body).toMatchObject({ status: 400, code: 'request.invalid' });
    });
  });
});
