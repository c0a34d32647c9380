import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ExpireApprovals } from '../../src/publishing/application/approvals/expire-approvals.js';
import type { RoomServer } from '../support/library.js';
import { addAccount, startPlanning, uploadClip } from '../support/planning.js';

const LATER = '2999-07-01T10:00:00.000Z';

describe('approvals over HTTP', () => {
  let rooms: RoomServer;
  let media: string;
  let strict: string;
  let free: string;
  let keys: Record<'editor' | 'approver', string>;

  beforeAll(async () => {
    rooms = await startPlanning();
    media = await uploadClip(rooms);
    strict = await addAccount(rooms, 'tiktok');
    free = await addAccount(rooms, 'reels');
    const keyWith = async (scopes: string[]) =>
      (await rooms.send('POST', '/v1/api-keys', { body: { name: 'k', scopes } })).body.key as string;
    keys = {
      editor: await keyWith(['posts:read', 'posts:write']),
      approver: await keyWith(['posts:read', 'posts:approve']),
    };
    await rooms.send('PUT', `/v1/approval-rules/accounts/${strict}`, { body: { needsApproval: true } });
  });
  afterAll(() => rooms.close());

  const create = async (rest: object = {}) => {
    const targets = [{ accountId: strict }, { accountId: free }];
    const body = { caption: 'Tea', mediaIds: [media], scheduledAt: LATER, targets, ...rest };
    return (await rooms.send('POST', '/v1/posts', { body, key: keys.editor })).body;
  };
  const targetOn = (post: { targets: { accountId: string }[] }, account = strict) =>
    post.targets.find(({ accountId }) => accountId === account) as unknown as { id: string; status: string };
  const read = async (postId: string) => (await rooms.send('GET', `/v1/posts/${postId}`)).body;
  const approve = (id: string, body: object = {}, key = keys.approver) =>
    rooms.send('POST', `/v1/targets/${id}/approve`, { body, key });

  it('are asked for on the accounts that need them, and shown in the answer', async () => {
    const post = await create();
    expect(post.status).toBe('scheduled');
    const held = { status: 'held', holdReason: 'approval', approval: 'waiting' };
    expect(targetOn(post)).toMatchObject(held);
    expect(targetOn(post, free)).toMatchObject({ status: 'scheduled' });
    expect(await read(post.id)).toMatchObject({ status: 'scheduled', targets: post.targets });
  });

  it('are given by those who may, about the words they saw, once however often it is sent', async () => {
    const post = await create({ caption: 'Seen words' });
    const { id } = targetOn(post);
    expect((await approve(id, {}, keys.editor)).body).toMatchObject({ code: 'key.scope_missing' });
    const { items } = (await rooms.send('GET', '/v1/approvals?limit=100', { key: keys.approver })).body;
    const item = items.find(({ targetId }: { targetId: string }) => targetId === id);
    expect(item).toMatchObject({ caption: 'Seen words', waitsUntil: expect.any(String), accountId: strict });
    await rooms.send('PATCH', `/v1/posts/${post.id}`, { body: { caption: 'Other words' }, key: keys.editor });
    const { contentHash } = item;
    expect(await approve(id, { contentHash })).toMatchObject({
      status: 412,
      body: { code: 'approval.content_changed' },
    });
    expect(await approve(id)).toMatchObject({ status: 200, body: { status: 'scheduled', approval: 'given' } });
    expect((await approve(id)).status).toBe(200);
  });

  it('are needed again after the words changed, not after anything else', async () => {
    const post = await create();
    await rooms.send('POST', `/v1/posts/${post.id}/approve`, { key: keys.approver });
    await rooms.send('PATCH', `/v1/posts/${post.id}`, { body: { caption: 'Tea' }, key: keys.editor });
    expect(targetOn(await read(post.id))).toMatchObject({ status: 'scheduled', approval: 'given' });
    await rooms.send('PATCH', `/v1/posts/${post.id}`, { body: { caption: 'Coffee' }, key: keys.editor });
    expect(targetOn(await read(post.id))).toMatchObject({ status: 'held', approval: 'waiting' });
    const history = (await rooms.send('GET', `/v1/targets/${targetOn(post).id}/approvals`)).body.items;
    expect(history.map(({ action }: { action: string }) => action)).toEqual(['requested', 'given', 'requested']);
  });

  it('are refused with a word why, and taken back, for a whole post', async () => {
    const post = await create();
    const act = (what: string, body?: object) =>
      rooms.send('POST', `/v1/posts/${post.id}/${what}`, { key: keys.approver, ...(body ? { body } : {}) });
    expect((await act('reject', {})).status).toBe(400);
    expect((await act('reject', { comment: 'Too loud' })).status).toBe(200);
    const rejected = (await rooms.send('GET', '/v1/approvals?state=rejected')).body.items;
    expect(rejected).toContainEqual(expect.objectContaining({ postId: post.id, lastComment: 'Too loud' }));
    await act('approve');
    expect(targetOn(await read(post.id)).status).toBe('scheduled');
    expect((await act('withdraw-approval', { comment: 'Wait' })).status).toBe(200);
    expect(targetOn(await read(post.id)).status).toBe('held');
    expect(targetOn(await read(post.id), free).status).toBe('scheduled');
    await rooms.send('POST', `/v1/targets/${targetOn(post).id}/cancel`, { key: keys.editor });
    expect((await act('approve')).body).toMatchObject({ code: 'approval.nothing_to_decide' });
  });

  it('are waited for again when a person sends again what was missed without one', async () => {
    const post = await create();
    const { id } = targetOn(post);
    await rooms.db.database.affected(
      `update target set hold_until = now(), due_at = now(), stale_at = now() where id = $1`,
      [id],
    );
    expect(await rooms.app.get(ExpireApprovals, { strict: false }).runOnce()).toBe(1);
    expect(targetOn(await read(post.id)).status).toBe('missed');
    await rooms.send('POST', `/v1/posts/${post.id}/retry`, { key: keys.editor });
    expect(targetOn(await read(post.id))).toMatchObject({ status: 'held', approval: 'waiting' });
    expect((await approve(id)).body).toMatchObject({ status: 'scheduled', approval: 'given' });
  });

  it('are given to many at once, each for itself', async () => {
    const posts = await Promise.all([create(), create()]);
    const ids = posts.map((post) => targetOn(post).id);
    const items = [...ids, targetOn(posts[0], free).id].map((targetId) => ({ targetId }));
    const send = (verdict: string, rest: object = {}) =>
      rooms.send('POST', '/v1/approvals', { key: keys.approver, body: { verdict, items, ...rest } });
    expect((await send('reject')).body).toMatchObject({ code: 'approval.comment_missing' });
    const { body } = await send('approve');
    expect(new Set(body.changed)).toEqual(new Set(ids));
    expect(body.refused).toMatchObject([{ code: 'approval.not_needed' }]);
  });

  it('follow the account’s rule, else the workspace’s', async () => {
    const rule = (path: string, body: object) => rooms.send('PUT', `/v1/approval-rules/${path}`, { body });
    await rule('workspace', { needsApproval: true, onDeadline: 'miss' });
    await rule(`accounts/${strict}`, { needsApproval: false });
    const post = await create();
    expect(targetOn(post).status).toBe('scheduled');
    expect(targetOn(post, free)).toMatchObject({ status: 'held', holdUntil: LATER });
    expect((await rooms.send('GET', '/v1/approval-rules')).body.items).toHaveLength(2);
    expect((await rooms.send('DELETE', `/v1/approval-rules/accounts/${strict}`)).status).toBe(204);
    expect(targetOn(await create()).status).toBe('held');
    expect((await rule(`accounts/${post.id}`, { needsApproval: true })).body.code).toBe('account.not_found');
    expect((await rooms.send('PUT', '/v1/approval-rules/workspace', { body: {}, key: keys.editor })).status).toBe(403);
  });
});
