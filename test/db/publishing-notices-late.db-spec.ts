import { describe, expect, it } from '@jest/globals';
import { EventOutbox } from '../../src/infra/outbox/event-outbox.js';
import { newId } from '../../src/kernel/ids.js';
import type { PlatformNotice } from '../../src/platforms/domain/platform-webhook.js';
import type { ArmedRef } from '../../src/publishing/domain/targets/target-record.js';
import { whileTikTokTells } from '../support/notices.js';

describe('what TikTok tells of a run that is thought to be over', () => {
  const { world, attempted, rowsOf, about, tell, hurry, verdictOf, arm, database, firing, apply } = whileTikTokTells();

  /** The same run on the same account once more, as failback plans it. */
  const seedCatchUp = async (originId: string): Promise<string> => {
    const id = newId();
    await database().affected(
      `insert into target (id, workspace_id, post_id, occurrence_id, account_id, platform, role, root_id, status,
              scheduled_at, due_at, local_time, zone, stale_at, content, content_hash, media_id)
       select $2, workspace_id, post_id, occurrence_id, account_id, platform, 'catch_up', id, 'scheduled',
              scheduled_at, due_at, local_time, zone, stale_at, content, content_hash, media_id
         from target where id = $1`,
      [originId, id],
    );
    return id;
  };

  it('takes back the catch-up of a run that is live after all', async () => {
    const ref = await attempted('disproved', 'rerouted');
    const catchUp = await seedCatchUp(ref.targetId);
    const armed = await arm(catchUp);
    const notice: PlatformNotice = { ...about(), kind: 'published', handle: ref.handle };
    await tell(notice);
    expect(await rowsOf(ref)).toMatchObject({ status: 'published', state: 'adopted' });
    expect(await firing().intend(armed)).toEqual([]);
    expect(await database().row(`select status from target where id = $1`, [catchUp])).toEqual({
      status: 'cancelled',
    });
    expect(await verdictOf(notice)).toBe('applied');
  });

  it('waits for the catch-up whose call runs, and gives up after three days', async () => {
    const ref = await attempted('disproved', 'rerouted');
    const armed = await arm(await seedCatchUp(ref.targetId));
    await firing().markPublishing(await firing().intend(armed));
    const notice: PlatformNotice = { ...about(), kind: 'published', handle: ref.handle };
    await tell(notice);
    expect(await verdictOf(notice)).toBeNull();
    world.now = new Date(Date.now() + 73 * 3_600_000);
    await hurry();
    await apply().runOnce();
    expect(await verdictOf(notice)).toBe('expired');
    expect(await rowsOf(ref)).toMatchObject({ status: 'rerouted', state: 'disproved' });
  });

  const duplicatesOf = (ref: ArmedRef) =>
    database().rows<{ id: string | null }>(
      `select platform_post_id as id from target_duplicate where target_id = $1 and attempt_id = $2`,
      [ref.targetId, ref.attemptId],
    );
  it('reports the first copy when it proves live beside the second, once, and learns its id later', async () => {
    const ref = await attempted('disproved', 'publishing');
    await database().affected(
      `update target set status = 'published', platform_handle = 'of the second try', platform_post_id = $2 where id = $1`,
      [ref.targetId, newId()],
    );
    await tell({ ...about(), kind: 'published', handle: ref.handle }, 2);
    await tell({ ...about(), kind: 'available', handle: ref.handle, platformPostId: '7460000000000000333' });
    expect(await duplicatesOf(ref)).toEqual([{ id: '7460000000000000333' }]);
  });

  it('knows a post that a person named by its id, whatever the handle', async () => {
    const ref = await attempted('adopted', 'publishing');
    const postId = '7460000000000000444';
    await database().affected(
      `update target set status = 'published', platform_handle = 'link:x', platform_post_id = $2 where id = $1`,
      [ref.targetId, postId],
    );
    const identity = await database().row<{ external_id: string }>(
      `select i.external_id from account a join platform_identity i on i.id = a.identity_id where a.id = $1`,
      [world.seeded.accountId],
    );
    const of = { ...about(), externalId: identity?.external_id ?? '', handle: 'never seen', platformPostId: postId };
    const gone: PlatformNotice = { ...of, kind: 'gone' };
    await tell(gone);
    expect(await verdictOf(gone)).toBe('applied');
    const available: PlatformNotice = { ...of, key: newId(), kind: 'available' };
    await tell(available);
    expect(await verdictOf(available)).toBe('ignored');
    expect(await duplicatesOf(ref)).toEqual([]);
  });

  it('tells once that a live post is gone, and only when it was known to be live', async () => {
    const ref = await attempted('processing');
    const gone: PlatformNotice = {
      ...about(),
      kind: 'gone',
      handle: ref.handle,
      platformPostId: '7460000000000000222',
    };
    await tell(gone);
    expect(await verdictOf(gone)).toBeNull();
    await tell({ ...about(), kind: 'published', handle: ref.handle });
    await hurry();
    await apply().runOnce();
    await tell(gone);
    const events = await database().rows(`select 1 from event where type = 'post.gone' and subject_id = $1`, [
      ref.targetId,
    ]);
    expect(events).toHaveLength(1);
    expect(await rowsOf(ref)).toMatchObject({ status: 'published' });
  });

  it('does not call a post gone that another publish of its target made', async () => {
    const ref = await attempted('processing');
    await tell({ ...about(), kind: 'published', handle: ref.handle });
    await database().affected(`update target set platform_handle = 'of the second try' where id = $1`, [ref.targetId]);
    const gone: PlatformNotice = { ...about(), kind: 'gone', handle: ref.handle, platformPostId: '746' };
    await tell(gone);
    expect(await database().rows(`select 1 from event where subject_id = $1`, [ref.targetId])).toEqual([]);
    expect(await verdictOf(gone)).toBe('ignored');
  });

  it('takes the account of a lost consent out, unless it was connected again since', async () => {
    const identity = await database().row<{ external_id: string }>(
      `select i.external_id from account a join platform_identity i on i.id = a.identity_id where a.id = $1`,
      [world.seeded.accountId],
    );
    const externalId = identity?.external_id ?? '';
    const lostConsent = (at: Date): PlatformNotice => ({
      ...about(),
      externalId,
      at,
      kind: 'consent_lost',
      reason: 'user_disconnected',
    });
    await tell(lostConsent(new Date(Date.now() - 60_000)));
    expect(world.lost).toEqual([world.seeded.accountId]);
    const { accountId } = world.seeded;
    const payload = { accountId, platform: 'tiktok', region: 'us', displayName: 'A', status: 'active' };
    await database().run((tx) =>
      new EventOutbox(database()).append(
        [
          {
            workspaceId: world.seeded.workspaceId,
            type: 'account.connected',
            subjectId: world.seeded.accountId,
            payload,
          },
        ],
        tx,
      ),
    );
    await tell(lostConsent(new Date(Date.now() - 30_000)));
    expect(world.lost).toEqual([world.seeded.accountId]);
  });
});
