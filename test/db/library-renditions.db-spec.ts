import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../src/kernel/ids.js';
import { MakeRendition } from '../../src/library/application/make-rendition.js';
import { LibraryModule } from '../../src/library/index.js';
import { describeWithFfmpeg, oddVideo } from '../support/ffmpeg.js';
import { CLIPS, formOf, type RoomServer, startRooms } from '../support/library.js';
import { addAccount, startPlanning } from '../support/planning.js';

const run = () => ({ signal: new AbortController().signal, isLastTry: true });
const upload = async (rooms: RoomServer, bytes: Uint8Array, name: string): Promise<string> => {
  const form = formOf(bytes, name, 'file');
  const { status, body } = await rooms.send('POST', '/v1/media', { raw: form });
  expect({ status, body }).toMatchObject({ status: 201 });
  return body.id;
};

describe('an installation without ffmpeg', () => {
  let rooms: RoomServer;
  let id: string;
  beforeAll(async () => {
    rooms = await startRooms([LibraryModule], { FFMPEG_PATH: '/nowhere/ffmpeg' });
    id = await upload(rooms, await readFile(join(CLIPS, 'tea-in-a-minute.mp4')), 'tea.mp4');
  });
  afterAll(() => rooms.close());

  it('says how to mend the file instead of making a rendition', async () => {
    const { status, body } = await rooms.send('POST', `/v1/media/${id}/renditions`);
    expect({ status, code: body.code }).toEqual({ status: 422, code: 'rendition.no_tool' });
    expect(body.detail).toContain('H.264 High, yuv420p, 1080x1920');
    expect(body.errors).toMatchObject([{ field: 'media', rule: 'rendition.tool' }]);
    expect((await rooms.send('GET', `/v1/media/${id}/renditions`)).body).toEqual({ items: [] });
  });

  it('has no thumbnails and says why', async () => {
    const { status, body } = await rooms.send('GET', `/v1/media/${id}/thumbnail`);
    expect({ status, code: body.code }).toEqual({ status: 404, code: 'thumbnail.not_found' });
    expect(body.detail).toContain('ffmpeg');
  });

  it('knows no rendition of a video that is not there', async () => {
    for (const method of ['POST', 'GET'])
      expect(await rooms.send(method, `/v1/media/${newId()}/renditions`)).toMatchObject({ status: 404 });
    expect(await rooms.send('GET', `/v1/media/${newId()}/thumbnail`)).toMatchObject({ status: 404 });
  });
});

describeWithFfmpeg('an odd video on its way to every platform', () => {
  let rooms: RoomServer;
  let mediaId: string;
  const accounts = new Map<string, string>();
  beforeAll(async () => {
    rooms = await startPlanning();
    for (const platform of ['tiktok', 'reels', 'shorts', 'skylight'])
      accounts.set(platform, await addAccount(rooms, platform));
    mediaId = await upload(rooms, oddVideo(), 'odd.webm');
  });
  afterAll(() => rooms.close());

  const draft = (media: string) => ({
    caption: 'Odd',
    mediaIds: [media],
    scheduledAt: new Date(Date.now() + 3_600_000).toISOString(),
    targets: [...accounts.values()].map((accountId) => ({ accountId })),
  });
  const faults = async (
    media = mediaId,
  ): Promise<{ rule: string; limit: unknown; actual: unknown; source: string }[]> => {
    const { status, body } = await rooms.send('POST', '/v1/posts/validate', { body: draft(media) });
    expect(status).toBe(200);
    return (body.errors ?? body.findings ?? body.violations) as never;
  };
  const order = (headers: Record<string, string> = {}) =>
    rooms.send('POST', `/v1/media/${mediaId}/renditions`, { headers });
  const renditions = async () => (await rooms.send('GET', `/v1/media/${mediaId}/renditions`)).body.items;

  it('breaks rules that are named with limit, actual and source', async () => {
    const found = await faults();
    expect([...new Set(found.map(({ rule }) => rule))].sort()).toEqual(
      ['audio.codec', 'video.codec', 'video.fps', 'video.mime_type', 'video.min_side', 'video.orientation'].sort(),
    );
    for (const { limit, actual, source } of found) {
      expect(limit).toBeDefined();
      expect(actual).toBeDefined();
      expect(source).toMatch(/^https:/);
    }
  });

  it('is ordered once, however often it is asked for', async () => {
    const first = await order({ 'idempotency-key': 'once' });
    expect(first).toMatchObject({ status: 202, body: { mediaId, state: 'queued', progress: 0 } });
    const again = await order({ 'idempotency-key': 'once' });
    expect(again).toMatchObject({ status: 202, body: first.body });
    const others = await Promise.all([1, 2, 3].map(() => order()));
    expect(new Set(others.map(({ body }) => body.id))).toEqual(new Set([first.body.id]));
  });

  it('becomes a video of its own that fits everywhere, and the original stays', async () => {
    const [{ id }] = await renditions();
    await rooms.app.get(MakeRendition, { strict: false }).execute(id, run());
    const [done] = await renditions();
    expect(done).toMatchObject({ id, state: 'done', progress: 1 });
    expect((await rooms.send('GET', `/v1/media/${done.resultId}`)).body).toMatchObject({
      fileName: 'odd-1080x1920.mp4',
      mimeType: 'video/mp4',
      videoCodec: 'avc',
      audioCodec: 'aac',
      audioChannels: 2,
      audioSampleRate: 48_000,
      width: 1_080,
      height: 1_920,
      fps: 30,
      renderedFrom: mediaId,
    });
    const original = (await rooms.send('GET', `/v1/media/${mediaId}`)).body;
    expect(original).toMatchObject({ mimeType: 'video/webm', renditionId: done.resultId });
    expect(await faults()).toEqual([]);
    expect(await faults(done.resultId)).toEqual([]);
    expect(await order()).toMatchObject({ status: 202, body: { id, state: 'done' } });
  });

  it('is scheduled with both, and neither can be deleted while it waits', async () => {
    const { status, body } = await rooms.send('POST', '/v1/posts', { body: draft(mediaId) });
    expect({ status, body }).toMatchObject({ status: 201 });
    const [done] = await renditions();
    const [row] = await rooms.db.database.rows<{ content: { media: { id: string; rendition: { id: string } } } }>(
      `select content from target where post_id = $1 limit 1`,
      [body.id],
    );
    expect(row?.content.media).toMatchObject({ id: mediaId, rendition: { id: done.resultId } });
    for (const id of [mediaId, done.resultId])
      expect(await rooms.send('DELETE', `/v1/media/${id}`)).toMatchObject({
        status: 409,
        body: { code: 'media.in_use' },
      });
  });

  it('has a thumbnail that is sent once per reader', async () => {
    const path = `/v1/media/${mediaId}/thumbnail`;
    const [first, twin] = await Promise.all([rooms.send('GET', path), rooms.send('GET', path)]);
    expect(first.status).toBe(200);
    expect(first.headers.get('content-type')).toBe('image/jpeg');
    expect(first.body.subarray(0, 3)).toEqual(Buffer.from([0xff, 0xd8, 0xff]));
    expect(twin.body.equals(first.body)).toBe(true);
    const headers = { 'if-none-match': first.headers.get('etag') ?? '' };
    expect(await rooms.send('GET', path, { headers })).toMatchObject({ status: 304 });
  });

  it('refuses a rendition of a rendition', async () => {
    const [done] = await renditions();
    expect(await rooms.send('POST', `/v1/media/${done.resultId}/renditions`)).toMatchObject({
      status: 409,
      body: { code: 'rendition.of_rendition' },
    });
  });
});
