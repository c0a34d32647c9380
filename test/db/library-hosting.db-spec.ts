import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LibraryModule, MediaLibrary } from '../../src/library/index.js';
import { CLIPS, formOf, type RoomServer, startRooms } from '../support/library.js';

const HOUR_MS = 3_600_000;

describe('files that platforms fetch', () => {
  let rooms: RoomServer;
  let tea: Buffer;
  let mediaId: string;

  beforeAll(async () => {
    rooms = await startRooms([LibraryModule], { PUBLIC_URL: 'https://perennial.example' });
    tea = await readFile(join(CLIPS, 'tea-in-a-minute.mp4'));
    mediaId = (await rooms.send('POST', '/v1/media', { raw: formOf(tea) })).body.id;
  });
  afterAll(() => rooms.close());

  /** The path of a fresh address; the public name is not ours in a test. */
  const pathUntil = async (until: number): Promise<string> => {
    const media = await rooms.app.get(MediaLibrary, { strict: false }).publishMedia(rooms.workspaceId, mediaId);
    return new URL(media.hostedUrl!(new Date(until))).pathname;
  };
  const fetched = async (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    rooms.send(method, path, { key: '', headers });

  it('are served whole, in ranges, and as headers alone, without a key', async () => {
    const path = await pathUntil(Date.now() + HOUR_MS);
    const whole = await fetched(path);
    expect([whole.status, whole.headers.get('content-type'), whole.body.equals(tea)]).toEqual([200, 'video/mp4', true]);
    const part = await fetched(path, { range: 'bytes=10-19' });
    expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 10-19/${tea.length}`]);
    expect(part.body.equals(tea.subarray(10, 20))).toBe(true);
    const head = await fetched(path, {}, 'HEAD');
    expect([head.status, head.headers.get('content-length'), head.body.length]).toEqual([200, String(tea.length), 0]);
    expect((await fetched(path, { range: `bytes=${tea.length}-` })).status).toBe(416);
  });

  it('are refused once their time is over', async () => {
    const { status, body } = await fetched(await pathUntil(Date.now() - HOUR_MS));
    expect([status, body.code]).toEqual([410, 'hosted.expired']);
  });

  it.each([
    ['a later end', (path: string) => path.replace(/\/(\d{10})\//, (_all, end) => `/${Number(end) + 60}/`)],
    ['another video', (path: string) => path.replace(mediaId, '0198c0de-0000-7000-8000-000000000000')],
    ['another workspace', (path: string) => path.replace(rooms.workspaceId, '0198c0de-0000-7000-8000-000000000000')],
    ['another signature', (path: string) => path.replace(/[^/]+$/, `${'A'.repeat(43)}.mp4`)],
    ['an end that is no number', (path: string) => path.replace(/\/\d{10}\//, '/never/')],
  ])('are refused with %s', async (_name, forge) => {
    const { status, body } = await fetched(forge(await pathUntil(Date.now() + HOUR_MS)));
    expect([status, body.code]).toEqual([403, 'hosted.forged']);
  });

  it('end with their video', async () => {
    const path = await pathUntil(Date.now() + HOUR_MS);
    await rooms.send('DELETE', `/v1/media/${mediaId}`);
    expect((await fetched(path)).status).toBe(410);
  });
});

describe('an installation that nobody outside can reach', () => {
  it('hosts nothing', async () => {
    const rooms = await startRooms([LibraryModule]);
    const form = formOf(await readFile(join(CLIPS, 'tea-in-a-minute.mp4')));
    const { id } = (await rooms.send('POST', '/v1/media', { raw: form })).body;
    const media = await rooms.app.get(MediaLibrary, { strict: false }).publishMedia(rooms.workspaceId, id);
    expect(media.hostedUrl).toBeUndefined();
    await rooms.close();
  });
});
