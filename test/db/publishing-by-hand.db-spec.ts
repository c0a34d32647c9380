import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RoomServer } from '../support/library.js';
import { addAccount, startPlanning, uploadClip } from '../support/planning.js';

describe('publishing switched and moved by hand', () => {
  let rooms: RoomServer;
  let media: string;
  let tiktok: string;

  beforeAll(async () => {
    rooms = await startPlanning();
    media = await uploadClip(rooms);
    tiktok = await addAccount(rooms, 'tiktok');
  });
  afterAll(() => rooms.close());

  const post = (path: string, body?: object, headers: Record<string, string> = {}) =>
    rooms.send('POST', path, { ...(body ? { body } : {}), headers });
  const create = async (caption = 'Tea') => {
    const targets = [{ accountId: tiktok }];
    const answer = await post('/v1/posts', { caption, mediaIds: [media], publishNow: true, targets });
    expect(answer.status).toBe(201);
    return { postId: answer.body.id as string, targetId: answer.body.targets[0].id as string };
  };
  const target = async (id: string) => (await rooms.send('GET', `/v1/targets/${id}`)).body;
  const audited = async () =>
    (
      await rooms.db.database.rows<{ action: string }>(
        `select action from audit_entry where action like any(array['%.paused', '%.resumed']) order by id`,
      )
    ).map(({ action }) => action);

  it('pauses and resumes everything there is a switch for, tells how many wait, and writes down who did it', async () => {
    const { postId, targetId } = await create();
    const paths = ['/v1/workspace', '/v1/platforms/tiktok', `/v1/accounts/${tiktok}`, `/v1/posts/${postId}`];
    for (const path of paths) {
      const paused = await post(`${path}/pause`, { reason: 'Recall' });
      expect(paused).toMatchObject({ status: 200, body: { held: 1, tooLate: 0, released: 0 } });
      expect(await target(targetId)).toMatchObject({ status: 'held', holdReason: 'paused' });
      expect((await post(`${path}/pause`)).body).toMatchObject({ held: 1 });
      expect((await rooms.send('GET', '/v1/pauses')).body.items).toHaveLength(1);
      expect(await post(`${path}/resume`)).toMatchObject({ status: 200, body: { held: 0, released: 1 } });
      expect(await target(targetId)).toMatchObject({ status: 'scheduled' });
    }
    expect((await rooms.send('GET', '/v1/pauses')).body.items).toEqual([]);
    expect([...new Set(await audited())]).toEqual(
      ['workspace', 'platform', 'account', 'post'].flatMap((what) => [`${what}.paused`, `${what}.resumed`]),
    );
    const { body } = await rooms.send('GET', `/v1/targets/${targetId}/events`);
    expect(body.items[1].reasons[0].text).toBe(
      'A person paused the whole workspace; the post waits until it is resumed. Reason: Recall',
    );
  });

  it('pauses a platform for everybody only with an operator key, and knows its platforms', async () => {
    const made = await post('/v1/api-keys', { name: 'Editor', scopes: ['posts:write'] });
    const key = made.body.key as string;
    const everywhere = { body: { scope: 'instance' } };
    for (const action of ['pause', 'resume'])
      expect(await rooms.send('POST', `/v1/platforms/tiktok/${action}`, { ...everywhere, key })).toMatchObject({
        status: 403,
        body: { code: 'pause.needs_operator' },
      });
    expect(await post('/v1/platforms/tiktok/pause', everywhere.body)).toMatchObject({
      status: 200,
      body: { paused: true },
    });
    expect((await rooms.send('GET', '/v1/pauses')).body.items).toMatchObject([
      { scope: 'platform', instanceWide: true },
    ]);
    await post('/v1/platforms/tiktok/resume', everywhere.body);
    expect((await post('/v1/platforms/vine/pause')).status).toBe(404);
    expect((await post('/v1/platforms/tiktok/pause', { scope: 'all' })).status).toBe(400);
    expect((await post('/v1/workspace/pause', { reason: '' })).status).toBe(400);
    expect((await rooms.send('GET', '/v1/pauses')).body.items).toEqual([]);
  });

  it('lists what is paused page by page, with who did it and why, and tells those who follow', async () => {
    const events = (after: number) =>
      rooms.db.database.rows<{ id: number }>(
        `select id::int, type, workspace_id as "workspaceId", payload from event
          where id > $1 and type like any(array['workspace.%', 'platform.%']) order by id`,
        [after],
      );
    const before = (await events(0)).at(-1)?.id ?? 0;
    const { postId } = await create();
    const everywhere = { scope: 'instance' };
    for (const _ of [1, 2]) await post('/v1/workspace/pause', { reason: 'Recall' });
    await post('/v1/platforms/reels/pause', everywhere);
    await post(`/v1/accounts/${tiktok}/pause`, { reason: 'Audit' });
    await post(`/v1/posts/${postId}/pause`, { reason: 'Typo' });
    const pages = (query: string) => rooms.send('GET', `/v1/pauses?${query}`);
    const [actor, pausedAt] = [expect.stringMatching(/^key:/), expect.any(String)];
    const first = (await pages('limit=3')).body;
    expect(first.items).toEqual([
      { scope: 'post', instanceWide: false, postId, reason: 'Typo', actor, pausedAt },
      {
        scope: 'account',
        instanceWide: false,
        platform: 'tiktok',
        accountId: tiktok,
        reason: 'Audit',
        actor,
        pausedAt,
      },
      { scope: 'platform', instanceWide: true, platform: 'reels', pausedAt },
    ]);
    const { body: last } = await pages(`limit=3&cursor=${first.nextCursor}`);
    expect(last).toEqual({ items: [{ scope: 'workspace', instanceWide: false, reason: 'Recall', actor, pausedAt }] });
    expect((await pages('scope=account')).body.items).toHaveLength(1);
    expect((await pages('scope=all')).body.code).toBe('request.invalid');
    for (const path of ['/v1/workspace', `/v1/accounts/${tiktok}`, `/v1/posts/${postId}`]) await post(`${path}/resume`);
    await post('/v1/platforms/reels/resume', everywhere);
    const { workspaceId } = rooms;
    const ofAll = { scope: 'platform', platform: 'reels' };
    expect(await events(before)).toMatchObject([
      {
        type: 'workspace.paused',
        workspaceId,
        payload: { scope: 'workspace', platform: null, reason: 'Recall', actor },
      },
      { type: 'platform.paused', workspaceId: null, payload: ofAll },
      { type: 'workspace.resumed', workspaceId },
      { type: 'platform.resumed', workspaceId: null, payload: ofAll },
    ]);
  });

  it('answers a repeated key as the first time', async () => {
    await create();
    const key = { 'idempotency-key': 'pause-1' };
    const first = await post('/v1/workspace/pause', {}, key);
    await post('/v1/workspace/resume');
    expect((await post('/v1/workspace/pause', {}, key)).body).toEqual(first.body);
    expect((await rooms.send('GET', '/v1/pauses')).body.items).toEqual([]);
  });

  it('moves a target only to an account that can take it, and says what to do', async () => {
    const { targetId } = await create('x'.repeat(400));
    const move = (accountId: string) => post(`/v1/targets/${targetId}/reroute`, { accountId });
    const skylight = await addAccount(rooms, 'skylight');
    const refused = await move(skylight);
    expect(refused).toMatchObject({ status: 422, body: { code: 'target.does_not_fit' } });
    expect(refused.body.errors[0]).toMatchObject({ field: 'caption', limit: 300 });
    const reels = await addAccount(rooms, 'reels', 'paused');
    expect(await move(reels)).toMatchObject({ status: 409, body: { code: 'target.account_not_active' } });
    await post(`/v1/accounts/${reels}/resume`);
    await post('/v1/platforms/reels/pause');
    expect(await move(reels)).toMatchObject({ status: 409, body: { code: 'target.destination_paused' } });
    await post('/v1/platforms/reels/resume');
    await rooms.db.database.affected(
      `insert into quota_window (scope, scope_id, kind, window_start, limit_n, resets_at)
       values ('account', $1, 'reported', now(), 0, now() + interval '1 hour')`,
      [reels],
    );
    expect(await move(reels)).toMatchObject({ status: 409, body: { code: 'target.no_quota' } });
    expect(await move(tiktok)).toMatchObject({ status: 409, body: { code: 'target.account_taken' } });
    expect(await target(targetId)).toMatchObject({ status: 'scheduled' });
    await rooms.db.database.affected(`delete from quota_window where scope_id = $1`, [reels]);
    expect((await move(reels)).status).toBe(201);
  });

  it('moves no more of a platform to an account than its quota holds', async () => {
    const reels = await addAccount(rooms, 'reels');
    await post('/v1/routes', { scope: 'workspace', fallbacks: [reels] });
    await rooms.db.database.affected(`update target set status = 'cancelled' where status in ('scheduled', 'held')`);
    await create();
    await create();
    const plan = (await post('/v1/reroutes', { platform: 'tiktok', dryRun: true })).body;
    expect(plan.moves).toHaveLength(2);
    await rooms.db.database.affected(
      `insert into quota_window (scope, scope_id, kind, window_start, limit_n, resets_at, used)
       values ('account', $1, 'reported', now(), 0, now() + interval '1 hour', 0)`,
      [reels],
    );
    expect((await post('/v1/reroutes', { platform: 'tiktok' })).body).toMatchObject({
      moves: [],
      without: [{}, {}].map(() => expect.any(String)),
    });
  });
});
