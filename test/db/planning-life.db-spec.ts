import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RoomServer } from '../support/library.js';
import { addAccount, startPlanning, uploadClip } from '../support/planning.js';

const LATER = '2999-07-01T10:00:00Z';

describe('the life of a post over HTTP', () => {
  let rooms: RoomServer;
  let media: string;
  let tiktok: string;
  let shorts: string;

  beforeAll(async () => {
    rooms = await startPlanning();
    media = await uploadClip(rooms);
    tiktok = await addAccount(rooms, 'tiktok');
    shorts = await addAccount(rooms, 'shorts');
  });
  afterAll(() => rooms.close());

  const create = async (rest: object = {}) => {
    const answer = await rooms.send('POST', '/v1/posts', { body: { caption: 'Tea', mediaIds: [media], ...rest } });
    expect(answer.status).toBe(201);
    return answer.body;
  };
  const on = (...ids: string[]) => ({ targets: ids.map((accountId) => ({ accountId, scheduledAt: LATER })) });
  const patch = (id: string, body: object, headers: Record<string, string> = {}) =>
    rooms.send('PATCH', `/v1/posts/${id}`, { body, headers });
  const act = (id: string, action: string, body?: object) =>
    rooms.send('POST', `/v1/posts/${id}/${action}`, body ? { body } : {});
  const captions = async (id: string) =>
    (
      await rooms.db.database.rows<{ caption: string }>(
        `select content ->> 'caption' as caption from target where post_id = $1 order by platform`,
        [id],
      )
    ).map(({ caption }) => caption);
  const setStatus = (postId: string, status: string, platform = '%') =>
    rooms.db.database.affected(
      `update target set status = $2, next_check_at = case when $2 = 'unconfirmed' then now() end
        where post_id = $1 and platform like $3`,
      [postId, status, platform],
    );

  it('gives new words to the targets that wait, under a new version', async () => {
    const { id } = await create(on(tiktok, shorts));
    const changed = await patch(
      id,
      { caption: 'Better tea', variants: { shorts: { caption: 'Short tea' } } },
      { 'if-match': '"1"' },
    );
    expect(changed).toMatchObject({ status: 200, body: { caption: 'Better tea', version: 2, status: 'scheduled' } });
    expect(changed.headers.get('etag')).toBe('"2"');
    expect(await captions(id)).toEqual(['Short tea', 'Better tea']);
    expect(await patch(id, { caption: 'Old copy' }, { 'if-match': '"1"' })).toMatchObject({
      status: 412,
      body: { code: 'post.changed', currentETag: '"2"' },
    });
  });

  it("refuses words that a waiting target's platform would refuse, and changes nothing", async () => {
    const { id } = await create(on(tiktok));
    const answer = await patch(id, { caption: 'x'.repeat(2_201) });
    expect(answer).toMatchObject({
      status: 400,
      body: { code: 'content.invalid', errors: [{ field: 'caption', limit: 2_200 }] },
    });
    expect(await captions(id)).toEqual(['Tea']);
    expect((await rooms.send('GET', `/v1/posts/${id}`)).body.version).toBe(1);
  });

  it('is too late to change or delete a post when everything is going out', async () => {
    const { id } = await create(on(tiktok));
    await setStatus(id, 'publishing');
    expect(await patch(id, { caption: 'Late' })).toMatchObject({ status: 409, body: { code: 'target.too_late' } });
    expect(await rooms.send('DELETE', `/v1/posts/${id}`)).toMatchObject({
      status: 409,
      body: { code: 'target.too_late' },
    });
    expect((await rooms.send('GET', `/v1/posts/${id}`)).body).toMatchObject({ caption: 'Tea', status: 'publishing' });
  });

  it('deletes a post, cancels what waits, frees its video', async () => {
    const clip = await uploadClip(rooms, 'knot-of-the-day.mp4');
    const { id } = await create({ ...on(tiktok, shorts), mediaIds: [clip] });
    expect(await rooms.send('DELETE', `/v1/media/${clip}`)).toMatchObject({
      status: 409,
      body: { posts: 1, targets: 2 },
    });
    expect((await rooms.send('DELETE', `/v1/posts/${id}`)).status).toBe(204);
    expect((await rooms.send('GET', `/v1/posts/${id}`)).status).toBe(404);
    const rows = await rooms.db.database.rows(`select distinct status from target where post_id = $1`, [id]);
    expect(rows).toEqual([{ status: 'cancelled' }]);
    expect((await rooms.send('DELETE', `/v1/media/${clip}`)).status).toBe(204);
  });

  it('runs a draft once, and a one-shot never twice', async () => {
    const { id } = await create();
    expect(await act(id, 'runs', {})).toMatchObject({ status: 400, body: { code: 'schedule.no_targets' } });
    expect(await act(id, 'runs', on(tiktok))).toMatchObject({ status: 201, body: { status: 'scheduled' } });
    expect(await act(id, 'runs', on(shorts))).toMatchObject({ status: 409, body: { code: 'post.not_evergreen' } });
  });

  it('runs an evergreen post again and again, but not while it is paused', async () => {
    const { id } = await create({ kind: 'evergreen', recycling: { gap: 1, gapFreq: 'week' }, ...on(tiktok) });
    const again = await act(id, 'runs', { publishNow: true, targets: [{ accountId: shorts }] });
    expect(again.body.targets).toHaveLength(2);
    expect(new Set(again.body.targets.map((target: { occurrenceId: string }) => target.occurrenceId)).size).toBe(2);
    expect(await act(id, 'pause')).toMatchObject({ status: 200, body: { pausedAt: expect.any(String) } });
    expect(await act(id, 'runs', on(tiktok))).toMatchObject({ status: 409, body: { code: 'post.paused' } });
    expect((await act(id, 'resume')).body).not.toHaveProperty('pausedAt');
    expect((await act(id, 'runs', on(tiktok))).status).toBe(201);
  });

  it('never freezes old words into a run that races with a change', async () => {
    const { id } = await create({ kind: 'evergreen' });
    for (let round = 1; round <= 5; round += 1) {
      const caption = `Round ${round}`;
      const [run, change] = await Promise.all([act(id, 'runs', on(tiktok)), patch(id, { caption })]);
      expect([run.status, change.status]).toEqual([201, 200]);
      expect(new Set(await captions(id))).toEqual(new Set([caption]));
    }
  });

  it('retries what failed and says so when nothing did', async () => {
    const { id } = await create(on(tiktok, shorts));
    expect(await act(id, 'retry')).toMatchObject({ status: 409, body: { code: 'post.nothing_to_retry' } });
    await setStatus(id, 'failed', 'tiktok');
    const { status, body } = await act(id, 'retry');
    expect(status).toBe(200);
    expect(body.targets.map((target: { status: string }) => target.status)).toEqual(['scheduled', 'scheduled']);
  });

  it('lists by kind, tag and status in pages', async () => {
    const tag = 'listed';
    const made = [];
    for (const rest of [{}, on(tiktok), {}, { kind: 'evergreen' }])
      made.push((await create({ tags: [tag], ...rest })).id);
    const list = async (query: string) => (await rooms.send('GET', `/v1/posts?tag=${tag}&${query}`)).body;
    const ids = (page: { items: { id: string }[] }) => page.items.map(({ id }) => id);
    expect(ids(await list(''))).toEqual(made.toReversed());
    expect(ids(await list('status=draft'))).toEqual([made[3], made[2], made[0]]);
    expect(ids(await list('status=draft&kind=one_shot'))).toEqual([made[2], made[0]]);
    const first = await list('status=draft&limit=2');
    expect(ids(first)).toEqual([made[3], made[2]]);
    expect(ids(await list(`status=draft&limit=2&cursor=${first.nextCursor}`))).toEqual([made[0]]);
    expect(ids(await list('to=2001-01-01T00:00:00Z'))).toEqual([]);
    expect((await rooms.send('GET', '/v1/posts?from=yesterday')).status).toBe(400);
  });

  it('tells which waiting targets an outage would strand', async () => {
    const { id } = await create(on(tiktok));
    const { status, body } = await rooms.send('GET', '/v1/readiness');
    expect(status).toBe(200);
    expect(body).toMatchObject({ ready: false, complete: true });
    expect(body.accounts.map((account: { id: string }) => account.id).sort()).toEqual([tiktok, shorts].sort());
    expect(body.exposed).toContainEqual(expect.objectContaining({ postId: id, accountId: tiktok, fallbacks: [] }));
    expect(body.exposedAccounts.map(({ accountId }: { accountId: string }) => accountId)).toEqual([tiktok, shorts]);
    expect(body.nextSteps).toContainEqual(expect.objectContaining({ code: 'add_fallback', accountId: tiktok }));
  });

  it('warns at scheduling of fallbacks that could not take the post, and names tokens that will not last', async () => {
    const sky = await addAccount(rooms, 'skylight');
    const made = await rooms.send('POST', '/v1/routes', { body: { scope: 'workspace', fallbacks: [sky] } });
    const long = { caption: 'x'.repeat(400) };
    const warned = { field: 'targets.0', code: 'fallback.content_refused', message: expect.stringContaining('300') };
    const post = await create({ ...on(tiktok), ...long });
    expect(post.warnings).toEqual([warned]);
    expect(
      (await rooms.send('POST', '/v1/posts/validate', { body: { ...long, mediaIds: [media], ...on(tiktok) } })).body,
    ).toMatchObject({ valid: true, warnings: [warned] });
    const fitting = { ...long, variants: { skylight: { caption: 'Short' } } };
    expect(await create({ ...on(tiktok), ...fitting })).not.toHaveProperty('warnings');
    await rooms.db.database.affected(
      `update account set token_expires_at = now() + interval '1 minute' where id = $1`,
      [shorts],
    );
    const { body } = await rooms.send('GET', '/v1/readiness');
    expect(body.exposed).toContainEqual(
      expect.objectContaining({ postId: post.id, fallbacks: [{ accountId: sky, fault: 'content_refused' }] }),
    );
    expect(body.tokens).toEqual([{ accountId: shorts, risk: 'overdue', expiresAt: expect.any(String) }]);
    expect(body.nextSteps.map(({ code }: { code: string }) => code)).toEqual(
      expect.arrayContaining(['renew_token', 'add_variant']),
    );
    await rooms.send('DELETE', `/v1/routes/${made.body.id}`);
  });
});
