import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '../../src/kernel/ids.js';
import type { ArmedRef } from '../../src/publishing/domain/targets/target-record.js';
import { TargetReaderRepository } from '../../src/publishing/infrastructure/targets/target-reader.repository.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';
import { seedWorkspace, type SeededWorkspace } from '../support/rows.js';
import { truthDesk } from '../support/truth.js';

const linkOf = (id: string): string => `https://www.tiktok.com/@mara/video/${id}`;

describe('a person resolves a doubt', () => {
  let db: TestDatabase;
  let desk: ReturnType<typeof truthDesk>;
  let seeded: SeededWorkspace;
  let postId: string;

  beforeAll(async () => {
    db = await createTestDatabase();
    desk = truthDesk(db.database);
    await desk.start();
  });
  afterAll(() => db.drop());
  beforeEach(async () => {
    seeded = await seedWorkspace(db.database);
    postId = String(7_460_000_000_000_000_000n + BigInt(Math.floor(Math.random() * 1e15)));
  });

  const say = (ref: Pick<ArmedRef, 'targetId'>, found?: string, workspaceId = seeded.workspaceId) =>
    db.database.run((tx) =>
      desk.resolve.execute(
        { workspaceId, targetId: ref.targetId, actor: 'key:mara', ...(found === undefined ? {} : { found }) },
        tx,
      ),
    );
  const rowsOf = (ref: ArmedRef) =>
    db.database.row(
      `select t.status, t.late, t.version, t.platform_post_id as id, t.permalink, a.state, a.evidence
         from target t join attempt a on a.id = $2 where t.id = $1`,
      [ref.targetId, ref.attemptId],
    );
  const refused = (code: string) => expect.objectContaining({ code });

  it.each(['needs_decision', 'unconfirmed'])(
    'found: a target that was %s is live, late, with its link',
    async (status) => {
      const ref = await desk.attempted(seeded, 'unknown', status);
      await say(ref, `${linkOf(postId)}?from=app`);
      expect(await rowsOf(ref)).toMatchObject({
        status: 'published',
        late: true,
        id: postId,
        permalink: linkOf(postId),
        state: 'adopted',
      });
    },
  );

  it('absent: it is sent again at once, and the word stays on the attempt', async () => {
    const ref = await desk.attempted(seeded, 'unknown', 'needs_decision');
    await say(ref);
    expect(await rowsOf(ref)).toMatchObject({
      status: 'scheduled',
      version: 2,
      state: 'disproved',
      evidence: { override: { by: 'key:mara', said: 'absent', at: expect.any(String) } },
    });
    const { armed } = await desk.arm(ref.targetId, 2);
    expect(await desk.firing.intend(armed)).toHaveLength(1);
  });

  it('absent: past its freshness it is missed, and with a replacement that carries it it is rerouted', async () => {
    const stale = await desk.attempted(seeded, 'unknown', 'needs_decision');
    await db.database.affected(`update target set stale_at = now() where id = $1`, [stale.targetId]);
    await say(stale);
    expect(await rowsOf(stale)).toMatchObject({ status: 'missed', state: 'disproved' });
    const carrier = await desk.attempted(seeded, 'published', 'published');
    const moved = await desk.attempted(seeded, 'unknown', 'unconfirmed');
    await db.database.affected(`update target set replacement_id = $2 where id = $1`, [
      moved.targetId,
      carrier.targetId,
    ]);
    await say(moved);
    expect(await rowsOf(moved)).toMatchObject({ status: 'rerouted' });
  });

  it('refuses a link of another platform, one that another target owns, and a doubt that is over', async () => {
    const owner = await desk.attempted(seeded, 'published', 'published');
    await db.database.affected(`update target set platform_post_id = $2 where id = $1`, [owner.targetId, postId]);
    const ref = await desk.attempted(seeded, 'unknown', 'needs_decision');
    await expect(say(ref, 'https://youtu.be/dQw4w9WgXcQ')).rejects.toEqual(refused('target.not_its_link'));
    await expect(say(ref, linkOf(postId))).rejects.toEqual(refused('target.post_owned'));
    await expect(say(owner)).rejects.toEqual(refused('target.not_possible'));
    expect(await rowsOf(ref)).toMatchObject({ status: 'needs_decision', state: 'unknown', evidence: {} });
  });

  it('refuses to hear "absent" while the call may still land, and any word about other tenants', async () => {
    const ref = await desk.attempted(seeded, 'unknown', 'unconfirmed');
    await db.database.affected(`update attempt set call_deadline_at = now() + interval '1 minute' where id = $1`, [
      ref.attemptId,
    ]);
    await expect(say(ref)).rejects.toEqual(refused('target.too_early'));
    await expect(say(ref, linkOf(postId), newId())).rejects.toEqual(refused('target.not_found'));
  });

  it('looks for the first copy after "absent", and reports it beside the second', async () => {
    const ref = await desk.attempted(seeded, 'unknown', 'needs_decision');
    await say(ref);
    await db.database.affected(
      `update target set status = 'published', platform_handle = 'second', platform_post_id = $2 where id = $1`,
      [ref.targetId, newId()],
    );
    await desk.secondLooks.runOnce();
    desk.shown.check = { kind: 'published', platformPostId: postId, permalink: linkOf(postId) };
    await hurry(ref);
    await desk.secondLooks.runOnce();
    await hurry(ref);
    await desk.secondLooks.runOnce();
    desk.shown.check = { kind: 'inconclusive' };
    const reader = new TargetReaderRepository(db.database);
    const [summary] = await reader.byIds(seeded.workspaceId, [ref.targetId]);
    expect(summary?.duplicates).toEqual([
      { platformPostId: postId, permalink: linkOf(postId), foundAt: expect.stringMatching(/^\d{4}-.*Z$/) },
    ]);
    expect(await reader.attempts(seeded.workspaceId, ref.targetId)).toMatchObject([
      { override: { said: 'absent' }, secondCopy: { platformPostId: postId } },
    ]);
    const history = await reader.history(seeded.workspaceId, ref.targetId);
    expect(history.filter(({ cause }) => cause === 'second_copy_found')).toMatchObject([
      { from: 'published', to: 'published' },
    ]);
    expect(await told(ref)).toHaveLength(1);
  });

  it('adopts the first copy as late when no other try is live, and stops what was about to be sent', async () => {
    const ref = await desk.attempted(seeded, 'disproved', 'scheduled');
    await db.database.affected(`update target set version = 2 where id = $1`, [ref.targetId]);
    const { armed } = await desk.arm(ref.targetId, 2);
    await desk.secondLooks.runOnce();
    await hurry(ref);
    desk.shown.find = { kind: 'listed', posts: [{ platformPostId: postId, caption: 'Hi', createdAt: new Date() }] };
    await db.database.affected(`update attempt set state = 'abandoned' where id = $1`, [armed[0]?.attemptId]);
    await desk.secondLooks.runOnce();
    desk.shown.find = { kind: 'listed', posts: [] };
    expect(await rowsOf(ref)).toMatchObject({ status: 'published', late: true, id: postId, state: 'adopted' });
    expect(await desk.firing.intend(armed)).toEqual([]);
  });

  /** The planned look is due now. */
  const hurry = (ref: ArmedRef) =>
    db.database.affected(`update attempt set second_look_at = now() where id = $1 and second_look_at is not null`, [
      ref.attemptId,
    ]);
  const told = (ref: ArmedRef) =>
    db.database.rows(`select 1 from event where type = 'post.duplicated' and subject_id = $1`, [ref.targetId]);
});
