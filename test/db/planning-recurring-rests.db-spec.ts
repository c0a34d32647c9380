import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DAY_MS } from '../../src/kernel/durations.js';
import { PlanRecurrences } from '../../src/planning/application/recurring/plan-recurrences.js';
import { LookBeforeSend } from '../../src/publishing/application/reconcile/look-before-send.js';
import type { RoomServer } from '../support/library.js';
import { addAccount, startPlanning, uploadClip } from '../support/planning.js';

const day = (n: number) => new Date(Date.now() + n * DAY_MS).toISOString().slice(0, 10);

interface Listed {
  readonly localTime: string;
  readonly state: string;
  readonly why?: string;
  readonly variation?: number;
}

describe('a recurring post that rests, rotates its words or ends', () => {
  let rooms: RoomServer;
  let media: string;
  let skylight: string;
  let reels: string;
  let planner: PlanRecurrences;

  beforeAll(async () => {
    rooms = await startPlanning();
    media = await uploadClip(rooms);
    skylight = await addAccount(rooms, 'skylight');
    reels = await addAccount(rooms, 'reels');
    planner = rooms.app.get(PlanRecurrences, { strict: false });
  });
  afterAll(() => rooms.close());

  const recurring = async (recycling: object, accounts = [skylight], more: object = {}): Promise<string> => {
    const post = { caption: 'Tea', kind: 'evergreen', mediaIds: [media], recycling, ...more };
    const { body } = await rooms.send('POST', '/v1/posts', { body: post });
    const rule = { rule: 'FREQ=DAILY', start: `${day(1)}T12:00`, timezone: 'UTC' };
    const targets = accounts.map((accountId) => ({ accountId }));
    const set = await rooms.send('PUT', `/v1/posts/${body.id}/recurrence`, { body: { ...rule, targets } });
    expect(set.status).toBe(200);
    return body.id;
  };
  const runs = (id: string) =>
    rooms.db.database.rows<{ day: string; variation: number; caption: string; account: string; target: string }>(
      `select to_char(t.local_time, 'YYYY-MM-DD') as day, o.variation::int, t.content->>'caption' as caption,
              t.account_id as account, t.id as target
         from target t join occurrence o on o.id = t.occurrence_id
        where t.post_id = $1 and t.status = 'scheduled' order by t.scheduled_at, t.account_id`,
      [id],
    );
  const list = async (id: string, limit = 6): Promise<readonly Listed[]> =>
    (await rooms.send('GET', `/v1/posts/${id}/recurrence/occurrences?limit=${limit}`)).body.items;
  const occurrence = (id: string, n: number) => `/v1/posts/${id}/recurrence/occurrences/${day(n)}T12:00`;
  const wordings = [{ caption: 'Green tea' }, { caption: 'Black tea' }];

  it('says its wordings in turn, over what is planned and what is foreseen', async () => {
    const id = await recurring({ contentVariations: wordings });
    const captions = (await runs(id)).map(({ caption }) => caption);
    expect(captions.slice(0, 4)).toEqual(['Tea', 'Green tea', 'Black tea', 'Tea']);
    captions.slice(1).forEach((caption, index) => expect(caption).not.toBe(captions[index]));
    const to = `${day(45)}T00:00:00Z`;
    const { body } = await rooms.send('GET', `/v1/calendar?from=${day(40)}T00:00:00Z&to=${to}&limit=100`);
    const mine = body.items.filter(
      ({ postId, kind }: { postId: string; kind: string }) => postId === id && kind === 'forecast',
    );
    const turns = mine.map(({ variation }: { variation: number }) => variation);
    expect(turns.length).toBeGreaterThan(3);
    turns.slice(1).forEach((turn: number, index: number) => expect(turn).not.toBe(turns[index]));
    expect(new Set(turns).size).toBe(3);
  });

  it('passes by a wording that one of its platforms refuses', async () => {
    const id = await recurring({ contentVariations: [{ caption: 'x'.repeat(400) }, wordings[0]] });
    const captions = (await runs(id)).slice(0, 3).map(({ caption }) => caption);
    expect(captions).toEqual(['Tea', 'Green tea', 'Tea']);
  });

  it('keeps its words apart when a person skips a run between two, and when they bring it back', async () => {
    const id = await recurring({ contentVariations: [wordings[0]] });
    const said = async () => (await runs(id)).map(({ caption }) => caption);
    const before = await said();
    await rooms.send('PATCH', occurrence(id, 3), { body: { skipped: true } });
    const skipped = await said();
    skipped.slice(1).forEach((caption, index) => expect(caption).not.toBe(skipped[index]));
    await rooms.send('DELETE', occurrence(id, 3));
    expect(await said()).toEqual(before);
  });

  it('leaves out what comes before its rest is over, account by account, and says why', async () => {
    const id = await recurring({ cooldownDays: { skylight: 3 } }, [skylight, reels]);
    const on = async (account: string) =>
      (await runs(id)).filter((run) => run.account === account).map((run) => run.day);
    expect((await on(skylight)).slice(0, 3)).toEqual([day(1), day(4), day(7)]);
    expect((await on(reels)).slice(0, 3)).toEqual([day(1), day(2), day(3)]);
    const alone = await recurring({ gap: 2, gapFreq: 'day' });
    const items = await list(alone);
    expect(items.map(({ state }) => state)).toEqual([
      ...['planned', 'left_out', 'planned', 'left_out', 'planned', 'left_out'],
    ]);
    expect(items[0]?.why).toBe('Recurs by FREQ=DAILY in UTC.');
    expect(items[1]?.why).toContain(`The post ran on ${day(1)} and rests until ${day(3)} (gap).`);
  });

  it('ends after its last run and goes on when it may have more', async () => {
    const id = await recurring({ expireCount: 2 });
    expect((await runs(id)).map((run) => run.day)).toEqual([day(1), day(2)]);
    expect((await list(id))[2]).toMatchObject({ state: 'left_out', why: expect.stringContaining('expireCount') });
    await rooms.send('PATCH', `/v1/posts/${id}/recycling`, { body: { expireCount: 4 } });
    await rooms.db.database.affected(`update recurrence set planned_until = null where post_id = $1`, [id]);
    await planner.plan(new Date(Date.now() + 20 * DAY_MS));
    expect((await runs(id)).map((run) => run.day)).toEqual([day(1), day(2), day(3), day(4)]);
  });

  it('goes on a day after a run that an outage took: that cost neither turn, nor count, nor rest', async () => {
    const id = await recurring({ cooldownDays: { skylight: 3 }, expireCount: 3 });
    const [lost] = await runs(id);
    await rooms.db.database.affected(
      `update target set status = 'missed', scheduled_at = now() - interval '1 hour' where id = $1`,
      [lost?.target],
    );
    await rooms.db.database.affected(`update recurrence set planned_until = null where post_id = $1`, [id]);
    await planner.plan(new Date(Date.now() + 20 * DAY_MS));
    expect((await runs(id)).map((run) => run.day)).toEqual([day(2), day(5), day(8)]);
  });

  it('moves what is planned when its zone gets other rules', async () => {
    const id = await recurring({});
    const before = await runs(id);
    // As a run that was planned by older rules of the zone: an hour off, under another fingerprint.
    await rooms.db.database.affected(
      `update recurrence_run set fingerprint = 'older rules', at = at + interval '1 hour'
        where occurrence_id = (select occurrence_id from target where id = $1)`,
      [before[4]?.target],
    );
    await rooms.db.database.affected(`update recurrence set planned_until = null where post_id = $1`, [id]);
    await planner.plan(new Date(Date.now() + 20 * DAY_MS));
    const after = await runs(id);
    expect(after.map((run) => run.day)).toEqual(before.map((run) => run.day));
    expect(after[4]?.target).not.toBe(before[4]?.target);
    expect(after.filter((_, index) => index !== 4)).toEqual(before.filter((_, index) => index !== 4));
  });

  it('warns of runs that are nearer than a platform likes, and takes the rule at its word', async () => {
    const post = { caption: 'Often', kind: 'evergreen', mediaIds: [media] };
    const { body } = await rooms.send('POST', '/v1/posts', { body: post });
    const tiktok = await addAccount(rooms, 'tiktok');
    const rule = { rule: 'FREQ=DAILY', start: `${day(1)}T12:00`, timezone: 'UTC', targets: [{ accountId: tiktok }] };
    const set = await rooms.send('PUT', `/v1/posts/${body.id}/recurrence`, { body: rule });
    expect(set.body.warnings).toEqual([
      expect.objectContaining({
        code: 'recurrence.close_runs',
        field: 'targets.0',
        message: expect.stringContaining('7 days'),
      }),
    ]);
    expect((await runs(body.id)).length).toBeGreaterThan(27);
  });

  it('goes out once after a downtime of days: what is overdue is missed, all but the latest', async () => {
    const id = await recurring({});
    const planned = (await runs(id)).slice(0, 5);
    // Days pass while nothing of ours runs: the last of them was due an hour ago, whatever time of day it is now.
    await rooms.db.database.affected(
      `with gone as (select max(scheduled_at) - now() + interval '1 hour' as long from target where id = any ($1::uuid[]))
       update target set scheduled_at = scheduled_at - long, stale_at = stale_at - long, due_at = due_at - long
         from gone where id = any ($1::uuid[])`,
      [planned.map(({ target }) => target)],
    );
    const looks = rooms.app.get(LookBeforeSend, { strict: false });
    for (let round = 0; round < planned.length; round += 1) {
      await looks.runOnce();
      await rooms.db.database.affected(
        `update target set due_at = now() where status = 'held' and hold_reason = 'overdue'`,
      );
    }
    const statuses = await rooms.db.database.rows<{ status: string }>(
      `select status from target where id = any ($1::uuid[]) order by scheduled_at`,
      [planned.map(({ target }) => target)],
    );
    expect(statuses.map(({ status }) => status)).toEqual([
      'missed',
      'missed',
      'missed',
      'missed',
      expect.not.stringMatching('missed'),
    ]);
  });
});
