import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { HorizonJob } from '../../src/planning/jobs/queues/horizon.job.js';
import { newId } from '../../src/kernel/ids.js';
import { Reservations } from '../../src/planning/domain/queues/reservations.port.js';
import type { RoomServer } from '../support/library.js';
import { addAccount, startPlanning, uploadClip } from '../support/planning.js';

interface Run {
  readonly occurrenceId: string;
  readonly postId: string;
  readonly at: Date;
  readonly account: string;
  readonly caption: string;
  readonly status: string;
  readonly localTime: string;
  readonly zone: string;
}

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];

describe('queues', () => {
  let rooms: RoomServer;
  let media: string;
  let reels: string;
  let telegram: string;
  let tag: string;
  let serial = 0;

  beforeAll(async () => {
    rooms = await startPlanning();
    media = await uploadClip(rooms);
    reels = await addAccount(rooms, 'reels');
    telegram = await addAccount(rooms, 'telegram');
  });
  afterAll(() => rooms.close());
  beforeEach(async () => {
    await rooms.db.database.affected('update queue set deleted_at = now()');
    await rooms.db.database.affected('delete from slot_account');
    await rooms.db.database.affected('delete from slot_reservation');
    await rooms.db.database.affected(`update target set status = 'cancelled' where status = 'scheduled'`);
    serial += 1;
    tag = `tag-${serial}`;
  });

  const evergreen = async (caption: string, rest: object = {}): Promise<string> => {
    const body = { kind: 'evergreen', caption, mediaIds: [media], tags: [tag], ...rest };
    const answer = await rooms.send('POST', '/v1/posts', { body });
    expect(answer).toMatchObject({ status: 201 });
    return answer.body.id;
  };
  const slots = (time = '18:30', days = EVERY_DAY) => days.map((dayOfWeek) => ({ dayOfWeek, time, categories: [tag] }));
  const createQueue = async (rest: object = {}) => {
    const body = {
      name: `Queue ${newId()}`,
      timezone: 'Europe/Paris',
      accountIds: [telegram],
      slots: slots(),
      ...rest,
    };
    const answer = await rooms.send('POST', '/v1/queues', { body });
    expect(answer).toMatchObject({ status: 201 });
    return answer.body as { id: string; slots: { id: string }[] };
  };
  const runs = (queueId: string) =>
    rooms.db.database.rows<Run>(
      `select t.occurrence_id as "occurrenceId", t.post_id as "postId", t.scheduled_at as at, t.account_id as account,
              t.content ->> 'caption' as caption, t.status, to_char(t.local_time, 'HH24:MI') as "localTime", t.zone
         from slot_reservation r join target t on t.occurrence_id = r.occurrence_id
        where r.queue_id = $1 and t.status <> 'cancelled' order by t.scheduled_at, t.account_id`,
      [queueId],
    );
  const act = (id: string, action: string, body: object = {}) =>
    rooms.send('POST', `/v1/queues/${id}/${action}`, { body });
  const planAll = () => rooms.app.get(HorizonJob, { strict: false }).runOnce();

  it('fills its slots up to the horizon at the right wall times, each post rested, and a second round adds nothing', async () => {
    for (let n = 0; n < 20; n += 1) await evergreen(`Post ${n}`);
    const { id } = await createQueue();
    const made = await runs(id);
    expect(made.length).toBeGreaterThanOrEqual(20);
    expect(new Set(made.map(({ localTime, zone }) => `${localTime} ${zone}`))).toEqual(new Set(['18:30 Europe/Paris']));
    expect(new Set(made.map(({ at }) => at.getTime())).size).toBe(made.length);
    expect(await planAll()).toBe(0);
    expect(await runs(id)).toEqual(made);
  });

  it('gives each slot once to 50 callers', async () => {
    const posts = await Promise.all([1, 2, 3].map((n) => evergreen(`Post ${n}`)));
    const { id } = await createQueue({ accountIds: [] });
    await rooms.send('PUT', `/v1/queues/${id}/accounts`, { body: { accountIds: [reels, telegram] } });
    await rooms.db.database.affected('delete from slot_account');
    await rooms.db.database.affected('delete from slot_reservation');
    await rooms.db.database.affected(`update target set status = 'cancelled' where post_id = any ($1::uuid[])`, [
      posts,
    ]);
    const answers = await Promise.all(Array.from({ length: 50 }, () => act(id, 'plan')));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    const made = await runs(id);
    expect(new Set(made.map(({ at, account }) => `${at.toISOString()} ${account}`)).size).toBe(made.length);
    const planned = answers.reduce((sum, { body }) => sum + body.planned, 0);
    expect(new Set(made.map(({ occurrenceId }) => occurrenceId)).size).toBe(planned);
    expect(planned).toBeGreaterThan(0);
  });

  it('lets the constraint decide: of 50 transactions that want one place, one gets it', async () => {
    const { id, slots: weekly } = await createQueue({ slots: slots('09:00', [1]) });
    const post = await evergreen('Wanted');
    const reservations = rooms.app.get(Reservations, { strict: false });
    const at = new Date('2999-01-07T08:00:00Z');
    const want = () =>
      rooms.db.database.run(async (tx) => {
        const occurrenceId = newId();
        const place = {
          slotId: weekly[0]?.id ?? '',
          localDate: '2999-01-07',
          at,
          accountIds: [telegram],
          why: 'Test.',
        };
        const got = await reservations.reserve(rooms.workspaceId, id, [{ ...place, occurrenceId }], tx);
        if (got.size > 0)
          await rooms.db.database.affected(
            `insert into occurrence (id, workspace_id, post_id, number, planned_at, source)
             values ($1, $2, $3, 1, $4, 'queue')`,
            [occurrenceId, rooms.workspaceId, post, at],
            tx,
          );
        return got.size;
      });
    const got = await Promise.all(Array.from({ length: 50 }, want));
    expect(got.reduce((sum, count) => sum + count, 0)).toBe(1);
  });

  it('replans what nobody touched when it changes, and leaves what a person locked', async () => {
    for (let n = 0; n < 4; n += 1) await evergreen(`Post ${n}`);
    const { id } = await createQueue();
    const before = await runs(id);
    const locked = before[2]?.occurrenceId ?? '';
    expect(await rooms.send('POST', `/v1/occurrences/${locked}/lock`)).toMatchObject({ status: 200 });
    expect(await rooms.send('PATCH', `/v1/queues/${id}`, { body: { slots: slots('07:15') } })).toMatchObject({
      status: 200,
    });
    const after = await runs(id);
    const kept = after.filter(({ localTime }) => localTime === '18:30');
    expect(kept.map(({ occurrenceId }) => occurrenceId)).toEqual([locked]);
    expect(after.length).toBeGreaterThan(1);
    expect(after.filter(({ localTime }) => localTime === '07:15').length).toBe(after.length - 1);
  });

  it('takes untouched runs back while it is paused, with the reason, and plans again when it is resumed', async () => {
    await evergreen('Post');
    const { id } = await createQueue();
    const before = await runs(id);
    const paused = await act(id, 'pause', { reason: 'Rebrand' });
    expect(paused).toMatchObject({ status: 200, body: { pauseReason: 'Rebrand', pausedAt: expect.any(String) } });
    expect(await runs(id)).toEqual([]);
    expect(await planAll()).toBe(0);
    await act(id, 'resume');
    expect((await runs(id)).map(({ at }) => at)).toEqual(before.map(({ at }) => at));
  });

  it('gives the turn of a run that an outage lost back, and goes on after a failure', async () => {
    const post = await evergreen('Once', { recycling: { expireCount: 1 } });
    const { id } = await createQueue();
    const [first, ...more] = await runs(id);
    expect(more).toEqual([]);
    await rooms.db.database.affected(`update target set status = 'missed' where occurrence_id = $1`, [
      first?.occurrenceId,
    ]);
    await planAll();
    const again = (await runs(id)).filter(({ status }) => status === 'scheduled');
    expect(again.map(({ postId }) => postId)).toEqual([post]);
    await rooms.db.database.affected(
      `update target set status = 'failed', error_category = 'user_content' where occurrence_id = $1`,
      [again[0]?.occurrenceId],
    );
    await planAll();
    expect((await runs(id)).filter(({ status }) => status === 'scheduled')).toEqual([]);
  });

  it('lets a post that lost its run go before others, in the next slot that nobody touched', async () => {
    for (let n = 0; n < 40; n += 1) await evergreen(`Post ${n}`);
    const { id } = await createQueue();
    const [first] = await runs(id);
    await rooms.db.database.affected(
      `update target set status = 'missed', scheduled_at = now() - interval '1 minute', updated_at = now()
        where occurrence_id = $1`,
      [first?.occurrenceId],
    );
    await planAll();
    const [next] = (await runs(id)).filter(({ status }) => status === 'scheduled');
    expect(next?.postId).toBe(first?.postId);
  });

  it('frees the slots of a post that is paused or deleted for others', async () => {
    const [one, other] = [await evergreen('One'), await evergreen('Other')];
    const { id } = await createQueue();
    expect(new Set((await runs(id)).map(({ postId }) => postId))).toEqual(new Set([one, other]));
    await rooms.send('POST', `/v1/posts/${one}/pause`);
    await rooms.send('DELETE', `/v1/posts/${other}`);
    const third = await evergreen('Third');
    await planAll();
    expect(new Set((await runs(id)).map(({ postId }) => postId))).toEqual(new Set([third]));
  });

  it('rotates the wordings of a post, never the same twice running, and keeps them through an edit', async () => {
    const post = await evergreen('Own words', {
      recycling: { cooldownDays: 1, contentVariations: [{ caption: 'Other words' }, { hashtags: ['tea'] }] },
    });
    const { id } = await createQueue();
    const captions = (await runs(id)).map(({ caption }) => caption);
    expect(new Set(captions)).toEqual(new Set(['Own words', 'Other words', 'Own words\n\n#tea']));
    expect(captions.every((caption, index) => caption !== captions[index + 1])).toBe(true);
    expect(await rooms.send('PATCH', `/v1/posts/${post}`, { body: { caption: 'New words' } })).toMatchObject({
      status: 200,
    });
    expect((await runs(id)).map(({ caption }) => caption)).toEqual(
      captions.map((caption) => caption.replace('Own words', 'New words')),
    );
  });

  it('shows targets, forecast and empty slots in one calendar, and previews a change without a write', async () => {
    const post = await evergreen('Post', { recycling: { gap: 10, gapFreq: 'day' } });
    const { id } = await createQueue({ timezone: 'UTC' });
    const to = new Date(Date.now() + 60 * 86_400_000).toISOString();
    const kinds: string[] = [];
    for (let cursor: string | undefined, more = true; more; more = cursor !== undefined) {
      const query = `to=${to}&limit=40${cursor ? `&cursor=${cursor}` : ''}`;
      const { body } = await rooms.send('GET', `/v1/calendar?${query}`);
      const own = body.items.filter((item: { queueId?: string }) => item.queueId === id);
      expect(own.every(({ why }: { why: string }) => why.length > 10)).toBe(true);
      expect(own.every((item: { kind: string; caption?: string }) => !!item.caption === (item.kind !== 'empty'))).toBe(
        true,
      );
      kinds.push(...own.map(({ kind }: { kind: string }) => kind));
      cursor = body.nextCursor;
    }
    expect(kinds.filter((kind) => kind === 'target').length).toBeGreaterThan(0);
    expect(kinds.filter((kind) => kind === 'forecast').length).toBeGreaterThan(0);
    expect(kinds.filter((kind) => kind === 'empty').length).toBeGreaterThan(0);
    const before = await runs(id);
    const preview = await act(id, 'preview', { to, change: { slots: slots('06:00') } });
    const times = preview.body.planned.map(
      ({ postId, at }: { postId: string; at: string }) => `${postId} ${at.slice(11)}`,
    );
    expect(new Set(times)).toEqual(new Set([`${post} 06:00:00.000Z`]));
    expect(await runs(id)).toEqual(before);
  });

  it('refuses what cannot be at its place, and stores nothing of it', async () => {
    const stranger = newId();
    const body = {
      name: 'Odd',
      timezone: 'Europe/Atlantis',
      accountIds: [stranger],
      slots: [
        { dayOfWeek: 1, time: '25:00' },
        { dayOfWeek: 2, time: '10:00' },
        { dayOfWeek: 2, time: '10:00' },
      ],
    };
    const answer = await rooms.send('POST', '/v1/queues', { body });
    expect(answer).toMatchObject({ status: 400, body: { code: 'queue.unknown_zone' } });
    expect(answer.body.errors.map(({ field }: { field: string }) => field)).toEqual([
      'timezone',
      'slots.0.time',
      'slots.2',
      'accountIds.0',
    ]);
    const { timezone: _, slots: __, ...rest } = body;
    const foreign = await rooms.send('POST', '/v1/queues', { body: rest });
    expect(foreign).toMatchObject({ status: 404, body: { code: 'account.not_found' } });
    expect((await rooms.send('GET', '/v1/queues')).body.items).toEqual([]);
    const post = await evergreen('Post');
    const odd = await rooms.send('PATCH', `/v1/posts/${post}/recycling`, { body: { gap: 0 } });
    expect(odd).toMatchObject({ status: 400, body: { errors: [{ field: 'gap' }] } });
    const echo = await rooms.send('PUT', `/v1/posts/${post}/variations`, {
      body: { variations: [{ caption: 'Post' }] },
    });
    expect(echo).toMatchObject({ status: 400, body: { code: 'variation.duplicate' } });
    const endless = await act((await createQueue()).id, 'preview', { to: '2999-01-01T00:00:00Z' });
    expect(endless).toMatchObject({ status: 400, body: { code: 'calendar.bad_span' } });
  });

  it('keeps recycling settings of a post over those of its category', async () => {
    const post = await evergreen('Post');
    const path = `/v1/categories/${tag}/recycling`;
    await rooms.send('PATCH', path, { body: { gap: 2, gapFreq: 'week', expireCount: 5 } });
    await rooms.send('PATCH', `/v1/posts/${post}/recycling`, { body: { gap: 3 } });
    const { body } = await rooms.send('GET', `/v1/posts/${post}/recycling`);
    expect(body).toMatchObject({ recycling: { gap: 3 }, effective: { gap: 3, gapFreq: 'day', expireCount: 5 } });
    expect(body.duplicateRules).toContainEqual(expect.objectContaining({ platform: 'shorts', cooldownDays: 90 }));
    expect((await rooms.send('PATCH', path, { body: { gap: null, expireCount: null } })).body).toEqual({
      category: tag,
      recycling: {},
    });
  });

  it('replans what waits for an approval, and leaves what a person approved', async () => {
    const setRule = (needsApproval: boolean) =>
      rooms.send('PUT', '/v1/approval-rules/workspace', { body: { needsApproval } });
    expect((await setRule(true)).status).toBeLessThan(300);
    for (let n = 0; n < 3; n += 1) await evergreen(`Post ${n}`);
    const { id } = await createQueue();
    const [first] = await runs(id);
    const [target] = await rooms.db.database.rows<{ id: string }>('select id from target where occurrence_id = $1', [
      first?.occurrenceId,
    ]);
    expect(first?.status).toBe('held');
    expect(await rooms.send('POST', `/v1/targets/${target?.id}/approve`, { body: {} })).toMatchObject({ status: 200 });
    await rooms.send('PUT', `/v1/queues/${id}/slots`, { body: { slots: slots('07:15') } });
    await setRule(false);
    const after = await runs(id);
    const kept = after.filter(({ localTime }) => localTime === '18:30');
    expect(kept.map(({ occurrenceId }) => occurrenceId)).toEqual([first?.occurrenceId]);
    expect(after.length).toBeGreaterThan(1);
  });
});
