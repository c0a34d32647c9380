import { describe, expect, it } from '@jest/globals';
import { DAY_MS } from '../../src/kernel/durations.js';
import { day, withRecurringPosts } from '../support/recurring.js';

describe('a post that recurs', () => {
  const stage = withRecurringPosts();
  const { accounts, post, put, recurring, at, targetsOf, list, planner, database, send } = stage;

  it('has its runs planned up to the horizon, none of them past, each fresh until the next', async () => {
    const id = await recurring();
    const targets = await targetsOf(id);
    expect(targets.length).toBeGreaterThanOrEqual(29);
    expect(targets.length).toBeLessThanOrEqual(31);
    expect(new Set(targets.map((target) => target.day)).size).toBe(targets.length);
    expect(targets.every((target) => target.day > new Date().toISOString().slice(0, 16))).toBe(true);
    expect(new Set(targets.map(({ stale }) => stale))).toEqual(new Set(['86400']));
    const sources = await database().rows(`select distinct source from occurrence where post_id = $1`, [id]);
    expect(sources).toEqual([{ source: 'rrule' }]);
  });

  it('is planned once, however often and by however many it is asked for at once', async () => {
    const ids = [
      await recurring(),
      await recurring({ targets: [{ accountId: accounts.tiktok }, { accountId: accounts.shorts }] }),
    ];
    const until = new Date(Date.now() + 45 * DAY_MS);
    const made = await Promise.all([planner().plan(until), planner().plan(until), planner().plan(until)]);
    expect(made.reduce((a, b) => a + b)).toBeGreaterThan(0);
    expect(await planner().plan(until)).toBe(0);
    for (const id of ids) {
      const targets = await targetsOf(id);
      expect(new Set(targets.map((target) => `${target.day} ${target.account}`)).size).toBe(targets.length);
    }
    const [twice] = await database().rows<{ n: number }>(
      `select count(*)::int as n from (select 1 from recurrence_run group by recurrence_id, local_time having count(*) > 1) d`,
    );
    expect(twice?.n).toBe(0);
  });

  it('goes on after failed, missed and cancelled runs, and does not plan what a downtime swallowed', async () => {
    const id = await recurring();
    const [first, second, third] = await targetsOf(id);
    await database().affected(
      `update target set status = case id when $1::uuid then 'failed' else 'missed' end where id = any($2::uuid[])`,
      [first?.id, [first?.id, second?.id]],
    );
    expect((await send('POST', `/v1/targets/${third?.id}/cancel`)).status).toBeLessThan(300);
    await database().affected(`update recurrence set planned_until = now() - interval '9 days' where post_id = $1`, [
      id,
    ]);
    const before = await targetsOf(id);
    await planner().plan(new Date(Date.now() + 35 * DAY_MS));
    const after = await targetsOf(id);
    expect(after.length).toBeGreaterThan(before.length);
    expect(after.slice(0, before.length)).toEqual(before);
  });

  it('that cannot be planned keeps no other from being planned, and says why', async () => {
    const [broken, fine] = [await recurring(), await recurring()];
    await database().affected(`update recurrence set rule = 'FREQ=NEVER' where post_id = $1`, [broken]);
    const before = (await targetsOf(fine)).length;
    await planner().plan(new Date(Date.now() + 50 * DAY_MS));
    expect((await targetsOf(fine)).length).toBeGreaterThan(before);
    const [row] = await database().rows<{ problem: string; later: boolean }>(
      `select problem, retry_at > now() as later from recurrence where post_id = $1`,
      [broken],
    );
    expect(row).toEqual({ problem: expect.stringContaining('FREQ=NEVER'), later: true });
  });

  it('is out of reach of another workspace', async () => {
    const id = await recurring();
    const tenant = { name: 'Other', region: 'us', timeZone: 'UTC' };
    const { body } = await send('POST', '/v1/workspaces', { body: tenant });
    const key = /prn_live_\w+/.exec(JSON.stringify(body))?.[0] ?? '';
    const path = `/v1/posts/${id}/recurrence`;
    const before = await targetsOf(id);
    const answers = await Promise.all([
      send('GET', path, { key }),
      send('DELETE', path, { key }),
      send('GET', `${path}/occurrences`, { key }),
      send('PATCH', at(id, 3), { key, body: { skipped: true } }),
      send('DELETE', at(id, 3), { key }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
    expect(await targetsOf(id)).toEqual(before);
  });

  it('is read with its ETag, and refuses an old copy', async () => {
    const id = await recurring({ rule: 'rrule:freq=weekly;byday=mo', rdates: [`${day(9)}T08:00`] });
    const read = await send('GET', `/v1/posts/${id}/recurrence`);
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
    expect((await send('GET', `/v1/posts/${id}/recurrence`)).status).toBe(404);
    expect(await targetsOf(id)).toEqual([]);
  });

  it('is evergreen', async () => {
    expect(await put(await post('one_shot'))).toMatchObject({ status: 409, body: { code: 'post.not_evergreen' } });
  });

  it('shows what clock changes do to a rule before anything is stored', async () => {
    const { status, body } = await send('POST', '/v1/recurrences/preview', {
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
    expect(items[0]).toMatchObject({
      state: 'planned',
      targets: [{ status: 'scheduled', accountId: accounts.tiktok }],
    });
    expect(items[39]).toMatchObject({ state: 'forecast' });
    expect(await list(id, `from=${day(5)}T00:00:00Z&to=${day(1)}T00:00:00Z`)).toMatchObject({
      code: 'request.bad_span',
    });
  });

  it('is foreseen in the calendar beyond the horizon', async () => {
    const id = await recurring();
    const span = `from=${day(70)}T00:00:00Z&to=${day(72)}T00:00:00Z&limit=100`;
    const { body } = await send('GET', `/v1/calendar?${span}&accountId=${accounts.tiktok}`);
    const mine = body.items.filter(({ postId }: { postId: string }) => postId === id);
    expect(mine).toMatchObject([
      {
        kind: 'forecast',
        source: 'rrule',
        at: `${day(70)}T12:00:00.000Z`,
        accountIds: [accounts.tiktok],
        localTime: expect.stringContaining(day(70)),
        caption: expect.stringMatching(/\S/),
      },
      { kind: 'forecast', source: 'rrule', at: `${day(71)}T12:00:00.000Z` },
    ]);
    expect((await send('GET', `/v1/calendar?${span}&accountId=${accounts.shorts}`)).body.items).toEqual(
      expect.not.arrayContaining([expect.objectContaining({ postId: id })]),
    );
  });
});
