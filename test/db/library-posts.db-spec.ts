import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../src/kernel/ids.js';
import { LibraryModule, type NewPost, PostLibrary, type StoredPost } from '../../src/library/index.js';
import { CLIPS, formOf, type RoomServer, startRooms } from '../support/library.js';

describe('the library of posts', () => {
  let rooms: RoomServer;
  let library: PostLibrary;
  let mediaId: string;

  beforeAll(async () => {
    rooms = await startRooms([LibraryModule]);
    library = rooms.app.get(PostLibrary, { strict: false });
    const clip = await readFile(join(CLIPS, 'window-garden.mp4'));
    mediaId = (await rooms.send('POST', '/v1/media', { raw: formOf(clip) })).body.id;
  });
  afterAll(() => rooms.close());

  const create = (given: Partial<NewPost> = {}): Promise<StoredPost> => {
    const { workspaceId, db } = rooms;
    const plain = {
      workspaceId,
      kind: 'one_shot',
      caption: 'Week six',
      tags: [],
      options: {},
      variants: {},
      mediaId,
    } as const;
    return db.database.run((tx) => library.create({ ...plain, ...given }, tx));
  };
  const ref = (postId: string, expectedVersion?: number) => ({
    workspaceId: rooms.workspaceId,
    postId,
    expectedVersion,
  });

  it('answers a created post exactly as it reads it back', async () => {
    const post = await create({
      kind: 'evergreen',
      title: 'The window garden',
      tags: ['garden', 'déjà vu'],
      options: { privacyLevel: 'PUBLIC_TO_EVERYONE' },
      variants: { tiktok: { caption: 'Short' }, shorts: { title: 'T', options: { madeForKids: false } } },
      recycling: { gap: 2, gapFreq: 'week' },
    });
    const read = await library.snapshot(rooms.workspaceId, post.id);
    expect({ ...read, variants: {} }).toEqual({ ...post, variants: {} });
    expect(read.variants).toEqual({
      tiktok: { caption: 'Short', options: {} },
      shorts: { title: 'T', options: { madeForKids: false } },
    });
    expect(read).toMatchObject({ version: 1, media: { id: mediaId, width: 720, height: 1280, mimeType: 'video/mp4' } });
  });

  it('refuses words that are too long and a video that is not here, and stores nothing', async () => {
    const count = () => rooms.db.database.row(`select count(*)::int as n from post`);
    const before = await count();
    await expect(create({ caption: 'x'.repeat(5_001) })).rejects.toMatchObject({ code: 'content.invalid' });
    await expect(create({ mediaId: newId() })).rejects.toMatchObject({ code: 'media.not_found' });
    await expect(create({ workspaceId: newId() })).rejects.toMatchObject({ code: 'media.not_found' });
    expect(await count()).toEqual(before);
  });

  it('changes what is named, keeps the rest, raises the version', async () => {
    const post = await create({
      title: 'Old',
      tags: ['a'],
      variants: { tiktok: { caption: 'T' }, reels: { caption: 'R' } },
    });
    const change = { caption: 'New', title: null, variants: { tiktok: null, reels: { title: 'RT' } } };
    const changed = await rooms.db.database.run((tx) => library.update(ref(post.id, 1), change, tx));
    expect(changed).toMatchObject({ caption: 'New', tags: ['a'], version: 2 });
    expect(changed.title).toBeUndefined();
    expect(changed.variants).toEqual({ reels: { title: 'RT', options: {} } });
    await expect(
      rooms.db.database.run((tx) => library.update(ref(post.id, 1), { caption: 'Stale' }, tx)),
    ).rejects.toMatchObject({ code: 'post.changed' });
  });

  it('lets only one of two changes of the same version through', async () => {
    const post = await create();
    const change = (caption: string) => rooms.db.database.run((tx) => library.update(ref(post.id, 1), { caption }, tx));
    const results = await Promise.allSettled([change('one'), change('two')]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await library.snapshot(rooms.workspaceId, post.id)).version).toBe(2);
  });

  it('pauses once, for the first reason, and resumes once', async () => {
    const post = await create();
    const set = (reason?: string) =>
      rooms.db.database.run((tx) => library.setPaused(ref(post.id), reason ? { by: 'test', reason } : undefined, tx));
    expect(await set('Typo')).toMatchObject({ pausedAt: expect.any(Date), pauseReason: 'Typo' });
    expect(await set('Again')).toMatchObject({ version: 2, pauseReason: 'Typo' });
    const resumed = await set();
    expect(resumed.pausedAt ?? resumed.pauseReason).toBeUndefined();
  });

  it('lists by kind, tag and time, newest first, and forgets deleted posts', async () => {
    const made = [];
    for (const tags of [['spring'], ['spring', 'x'], ['autumn']]) made.push(await create({ tags, kind: 'evergreen' }));
    const [first, second, third] = made as [StoredPost, StoredPost, StoredPost];
    const day = (n: number) => new Date(Date.UTC(2026, 0, n));
    for (const [index, { id }] of made.entries())
      await rooms.db.database.affected(`update post set created_at = $2 where id = $1`, [id, day(index + 1)]);
    const list = async (filter: object) =>
      (await library.list(rooms.workspaceId, filter, { limit: 10 })).map(({ id }) => id);
    expect(await list({ tag: 'spring' })).toEqual([second.id, first.id]);
    expect(await list({ tag: 'spring', kind: 'one_shot' })).toEqual([]);
    expect(await list({ from: day(3), to: day(4) })).toEqual([third.id]);
    await rooms.db.database.run((tx) => library.remove(ref(first.id), tx));
    expect(await list({ tag: 'spring', to: day(3) })).toEqual([second.id]);
    await expect(library.snapshot(rooms.workspaceId, first.id)).rejects.toMatchObject({ code: 'post.not_found' });
    await expect(library.snapshot(newId(), second.id)).rejects.toMatchObject({ code: 'post.not_found' });
  });
});
