import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { PlatformRegistry } from '../../src/platforms/index.js';
import type { CommitOutcome, RemoveOutcome } from '../../src/platforms/domain/publish-outcome.js';
import { type AccountContext, PlatformAccess } from '../../src/publishing/application/firing/platform-access.js';
import { JudgeLate } from '../../src/publishing/application/rerouting/judge-late.js';
import { SendAnnouncements } from '../../src/publishing/application/rerouting/send-announcements.js';
import { TakeDownLate } from '../../src/publishing/application/rerouting/take-down-late.js';
import { AftermathJob } from '../../src/publishing/jobs/rerouting/aftermath.job.js';
import { until } from '../support/app.js';
import type { RoomServer } from '../support/library.js';
import { addAccount, startPlanning, uploadClip } from '../support/planning.js';

describe('after a post went elsewhere', () => {
  let rooms: RoomServer;
  let media: string;

  beforeAll(async () => {
    rooms = await startPlanning();
    media = await uploadClip(rooms);
    const access = rooms.app.get(PlatformAccess, { strict: false });
    jest
      .spyOn(access, 'contextOf')
      .mockImplementation((accountId) => Promise.resolve({ accountId, credentials: {} } as AccountContext));
  });
  afterAll(() => rooms.close());
  beforeEach(async () => {
    for (const table of ['removal', 'announcement', 'route']) await rooms.db.database.affected(`delete from ${table}`);
  });

  const post = async (path: string, body: object) => {
    const answer = await rooms.send('POST', path, { body });
    expect({ path, refused: answer.status >= 300 && answer.body }).toEqual({ path, refused: false });
    return answer.body;
  };
  const target = async (id: string) => (await rooms.send('GET', `/v1/targets/${id}`)).body;
  const becomes = (id: string, sql: string) =>
    rooms.db.database.affected(`update target set published_at = now(), ${sql} where id = $1`, [id]);
  /** An origin whose replacement is live. */
  const moved = async (platform: string, route: object = {}) => {
    const origin = await addAccount(rooms, platform);
    const fallback = await addAccount(rooms, 'skylight');
    await post('/v1/routes', { scope: 'account', scopeId: origin, fallbacks: [fallback], ...route });
    const targets = [{ accountId: origin }];
    const made = await post('/v1/posts', { caption: 'Tea', mediaIds: [media], publishNow: true, targets });
    const id = made.targets[0].id as string;
    const replacement = await post(`/v1/targets/${id}/reroute`, {});
    await becomes(replacement.id, `status = 'published', platform_post_id = id::text`);
    return { id, replacementId: replacement.id as string };
  };
  /** Its doubtful copy turns up after all. */
  const landsLate = (id: string) => becomes(id, `status = 'published', late = true, platform_post_id = 'late-' || id`);
  const platform = (name: 'shorts' | 'discord') => rooms.app.get(PlatformRegistry, { strict: false }).get(name);
  const events = async (type: string) =>
    (await rooms.db.database.rows<{ id: string }>(`select subject_id as id from event where type = $1`, [type])).map(
      ({ id }) => id,
    );

  const lateCopies = async () => {
    await rooms.app.get(JudgeLate, { strict: false }).runOnce();
    return rooms.app.get(TakeDownLate, { strict: false }).runOnce();
  };
  const removes = (outcome: RemoveOutcome) => jest.spyOn(platform('shorts'), 'remove').mockResolvedValue(outcome);

  it('takes the late copy down once where the route says so: intent first, then the call, then its outcome', async () => {
    const { id } = await moved('shorts', { removeLate: true });
    await landsLate(id);
    const states: unknown[] = [];
    const remove = removes({ kind: 'removed' }).mockImplementation(async () => {
      states.push(await rooms.db.database.row(`select state, tries from removal where target_id = $1`, [id]));
      return { kind: 'removed' };
    });
    expect([await lateCopies(), await lateCopies()]).toEqual([1, 0]);
    expect(remove).toHaveBeenCalledTimes(1);
    expect(remove.mock.calls[0]?.[1]).toBe(`late-${id}`);
    expect(states).toEqual([{ state: 'intended', tries: 1 }]);
    expect(await target(id)).toMatchObject({ status: 'published', late: true, removal: { state: 'removed' } });
    expect(await events('post.removed')).toEqual([id]);
    remove.mockRestore();
  });

  it('keeps it where the route says nothing, and never takes down the last copy of a run', async () => {
    const remove = removes({ kind: 'removed' });
    const kept = await moved('shorts');
    await landsLate(kept.id);
    const last = await moved('shorts', { removeLate: true });
    await landsLate(last.id);
    await rooms.app.get(JudgeLate, { strict: false }).runOnce();
    await rooms.db.database.affected(`update target set status = 'failed' where id = $1`, [last.replacementId]);
    expect(await lateCopies()).toBe(0);
    expect(remove).not.toHaveBeenCalled();
    expect((await target(kept.id)).removal).toEqual({ state: 'kept', detail: 'The route keeps late copies.' });
    expect((await target(last.id)).removal).toMatchObject({ state: 'kept' });
    remove.mockRestore();
  });

  it('says where a platform cannot delete, and asks again where it did not answer', async () => {
    const tiktok = await moved('tiktok');
    await rooms.db.database.affected(`update route set remove_late = true`);
    await landsLate(tiktok.id);
    expect(await lateCopies()).toBe(0);
    expect((await target(tiktok.id)).removal).toMatchObject({ state: 'unsupported' });
    const remove = removes({ kind: 'unavailable', detail: '503' });
    const { id } = await moved('shorts', { removeLate: true });
    await landsLate(id);
    expect([await lateCopies(), await lateCopies()]).toEqual([1, 0]);
    expect((await target(id)).removal).toMatchObject({ state: 'planned', detail: '503' });
    await rooms.db.database.affected(`update removal set next_at = now() where target_id = $1`, [id]);
    expect(await lateCopies()).toBe(1);
    remove.mockRestore();
  });

  const published = (id: string) =>
    rooms.db.database.affected(
      `insert into event (workspace_id, type, subject_id, payload) values ($1, 'post.published', $2, '{}')`,
      [rooms.workspaceId, id],
    );
  const announce = () => rooms.app.get(SendAnnouncements, { strict: false }).runOnce();
  /** Events wait for every transaction that is older, those of other tests on the same server too. */
  const isPlanned = () =>
    until(async () => {
      await rooms.app.get(AftermathJob, { strict: false }).plan();
      return rooms.db.database.row(`select 1 as planned from announcement`);
    }, 'the message to be planned');
  const says = (outcome: CommitOutcome) => jest.spyOn(platform('discord'), 'announce').mockResolvedValue(outcome);

  it('announces a moved run once per account, with its live link, however often it is told', async () => {
    const discord = await addAccount(rooms, 'discord');
    const said = says({ kind: 'published', platformPostId: '77', permalink: 'https://discord.com/channels/1/2/77' });
    const { id, replacementId } = await moved('shorts', { announce: [discord] });
    await published(replacementId);
    await isPlanned();
    expect(await announce()).toBe(0);
    await becomes(replacementId, `permalink = 'https://bsky.app/profile/x/post/y'`);
    await published(replacementId);
    expect([await announce(), await announce()]).toEqual([1, 0]);
    expect(said.mock.calls.map(([context, { text }]) => [context.accountId, text])).toEqual([
      [discord, '“Tea” is here:\nSkylight / AT Protocol: https://bsky.app/profile/x/post/y'],
    ]);
    expect(await events('post.announced')).toEqual([id]);
    said.mockRestore();
  });

  it('never repeats a message whose fate nobody knows, and tries again what was not sent', async () => {
    const discord = await addAccount(rooms, 'discord');
    const said = says({ kind: 'unavailable', detail: 'no connection' });
    const { replacementId } = await moved('shorts', { announce: [discord] });
    await becomes(replacementId, `permalink = 'https://bsky.app/profile/x/post/z'`);
    await published(replacementId);
    await isPlanned();
    expect([await announce(), await announce()]).toEqual([1, 0]);
    await rooms.db.database.affected(`update announcement set next_at = now()`);
    said.mockResolvedValue({ kind: 'unknown', detail: 'reset' });
    expect([await announce(), await announce()]).toEqual([1, 0]);
    expect(await rooms.db.database.rows(`select state, tries, detail from announcement`)).toEqual([
      { state: 'unknown', tries: 2, detail: 'reset' },
    ]);
    said.mockRestore();
  });
});
