import { describe, expect, it } from '@jest/globals';
import { newId } from '../../src/kernel/ids.js';
import { Reservations } from '../../src/planning/domain/queues/reservations.port.js';
import { withQueues } from '../support/queues.js';

describe('queues', () => {
  const { ours, evergreen, slots, createQueue, runs, act, planAll, send, database, part, workspaceId } = withQueues();

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
    await send('PUT', `/v1/queues/${id}/accounts`, { body: { accountIds: [ours.reels, ours.telegram] } });
    await database().affected('delete from slot_account');
    await database().affected('delete from slot_reservation');
    await database().affected(`update target set status = 'cancelled' where post_id = any ($1::uuid[])`, [posts]);
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
    const reservations = part(Reservations);
    const at = new Date('2999-01-07T08:00:00Z');
    const want = () =>
      database().run(async (tx) => {
        const occurrenceId = newId();
        const place = {
          slotId: weekly[0]?.id ?? '',
          localDate: '2999-01-07',
          at,
          accountIds: [ours.telegram],
          why: 'Test.',
        };
        const got = await reservations.reserve(workspaceId(), id, [{ ...place, occurrenceId }], tx);
        if (got.size > 0)
          await database().affected(
            `insert into occurrence (id, workspace_id, post_id, number, planned_at, source)
             values ($1, $2, $3, 1, $4, 'queue')`,
            [occurrenceId, workspaceId(), post, at],
            tx,
          );
        return got.size;
      });
    const got = await Promise.all(Array.from({ length: 50 }, want));
    expect(got.reduce((sum, count) => sum + count, 0)).toBe(1);
  });

  it('gives the turn of a run that an outage lost back, and goes on after a failure', async () => {
    const post = await evergreen('Once', { recycling: { expireCount: 1 } });
    const { id } = await createQueue();
    const [first, ...more] = await runs(id);
    expect(more).toEqual([]);
    await database().affected(`update target set status = 'missed' where occurrence_id = $1`, [first?.occurrenceId]);
    await planAll();
    const again = (await runs(id)).filter(({ status }) => status === 'scheduled');
    expect(again.map(({ postId }) => postId)).toEqual([post]);
    await database().affected(
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
    await database().affected(
      `update target set status = 'missed', scheduled_at = now() - interval '1 minute', updated_at = now()
        where occurrence_id = $1`,
      [first?.occurrenceId],
    );
    await planAll();
    const [next] = (await runs(id)).filter(({ status }) => status === 'scheduled');
    expect(next?.postId).toBe(first?.postId);
  });

  it('rotates the wordings of a post, never the same twice running, and keeps them through an edit', async () => {
    const post = await evergreen('Own words', {
      recycling: { cooldownDays: 1, contentVariations: [{ caption: 'Other words' }, { hashtags: ['tea'] }] },
    });
    const { id } = await createQueue();
    const captions = (await runs(id)).map(({ caption }) => caption);
    expect(new Set(captions)).toEqual(new Set(['Own words', 'Other words', 'Own words\n\n#tea']));
    expect(captions.every((caption, index) => caption !== captions[index + 1])).toBe(true);
    expect(await send('PATCH', `/v1/posts/${post}`, { body: { caption: 'New words' } })).toMatchObject({
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
      const { body } = await send('GET', `/v1/calendar?${query}`);
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
      ({ postId, caption, at }: { postId: string; caption: string; at: string }) =>
        `${postId} ${caption} ${at.slice(11)}`,
    );
    expect(new Set(times)).toEqual(new Set([`${post} Post 06:00:00.000Z`]));
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
    const answer = await send('POST', '/v1/queues', { body });
    expect(answer).toMatchObject({ status: 400, body: { code: 'queue.unknown_zone' } });
    expect(answer.body.errors.map(({ field }: { field: string }) => field)).toEqual([
      'timezone',
      'slots.0.time',
      'slots.2',
      'accountIds.0',
    ]);
    const { timezone: _, slots: __, ...rest } = body;
    const foreign = await send('POST', '/v1/queues', { body: rest });
    expect(foreign).toMatchObject({ status: 404, body: { code: 'account.not_found' } });
    expect((await send('GET', '/v1/queues')).body.items).toEqual([]);
    const post = await evergreen('Post');
    const odd = await send('PATCH', `/v1/posts/${post}/recycling`, { body: { gap: 0 } });
    expect(odd).toMatchObject({ status: 400, body: { errors: [{ field: 'gap' }] } });
    const echo = await send('PUT', `/v1/posts/${post}/variations`, {
      body: { variations: [{ caption: 'Post' }] },
    });
    expect(echo).toMatchObject({ status: 400, body: { code: 'variation.duplicate' } });
    const endless = await act((await createQueue()).id, 'preview', { to: '2999-01-01T00:00:00Z' });
    expect(endless).toMatchObject({ status: 400, body: { code: 'calendar.bad_span' } });
  });

  it('keeps recycling settings of a post over those of its category', async () => {
    const post = await evergreen('Post');
    const path = `/v1/categories/${ours.tag}/recycling`;
    await send('PATCH', path, { body: { gap: 2, gapFreq: 'week', expireCount: 5 } });
    await send('PATCH', `/v1/posts/${post}/recycling`, { body: { gap: 3 } });
    const { body } = await send('GET', `/v1/posts/${post}/recycling`);
    expect(body).toMatchObject({ recycling: { gap: 3 }, effective: { gap: 3, gapFreq: 'day', expireCount: 5 } });
    expect(body.duplicateRules).toContainEqual(expect.objectContaining({ platform: 'shorts', cooldownDays: 90 }));
    expect((await send('PATCH', path, { body: { gap: null, expireCount: null } })).body).toEqual({
      category: ours.tag,
      recycling: {},
    });
  });
});
