import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { CountSignals } from '../../src/incidents/application/ledger/count-signals.js';
import { EventOutbox } from '../../src/infra/outbox/event-outbox.js';
import { type LedgerApp, seedIncident, seedReplacement, startLedger, tell } from '../support/incidents.js';
import { seedTarget } from '../support/rows.js';

describe('the ledger of an incident', () => {
  let app: LedgerApp;

  beforeAll(async () => {
    app = await startLedger();
  });
  afterAll(() => app.stop());
  beforeEach(async () => {
    for (const table of ['transition', 'incident', 'event', 'signal'])
      await app.db.database.affected(`delete from ${table}`);
  });

  const get = (path: string, key = app.first.key) => app.partial.send({ path: `/v1/incidents/${path}`, key });
  const textsOf = async (id: string, key = app.first.key, query = ''): Promise<string[]> =>
    (await get(`${id}/entries?limit=100${query}`, key)).body.items.map(({ text }: { text: string }) => text);
  const target = (tenant = app.first) => seedTarget(app.db.database, tenant, -60_000);

  it('tells what became of a target, in order and once, however often the events are read', async () => {
    const id = await seedIncident(app.db, 60);
    const targetId = await target();
    await tell(app, app.first, { type: 'post.held', targetId }, 40);
    await tell(app, app.first, { type: 'post.rerouted', targetId }, 30);
    await app.follow();
    const expected = ['Held on TikTok.', 'Rerouted from TikTok elsewhere.'];
    expect(await textsOf(id)).toEqual(expected);
    await app.db.database.affected(`update event_cursor set last_xid = '0', last_id = 0 where consumer = 'incidents'`);
    await app.follow();
    expect(await textsOf(id)).toEqual(expected);
    expect(await textsOf(id, app.first.key, `&targetId=${targetId}`)).toEqual(expected);
  });

  it('follows a replacement to its platform, though both are told at once', async () => {
    const id = await seedIncident(app.db, 60);
    const targetId = await target();
    const replacementId = await seedReplacement(app.db, app.first, targetId);
    await app.db.database.affected(`update target set status = 'rerouted' where id = $1`, [targetId]);
    await tell(app, app.first, { type: 'post.rerouted', targetId });
    await tell(app, app.first, { type: 'post.published', targetId: replacementId, platform: 'shorts' });
    await app.follow();
    expect(await textsOf(id)).toEqual(['Rerouted from TikTok elsewhere.', 'Published on YouTube Shorts.']);
    expect((await get(`${id}/impact`)).body).toMatchObject({
      targetCount: 1,
      targets: { rerouted: 1 },
      decisions: { 'post.rerouted': 1, 'post.published': 1 },
      elsewhere: [{ platform: 'shorts', planned: 1, live: 1 }],
    });
  });

  it('keeps late truth of what met it, and leaves out what met nothing', async () => {
    const id = await seedIncident(app.db, 60, 20);
    const [met, stranger] = [await target(), await target()];
    await tell(app, app.first, { type: 'post.unconfirmed', targetId: met }, 30);
    await tell(app, app.first, { type: 'post.published', targetId: met }, 5);
    await tell(app, app.first, { type: 'post.published', targetId: stranger }, 5);
    await app.follow();
    expect(await textsOf(id)).toEqual(['Sent to TikTok; nobody knows yet whether it is live.', 'Published on TikTok.']);
  });

  it('remembers what did not go well in the minutes before it was declared, with the change itself', async () => {
    const targetId = await target();
    await tell(app, app.first, { type: 'post.unconfirmed', targetId }, 8);
    await tell(app, app.first, { type: 'post.published', targetId: await target() }, 7);
    await app.follow();
    const id = await seedIncident(app.db, 5);
    await app.db.database.affected(
      `insert into transition (platform, region, capability, from_state, to_state, reason, statistic, samples,
                               thresholds, config_hash, incident_id, at)
       values ('tiktok', 'us', 'publish', 'healthy', 'down', '3 bad of 3', '{"attempts": 9}', '{}', '{}', 'abc', $1,
               clock_timestamp() - interval '5 minutes')`,
      [id],
    );
    const payload = { platform: 'tiktok', region: 'us', state: 'down', reason: '3 bad of 3', incidentId: id };
    await app.db.database.run((tx) =>
      app.partial.app
        .get(EventOutbox, { strict: false })
        .append([{ workspaceId: null, type: 'platform.down', subjectId: id, payload }], tx),
    );
    await app.follow();
    expect(await textsOf(id)).toEqual([
      'Sent to TikTok; nobody knows yet whether it is live.',
      'publish went from healthy to down. 3 bad of 3',
    ]);
    const { body } = await get(`${id}/entries?kind=transition`, app.second.key);
    expect(body.items).toMatchObject([{ scope: 'instance', data: { statistic: { attempts: 9 }, configHash: 'abc' } }]);
  });

  it('counts signals by the minute, once, from before the opening until after the end', async () => {
    const id = await seedIncident(app.db, 60, 40);
    const signal = `insert into signal (platform, region, capability, source, verdict, at)
      select 'tiktok', 'us', 'publish', 'attempt', $1, clock_timestamp() - $2 * interval '1 minute'
        from generate_series(1, $3)`;
    for (const [verdict, minutesAgo, count] of [
      ['bad', 62, 3],
      ['good', 50, 2],
      ['bad', 20, 9],
    ])
      await app.db.database.affected(signal, [verdict, minutesAgo, count]);
    await app.db.database.affected(
      `insert into feed_evidence (id, feed_id, source, platform, severity, summary, seen_at, until)
       values (gen_random_uuid(), gen_random_uuid(), 'feed:page', 'tiktok', 'major', 'Uploads fail',
               clock_timestamp() - interval '55 minutes', now())`,
    );
    const counter = app.partial.app.get(CountSignals, { strict: false });
    expect(await counter.runOnce()).toBe(3);
    expect(await counter.runOnce()).toBe(0);
    expect(await textsOf(id, app.first.key, '&kind=signal')).toEqual([
      '0 good, 3 bad, 0 without an answer.',
      '2 good, 0 bad, 0 without an answer.',
    ]);
    expect(await textsOf(id, app.first.key, '&kind=advisory')).toEqual(['feed:page: Uploads fail']);
    expect((await get(`${id}/impact`)).body).toMatchObject({ signals: { good: 2, bad: 3, unknown: 0 } });
  });

  it('goes on by cursor without a gap or a repeat', async () => {
    const id = await seedIncident(app.db, 90, 30);
    const targetId = await target();
    for (const minutesAgo of [80, 70, 60, 50, 40])
      await tell(app, app.first, { type: 'post.held', targetId }, minutesAgo);
    await app.follow();
    const seen: string[] = [];
    for (let cursor = ''; ;) {
      const { body } = await get(`${id}/entries?limit=2&kind=decision${cursor}`);
      seen.push(...body.items.map(({ at }: { at: string }) => at));
      if (body.nextCursor === undefined) break;
      cursor = `&cursor=${body.nextCursor}`;
    }
    expect(seen).toEqual([...new Set(seen)].sort());
    expect(seen).toHaveLength(5);
  });

  it('shows a workspace its own part and the platform’s, nothing of another’s', async () => {
    const id = await seedIncident(app.db, 60);
    const [mine, theirs] = [await target(), await target(app.second)];
    await tell(app, app.first, { type: 'post.held', targetId: mine }, 10);
    await tell(app, app.second, { type: 'post.held', targetId: theirs }, 9);
    await app.follow();
    const note = (key: string, body: object) =>
      app.partial.send({ method: 'POST', path: `/v1/incidents/${id}/notes`, key, body });
    expect((await note(app.first.key, { text: 'Ours alone' })).status).toBe(201);
    expect((await note(app.operator, { text: 'For all', scope: 'instance' })).status).toBe(201);
    expect((await note(app.first.key, { text: 'x', scope: 'instance' })).body.code).toBe('incident.needs_operator');
    expect(await textsOf(id)).toEqual(['Held on TikTok.', 'Ours alone', 'For all']);
    expect(await textsOf(id, app.second.key)).toEqual(['Held on TikTok.', 'For all']);
    expect(await textsOf(id, app.second.key, `&targetId=${mine}`)).toEqual([]);
    expect((await get(`${id}/impact`, app.second.key)).body).toMatchObject({ targetCount: 1 });
  });

  it.each([
    ['no text', { text: '' }],
    ['white space alone', { text: ' \n ' }],
    ['a control character', { text: 'a\u0007b' }],
    ['too long a text', { text: 'x'.repeat(2_001) }],
    ['null for a scope', { text: 'x', scope: null }],
  ])('refuses a note with %s', async (_, body) => {
    const id = await seedIncident(app.db, 60, 50);
    const path = `/v1/incidents/${id}/notes`;
    const refused = await app.partial.send({ method: 'POST', path, key: app.first.key, body });
    expect([refused.status, refused.body.code]).toEqual([400, 'request.invalid']);
    expect(await textsOf(id)).toEqual([]);
  });

  it('is not there for an incident nobody knows', async () => {
    for (const part of ['entries', 'impact', 'updates', 'evidence', 'postmortem'])
      expect((await get(`${app.first.workspaceId}/${part}`)).body.code).toBe('incident.not_found');
  });
});
