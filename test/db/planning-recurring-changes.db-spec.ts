import { describe, expect, it } from '@jest/globals';
import { DAY_MS } from '../../src/kernel/durations.js';
import { day, withRecurringPosts } from '../support/recurring.js';

describe('a post that recurs, changed', () => {
  const stage = withRecurringPosts();
  const { put, recurring, at, change, targetsOf, waiting, list, planner, database, send } = stage;

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
    for (const n of [2, 3, 4]) expect((await send('DELETE', at(id, n))).status).toBe(204);
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
    await database().affected(`update target set status = 'publishing' where id = $1`, [third?.id]);
    const name = third?.day ?? '';
    const path = `/v1/posts/${id}/recurrence/occurrences/`;
    expect(await send('PATCH', path + name, { body: { skipped: true } })).toMatchObject({
      status: 409,
      body: { code: 'recurrence.run_touched' },
    });
    expect(await send('PATCH', `${path}${day(3)}T12:01`, { body: { skipped: true } })).toMatchObject({
      status: 404,
    });
    expect(await send('PATCH', `${path}noon`, { body: { skipped: true } })).toMatchObject({ status: 400 });
    const changes = await database().rows(
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
    expect(
      await planner()
        .plan(new Date(Date.now() + 60 * DAY_MS))
        .then(() => waiting(id)),
    ).toEqual([]);
    await put(id);
    expect(await waiting(id)).toHaveLength(count);
    const [first] = await waiting(id);
    await database().affected(`update target set status = 'publishing' where id = $1`, [first?.id]);
    expect((await send('DELETE', `/v1/posts/${id}/recurrence`)).status).toBe(204);
    expect(await waiting(id)).toEqual([]);
    expect((await send('GET', `/v1/posts/${id}/recurrence`)).body.code).toBe('recurrence.not_found');
    await put(id);
    expect((await waiting(id)).map((target) => target.day)).not.toContain(first?.day);
    expect(await waiting(id)).toHaveLength(count - 1);
  });
});
