import { describe, expect, it } from '@jest/globals';
import { TIKTOK_FAIL_REASONS } from '../../src/platforms/adapters/tiktok/tiktok.errors.map.js';
import { failed } from '../../src/platforms/adapters/tiktok/tiktok.reading.js';
import type { PlatformNotice } from '../../src/platforms/domain/platform-webhook.js';
import { whileTikTokTells } from '../support/notices.js';

describe('what TikTok tells by itself', () => {
  const { world, attempted, rowsOf, about, tell, hurry, verdictOf, arm, database, firing, apply } = whileTikTokTells();

  it('confirms an accepted post, and adopts one in doubt', async () => {
    const accepted = await attempted('processing');
    await tell({ ...about(), kind: 'published', handle: accepted.handle });
    expect(await rowsOf(accepted)).toEqual({ status: 'published', id: null, state: 'published' });
    const doubtful = await attempted('unknown', 'unconfirmed');
    await tell({ ...about(), kind: 'available', handle: doubtful.handle, platformPostId: '7460000000000000999' });
    expect(await rowsOf(doubtful)).toEqual({ status: 'published', id: '7460000000000000999', state: 'adopted' });
  });

  it('applies repetitions once and any order to the same end', async () => {
    const ref = await attempted('processing');
    const published: PlatformNotice = { ...about(), kind: 'published', handle: ref.handle };
    await tell({ ...about(), kind: 'available', handle: ref.handle, platformPostId: '7460000000000000111' }, 2);
    await tell(published, 2);
    await tell({ ...about(), kind: 'available', handle: ref.handle, platformPostId: '7460000000000000111' });
    expect(await rowsOf(ref)).toEqual({ status: 'published', id: '7460000000000000111', state: 'published' });
    expect(await verdictOf(published)).toBe('ignored');
    const moves = await database().rows(`select 1 from target_event where target_id = $1 and to_status = 'published'`, [
      ref.targetId,
    ]);
    expect(moves).toHaveLength(1);
  });

  it('keeps an event that outran our own row, and drops it after three days', async () => {
    const ref = await attempted('processing');
    const early: PlatformNotice = { ...about(), kind: 'published', handle: 'not-saved-yet' };
    const stray: PlatformNotice = { ...about(), kind: 'published', handle: 'of-nobody' };
    await tell(stray);
    await tell(early);
    expect(await verdictOf(early)).toBeNull();
    await database().affected(`update attempt set handle = 'not-saved-yet' where id = $1`, [ref.attemptId]);
    world.now = new Date(Date.now() + 73 * 3_600_000);
    await hurry();
    await apply().runOnce();
    expect(await rowsOf(ref)).toMatchObject({ status: 'published' });
    expect([await verdictOf(early), await verdictOf(stray)]).toEqual(['applied', 'expired']);
  });

  it('leaves a call that still runs to its worker', async () => {
    const ref = await attempted('intended');
    const notice: PlatformNotice = { ...about(), kind: 'published', handle: ref.handle };
    await tell(notice);
    expect(await rowsOf(ref)).toMatchObject({ status: 'publishing', state: 'intended' });
    await database().affected(`update attempt set state = 'processing' where id = $1`, [ref.attemptId]);
    await hurry();
    await apply().runOnce();
    expect(await rowsOf(ref)).toMatchObject({ status: 'published', state: 'published' });
  });

  it.each([...TIKTOK_FAIL_REASONS, ['never_documented', undefined] as const])(
    '%s settles by its row',
    async (reason, row) => {
      const ref = await attempted('processing');
      await tell({ ...about(), kind: 'failed', handle: ref.handle, reason, outcome: failed(reason, world.now) });
      const resent = { status: 'scheduled', state: 'disproved' };
      expect(await rowsOf(ref)).toMatchObject(row === 'absent' ? resent : { status: 'failed', state: 'rejected' });
    },
  );

  it('stops the second try of a post that is live after all', async () => {
    const ref = await attempted('disproved', 'scheduled');
    await database().affected(`update target set version = 2, due_at = now() + interval '1 minute' where id = $1`, [
      ref.targetId,
    ]);
    const armed = await arm(ref.targetId, 2);
    await tell({ ...about(), kind: 'published', handle: ref.handle });
    expect(await rowsOf(ref)).toMatchObject({ status: 'published', state: 'adopted' });
    expect(await firing().intend(armed)).toEqual([]);
  });

  it('leaves no trace of a look that failed in the middle, and settles at the next', async () => {
    const ref = await attempted('disproved');
    await database().affected(
      `update target set status = 'held', hold_reason = 'platform', hold_until = now(), version = 2 where id = $1`,
      [ref.targetId],
    );
    world.fault = new Error('the database went away');
    await tell({ ...about(), kind: 'published', handle: ref.handle });
    world.fault = undefined;
    await hurry();
    await apply().runOnce();
    expect(await rowsOf(ref)).toMatchObject({ status: 'published', state: 'adopted' });
  });

  it('gives a notice up that fails for three days', async () => {
    const ref = await attempted('processing');
    const notice: PlatformNotice = { ...about(), kind: 'published', handle: ref.handle };
    world.fault = new Error('a bug of ours');
    await tell(notice);
    expect(await verdictOf(notice)).toBeNull();
    world.now = new Date(Date.now() + 73 * 3_600_000);
    await hurry();
    await apply().runOnce();
    expect(await verdictOf(notice)).toBe('expired');
  });
});
