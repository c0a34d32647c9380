import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DAY_MS } from '../../src/kernel/durations.js';
import { PlanRecurrences } from '../../src/planning/application/recurring/plan-recurrences.js';
import type { RoomServer } from '../support/library.js';
import { addAccount, startPlanning, uploadClip } from '../support/planning.js';

const day = (n: number) => new Date(Date.now() + n * DAY_MS).toISOString().slice(0, 10);

describe('a post that recurs', () => {
  let rooms: RoomServer;
  let media: string;
  let tiktok: string;
  let shorts: string;
  let planner: PlanRecurrences;

  beforeAll(async () => {
    rooms = await startPlanning();
    media = await uploadClip(rooms);
    tiktok = await addAccount(rooms, 'tiktok');
    shorts = await addAccount(rooms, 'shorts');
    planner = rooms.app.get(PlanRecurrences, { strict: false });
  });
  afterAll(() => rooms.close());
  // What others left recurs no more: no round has to plan it.
  beforeEach(() => rooms.db.database.affected('update recurrence set removed_at = now() where removed_at is null'));

  const post = async (kind = 'evergreen'): Promise<string> => {
    const { body } = await rooms.send('POST', '/v1/posts', { body: { caption: 'Tea', kind, mediaIds: [media] } });
    return body.id;
  };
  const put = (id: string, more: object = {}, headers: Record<string, string> = {}) =>
    rooms.send('PUT', `/v1/posts/${id}/recurrence`, {
      body: {
        rule: 'FREQ=DAILY',
        start: `${day(-3)}T12:00`,
        timezone: 'UTC',
        targets: [{ accountId: tiktok }],
        ...more,
      },
      headers,
    });
  const recurring = async (more: object = {}): Promise<string> => {
    const id = await post();
    expect(await put(id, more)).toMatchObject({ status: 200 });
    return id;
  };
  const at = (id: string, n: number) => `/v1/posts/${id}/recurrence/occurrences/${day(n)}T12:00`;
  const change = (id: string, n: number, body: object) => rooms.send('PATCH', at(id, n), { body });
  const targetsOf = (id: string) =>
    rooms.db.database.rows<{
      day: string;
      status: string;
      caption: string;
      stale: string;
      account: string;
      id: string;
    }>(
      `select t.id, to_char(t.local_time, 'YYYY-MM-DD"T"HH24:MI') as day, t.status, t.content->>'caption' as caption,
              extract(epoch from t.stale_at - t.scheduled_at)::int::text as stale, t.account_id as account
         from target t where t.post_id = $1 order by t.scheduled_at, t.created_at, t.id`,
      [id],
    );
  const waiting = async (id: string) => (await targetsOf(id)).filter(({ status }) => status === 'scheduled');
  const list = async (id: string, query = '') =>
    (await rooms.send('GET', `/v1/posts/${id}/recurrence/occurrences?${query}`)).body;

  it('has its runs planned up to the horizon, none of them past, each fresh until the next', async () => {
    const id = await recurring();
    const targets = await targetsOf(id);
    expect(targets.length).toBeGreaterThanOrEqual(29);
    expect(targets.length).toBeLessThanOrEqual(31);
    expect(new Set(targets.map((target) => target.day)).size).toBe(targets.length);
    expect(targets.every((target) => target.day > new Date().toISOString().slice(0, 16))).toBe(true);
    expect(new Set(targets.map(({ stale }) => stale))).toEqual(new Set(['86400']));
    const sources = await rooms.db.database.rows(`select distinct source from occurrence where post_id = $1`, [id]);
    expect(sources).toEqual([{ source: 'rrule' }]);
  });

  it('is planned once, however often and by however many it is asked for at once', async () => {
    const ids = [await recurring(), await recurring({ targets: [{ accountId: tiktok }, { accountId: shorts }] })];
    const until = new Date(Date.now() + 45 * DAY_MS);
    const made = await Promise.all([planner.plan(until), planner.plan(until), planner.plan(until)]);
    expect(made.reduce((a, b) => a + b)).toBeGreaterThan(0);
    expect(await planner.plan(until)).toBe(0);
    for (const id of ids) {
      const targets = await targetsOf(id);
      expect(new Set(targets.map((target) => `${target.day} ${target.account}`)).size).toBe(targets.length);
    }
    const [twice] = await rooms.db.database.rows<{ n: number }>(
      `select count(*)::int as n from (select 1 from recurrence_run group by recurrence_id, local_time having count(*) > 1) d`,
    );
    expect(twice?.n).toBe(0);
  });

  it('goes on after failed, missed and cancelled runs, and does not plan what a downtime swallowed', async () => {
    const id = await recurring();
    const [first, second, third] = await targetsOf(id);
    await rooms.db.database.affected(
      `update target set status = case id when $1::uuid then 'failed' else 'missed' end where id = any($2::uuid[])`,
      [first?.id, [first?.id, second?.id]],
    );
    expect((await rooms.send('POST', `/v1/targets/${third?.id}/cancel`)).status).toBeLessThan(300);
    await rooms.db.database.affected(
      `update recurrence set planned_until = now() - interval '9 days' where post_id = $1`,
      [id],
    );
    const before = await targetsOf(id);
    await planner.plan(new Date(Date.now() + 35 * DAY_MS));
    const after = await targetsOf(id);
    expect(after.length).toBeGreaterThan(before.length);
    expect(after.slice(0, before.length)).toEqual(before);
  });

  it('that cannot be planned keeps no other from being planned, and says why', async () => {
    const [broken, fine] = [await recurring(), await recurring()];
    await rooms.db.database.affected(`update recurrence set rule = 'FREQ=NEVER' where post_id = $1`, [broken]);
    const before = (await targetsOf(fine)).length;
    await planner.plan(new Date(Date.now() + 50 * DAY_MS));
    expect((await targetsOf(fine)).length).toBeGreaterThan(before);
    const [row] = await rooms.db.database.rows<{ problem: string; later: boolean }>(
      `select problem, retry_at > now() as later from recurrence where post_id = $1`,
      [broken],
    );
    expect(row).toEqual({ problem: expect.stringContaining('FREQ=NEVER'), later: true });
  });

  it('is out of reach of another workspace', async () => {
    const id = await recurring();
    const tenant = { name: 'Other', region: 'us', timeZone: 'UTC' };
    const { body } = await rooms.send('POST', '/v1/workspaces', { body: tenant });
    const key = /prn_live_\w+/.exec(JSON.stringify(body))?.[0] ?? '';
    const path = `/v1/posts/${id}/recurrence`;
    const before = await targetsOf(id);
    const answers = await Promise.all([
      rooms.send('GET', path, { key }),
      rooms.send('DELETE', path, { key }),
      rooms.send('GET', `${path}/occurrences`, { key }),
      rooms.send('PATCH', at(id, 3), { key, body: { skipped: true } }),
      rooms.send('DELETE', at(id, 3), { key }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
    expect(await targetsOf(id)).toEqual(before);
  });

  it('follows its changed rule: what nobody touched is replanned, what a person changed or locked stays', async () => {
    const id = await recurring();
    await change(id, 3, { caption: 'Advent' });
    await change(id, 4, { movedTo: `${day(4)}T15:00` });
    await change(id, 5, { locked: true });
    const before = await waiting(id);
    expect(await put(id, { rule: 'FREQ=DAILY', start: `${day(-3)}T18:00` })).toMatchObject({ status: 200 });
    const times = (await waiting(id)).map((target) => target.day);
    expect(times.filter((time) => !time.endsWith('T18:00'))).toEqual([
      `${day(3)}T12:00`,
      `${day(4)}T15:00`,
      `${day(5)}T12:00`,
    ]);
    expect(times.length).toBeGreaterThan(before.length);
    const cancelled = (await targetsOf(id)).filter(({ status }) => status === 'cancelled');
    expect(cancelled.length).toBeGreaterThanOrEqual(before.length - 3);
  });

  it('leaves every planned run alone when nothing of it changed', async () => {
    const id = await recurring();
    const before = await targetsOf(id);
    await put(id, { exdates: [`${day(400)}T12:00`] });
    expect(await targetsOf(id)).toEqual(before);
  });

  it('lets a person skip, move and edit one run, and take each back', async () => {
    const id = await recurring();
    expect(await change(id, 2, { skipped: true })).toMatchObject({ status: 200, body: { state: 'skipped' } });
    expect(await change(id, 3, { movedTo: `${day(3)}T20:00` })).toMatchObject({
      body: { state: 'planned', at: `${day(3)}T20:00:00.000Z` },
    });
    expect(await change(id, 4, { caption: 'Only today', options: { x: 1 } })).toMatchObject({
      body: { caption: 'Only today' },
    });
    const of = async (n: number) => (await waiting(id)).filter((target) => target.day.startsWith(day(n)));
    expect(await of(2)).toEqual([]);
    expect(await of(3)).toMatchObject([{ day: `${day(3)}T20:00` }]);
    expect(await of(4)).toMatchObject([{ caption: 'Only today' }]);
    expect((await list(id, 'limit=4')).items.map(({ state }: { state: string }) => state)).toContain('skipped');
    for (const n of [2, 3, 4]) expect((await rooms.send('DELETE', at(id, n))).status).toBe(204);
    for (const n of [2, 3, 4]) expect(await of(n)).toMatchObject([{ day: `${day(n)}T12:00`, caption: 'Tea' }]);
  });

  it('refuses to change what is past, gone, taken or going out, and changes nothing then', async () => {
    const id = await recurring();
    const [, , third] = await waiting(id);
    const refused = async (n: number, body: object, code: string) =>
      expect((await change(id, n, body)).body.code).toBe(code);
    await refused(-2, { skipped: true }, 'recurrence.occurrence_past');
    await refused(3, { movedTo: `${day(-1)}T12:00` }, 'schedule.in_past');
    await refused(3, { movedTo: `${day(5)}T12:00` }, 'recurrence.time_taken');
    await refused(3, { movedTo: `${day(5)}T24:00` }, 'schedule.bad_time');
    await refused(3, { caption: 'x'.repeat(2_201) }, 'content.invalid');
    await rooms.db.database.affected(`update target set status = 'publishing' where id = $1`, [third?.id]);
    const name = third?.day ?? '';
    const path = `/v1/posts/${id}/recurrence/occurrences/`;
    expect(await rooms.send('PATCH', path + name, { body: { skipped: true } })).toMatchObject({
      status: 409,
      body: { code: 'recurrence.run_touched' },
    });
    expect(await rooms.send('PATCH', `${path}${day(3)}T12:01`, { body: { skipped: true } })).toMatchObject({
      status: 404,
    });
    expect(await rooms.send('PATCH', `${path}noon`, { body: { skipped: true } })).toMatchObject({ status: 400 });
    const changes = await rooms.db.database.rows(
      `select 1 from recurrence_exception e join recurrence r
       on r.id = e.recurrence_id where r.post_id = $1`,
      [id],
    );
    expect(changes).toEqual([]);
  });

  it('is paused, resumed and ended; ending and beginning again plans no local time twice', async () => {
    const id = await recurring();
    const count = (await waiting(id)).length;
    await put(id, { paused: true });
    expect(await waiting(id)).toEqual([]);
    expect(await planner.plan(new Date(Date.now() + 60 * DAY_MS)).then(() => waiting(id))).toEqual([]);
    await put(id);
    expect(await waiting(id)).toHaveLength(count);
    const [first] = await waiting(id);
    await rooms.db.database.affected(`update target set status = 'publishing' where id = $1`, [first?.id]);
    expect((await rooms.send('DELETE', `/v1/posts/${id}/recurrence`)).status).toBe(204);
    expect(await waiting(id)).toEqual([]);
    expect((await rooms.send('GET', `/v1/posts/${id}/recurrence`)).body.code).toBe('recurrence.not_found');
    await put(id);
    expect((await waiting(id)).map((target) => target.day)).not.toContain(first?.day);
    expect(await waiting(id)).toHaveLength(count - 1);
  });

  it('is read with its ETag, and refuses an old copy', async () => {
    const id = await recurring({ rule: 'rrule:freq=weekly;byday=mo', rdates: [`${day(9)}T08:00`] });
    const read = await rooms.send('GET', `/v1/posts/${id}/recurrence`);
    expect(read.body).toMatchObject({
      rule: 'FREQ=WEEKLY;BYDAY=MO',
      timezone: 'UTC',
      rdates: [`${day(9)}T08:00:00`],
      version: 1,
    });
    expect(await put(id, {}, { 'if-match': '"1"' })).toMatchObject({ status: 200, body: { version: 2 } });
    expect(await put(id, {}, { 'if-match': '"1"' })).toMatchObject({
      status: 412,
      body: { code: 'recurrence.changed' },
    });
  });

  it.each([
    [{ rule: 'FREQ=MINUTELY' }, 'recurrence.too_often', 'rule'],
    [{ rule: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30' }, 'recurrence.never', 'rule'],
    [{ timezone: 'Europe/Atlantis' }, 'schedule.unknown_zone', 'timezone'],
    [{ exdates: ['2026-02-30T12:00'] }, 'schedule.bad_time', 'exdates.0'],
    [{ targets: [{ accountId: '00000000-0000-4000-8000-000000000000' }] }, 'account.not_found', 'targets.0.accountId'],
    [{ targets: [] }, 'request.invalid', 'targets'],
  ])('stores nothing of %j', async (bad, code, field) => {
    const id = await post();
    const answer = await put(id, bad);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(answer.body.errors[0].field).toBe(field);
    if (code !== 'request.invalid') expect(answer.body.code).toBe(code);
    expect((await rooms.send('GET', `/v1/posts/${id}/recurrence`)).status).toBe(404);
    expect(await targetsOf(id)).toEqual([]);
  });

  it('is evergreen', async () => {
    expect(await put(await post('one_shot'))).toMatchObject({ status: 409, body: { code: 'post.not_evergreen' } });
  });

  it('shows what clock changes do to a rule before anything is stored', async () => {
    const { status, body } = await rooms.send('POST', '/v1/recurrences/preview', {
      body: {
        rule: 'FREQ=DAILY',
        start: '2027-03-27T02:30',
        timezone: 'Europe/Paris',
        from: '2027-03-27T00:00:00Z',
        to: '2027-03-30T00:00:00Z',
      },
    });
    expect(status).toBe(200);
    expect(body.occurrences).toMatchObject([
      { localTime: '2027-03-27T02:30:00', at: '2027-03-27T01:30:00.000Z', clock: 'exact' },
      { localTime: '2027-03-28T02:30:00', at: '2027-03-28T01:00:00.000Z', clock: 'gap' },
      { localTime: '2027-03-29T02:30:00', at: '2027-03-29T00:30:00.000Z', clock: 'exact' },
    ]);
    expect(body.occurrences[1].note).toMatch(/skip this time/);
  });

  it('lists its runs page by page, planned ones with their targets and later ones as forecast', async () => {
    const id = await recurring();
    const first = await list(id, 'limit=20');
    const second = await list(id, `limit=20&cursor=${first.nextCursor}`);
    const items = [...first.items, ...second.items];
    expect(new Set(items.map(({ at: instant }) => instant)).size).toBe(40);
    expect(items[0]).toMatchObject({ state: 'planned', targets: [{ status: 'scheduled', accountId: tiktok }] });
    expect(items[39]).toMatchObject({ state: 'forecast' });
    expect(await list(id, `from=${day(5)}T00:00:00Z&to=${day(1)}T00:00:00Z`)).toMatchObject({
      code: 'request.bad_span',
    });
  });

  it('is foreseen in the calendar beyond the horizon', async () => {
    const id = await recurring();
    const span = `from=${day(70)}T00:00:00Z&to=${day(72)}T00:00:00Z&limit=100`;
    const { body } = await rooms.send('GET', `/v1/calendar?${span}&accountId=${tiktok}`);
    const mine = body.items.filter(({ postId }: { postId: string }) => postId === id);
    expect(mine).toMatchObject([
      {
        kind: 'forecast',
        source: 'rrule',
        at: `${day(70)}T12:00:00.000Z`,
        accountIds: [tiktok],
        localTime: expect.stringContaining(day(70)),
        caption: expect.stringMatching(/\S/),
      },
      { kind: 'forecast', source: 'rrule', at: `${day(71)}T12:00:00.000Z` },
    ]);
    expect((await rooms.send('GET', `/v1/calendar?${span}&accountId=${shorts}`)).body.items).toEqual(
      expect.not.arrayContaining([expect.objectContaining({ postId: id })]),
    );
  });
});
