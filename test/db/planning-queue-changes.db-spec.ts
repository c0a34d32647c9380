import { describe, expect, it } from '@jest/globals';
import { withQueues } from '../support/queues.js';

describe('queues that change', () => {
  const { evergreen, slots, createQueue, runs, act, planAll, send, database } = withQueues();

  it('replans what nobody touched when it changes, and leaves what a person locked', async () => {
    for (let n = 0; n < 4; n += 1) await evergreen(`Post ${n}`);
    const { id } = await createQueue();
    const before = await runs(id);
    const locked = before[2]?.occurrenceId ?? '';
    expect(await send('POST', `/v1/occurrences/${locked}/lock`)).toMatchObject({ status: 200 });
    expect(await send('PATCH', `/v1/queues/${id}`, { body: { slots: slots('07:15') } })).toMatchObject({
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

  it('frees the slots of a post that is paused or deleted for others', async () => {
    const [one, other] = [await evergreen('One'), await evergreen('Other')];
    const { id } = await createQueue();
    expect(new Set((await runs(id)).map(({ postId }) => postId))).toEqual(new Set([one, other]));
    await send('POST', `/v1/posts/${one}/pause`);
    await send('DELETE', `/v1/posts/${other}`);
    const third = await evergreen('Third');
    await planAll();
    expect(new Set((await runs(id)).map(({ postId }) => postId))).toEqual(new Set([third]));
  });

  it('replans what waits for an approval, and leaves what a person approved', async () => {
    const setRule = (needsApproval: boolean) =>
      send('PUT', '/v1/approval-rules/workspace', { body: { needsApproval } });
    expect((await setRule(true)).status).toBeLessThan(300);
    for (let n = 0; n < 3; n += 1) await evergreen(`Post ${n}`);
    const { id } = await createQueue();
    const [first] = await runs(id);
    const [target] = await database().rows<{ id: string }>('select id from target where occurrence_id = $1', [
      first?.occurrenceId,
    ]);
    expect(first?.status).toBe('held');
    expect(await send('POST', `/v1/targets/${target?.id}/approve`, { body: {} })).toMatchObject({ status: 200 });
    await send('PUT', `/v1/queues/${id}/slots`, { body: { slots: slots('07:15') } });
    await setRule(false);
    const after = await runs(id);
    const kept = after.filter(({ localTime }) => localTime === '18:30');
    expect(kept.map(({ occurrenceId }) => occurrenceId)).toEqual([first?.occurrenceId]);
    expect(after.length).toBeGreaterThan(1);
  });
});
