import { createHash, randomBytes } from 'node:crypto';
import { readFile, utimes, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '../../src/kernel/ids.js';
import { SweepMediaFiles } from '../../src/library/application/sweep-media-files.js';
import { LibraryModule, PostLibrary } from '../../src/library/index.js';
import { CLIPS, formOf, type RoomServer, startRooms } from '../support/library.js';

const MAX_BYTES = 400_000;

/** A ZIP without entries: its end record alone. */
const ZIP = Buffer.from('PK\x05\x06'.padEnd(22, '\0'), 'latin1');

describe('media over HTTP', () => {
  let rooms: RoomServer;
  let tea: Buffer;
  let knot: Buffer;

  beforeAll(async () => {
    rooms = await startRooms([LibraryModule], { MEDIA_MAX_BYTES: String(MAX_BYTES) });
    [tea, knot] = (await Promise.all(
      ['tea-in-a-minute.mp4', 'knot-of-the-day.mp4'].map((name) => readFile(join(CLIPS, name))),
    )) as [Buffer, Buffer];
  });
  afterAll(() => rooms.close());
  beforeEach(async () => {
    const { items } = (await rooms.send('GET', '/v1/media?limit=100')).body;
    for (const { id } of items) await rooms.send('DELETE', `/v1/media/${id}`);
  });

  const upload = (form: FormData, headers: Record<string, string> = {}) =>
    rooms.send('POST', '/v1/media', { raw: form, headers });

  const expectNothingStored = async () => {
    expect(await rooms.files()).toEqual([]);
    expect((await rooms.send('GET', '/v1/media')).body).toEqual({ items: [] });
  };

  it('stores a video with its facts and plays it back whole or in part', async () => {
    const { status, body: media } = await upload(formOf(tea, 'Thé à la minute.mp4'));
    expect(status).toBe(201);
    expect(media).toMatchObject({
      fileName: 'Thé à la minute.mp4',
      sha256: createHash('sha256').update(tea).digest('hex'),
      bytes: tea.length,
      mimeType: 'video/mp4',
      container: 'MP4',
      videoCodec: 'avc',
      audioCodec: 'aac',
      width: 720,
      height: 1280,
      fps: 24,
    });
    expect(media.durationMs).toBeGreaterThanOrEqual(5_950);
    expect(media.durationMs).toBeLessThanOrEqual(6_100);
    expect(media).not.toHaveProperty('storageKey');
    const path = `/v1/media/${media.id}`;
    expect((await rooms.send('GET', path)).body).toEqual(media);
    const whole = await rooms.send('GET', `${path}/content`);
    expect(whole.body.equals(tea)).toBe(true);
    const part = await rooms.send('GET', `${path}/content`, { headers: { range: 'bytes=10-19' } });
    expect(part.status).toBe(206);
    expect(part.headers.get('content-range')).toBe(`bytes 10-19/${tea.length}`);
    expect(part.body.equals(tea.subarray(10, 20))).toBe(true);
    const beyond = await rooms.send('GET', `${path}/content`, { headers: { range: `bytes=${tea.length}-` } });
    expect(beyond.status).toBe(416);
    const head = await rooms.send('HEAD', `${path}/content`);
    expect(head.headers.get('content-length')).toBe(String(tea.length));
  });

  it('answers the same media for the same bytes, also when they come at once', async () => {
    const answers = await Promise.all([1, 2, 3, 4].map((n) => upload(formOf(tea, `copy-${n}.mp4`))));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 201]);
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(await rooms.files()).toHaveLength(1);
  });

  it('replays an upload under its key and refuses other bytes under it', async () => {
    const headers = { 'idempotency-key': 'one upload' };
    const first = await upload(formOf(tea), headers);
    const again = await upload(formOf(tea), headers);
    expect(again).toMatchObject({ status: 201, body: first.body });
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(await upload(formOf(knot), headers)).toMatchObject({
      status: 422,
      body: { code: 'idempotency.body_differs' },
    });
    expect(await rooms.files()).toHaveLength(1);
  });

  it.each([
    ['text', () => Buffer.from('not a video at all\n'.repeat(50)), 415, 'media.not_a_video'],
    ['random bytes', () => randomBytes(20_000), 415, 'media.not_a_video'],
    [
      'a playlist that names a file',
      () => Buffer.from('#EXTM3U\n#EXTINF:1,\nfile:///etc/hostname\n'),
      415,
      'media.not_a_video',
    ],
    ['a video with a ZIP behind it', () => Buffer.concat([tea, ZIP]), 415, 'media.polyglot'],
    ['a video with a page behind it', () => Buffer.concat([tea, Buffer.from('<html>')]), 415, 'media.polyglot'],
    ['a PDF', () => Buffer.from('%PDF-1.7\n'.repeat(9)), 415, 'media.not_a_video'],
    ['a manifest', () => Buffer.from('<?xml version="1.0"?><MPD></MPD>'), 415, 'media.not_a_video'],
    ['an empty file', () => Buffer.alloc(0), 400, 'media.empty'],
    ['a video cut in half', () => tea.subarray(0, tea.length / 2), 400, 'media.truncated'],
    ['a video without its last bytes', () => tea.subarray(0, tea.length - 200), 400, 'media.truncated'],
    ['a video cut before its index', () => tea.subarray(0, 40), 400, 'media.truncated'],
    ['a file over the limit', () => Buffer.alloc(MAX_BYTES + 1), 413, 'media.too_large'],
  ])('refuses %s and stores nothing', async (_, bytes, status, code) => {
    expect(await upload(formOf(bytes()))).toMatchObject({ status, body: { code } });
    await expectNothingStored();
  });

  it.each([
    ['report.pdf', 'video/mp4', '.pdf'],
    ['clip.webm', 'video/mp4', '.webm'],
    ['clip.mp4', 'text/html', 'text/html'],
  ])('refuses a film that is sent as %s of type %s', async (name, type, said) => {
    const form = new FormData();
    form.append('file', new Blob([new Uint8Array(tea)], { type }), name);
    expect(await upload(form)).toMatchObject({ status: 415, body: { code: 'media.name_mismatch', said } });
    await expectNothingStored();
  });

  it('refuses a second file, another field, no file and another body', async () => {
    const two = formOf(tea);
    two.append('file', new Blob([new Uint8Array(knot)]), 'b.mp4');
    const withField = formOf(tea);
    withField.append('title', 'x');
    for (const form of [two, withField, formOf(tea, 'a.mp4', 'video')])
      expect(await upload(form)).toMatchObject({ status: 400, body: { code: 'media.unexpected_part' } });
    expect(await upload(new FormData())).toMatchObject({ status: 400 });
    expect(await rooms.send('POST', '/v1/media', { body: { file: 'x' } })).toMatchObject({
      status: 415,
      body: { code: 'media.not_multipart' },
    });
    await expectNothingStored();
  });

  it('refuses a form without its end', async () => {
    const type = 'multipart/form-data; boundary=b';
    const start = '--b\r\ncontent-disposition: form-data; name="file"; filename="a.mp4"\r\n\r\n';
    const response = await rooms.send('POST', '/v1/media', {
      headers: { 'content-type': type },
      raw: `${start}abc`,
    });
    expect(response).toMatchObject({ status: 400, body: { code: 'media.upload_broken' } });
    await expectNothingStored();
  });

  it('keeps nothing of an upload whose sender hangs up', async () => {
    const { port } = rooms.app.getHttpServer().address() as { port: number };
    const call = request({
      port,
      method: 'POST',
      path: '/v1/media',
      headers: { authorization: `Bearer ${rooms.key}`, 'content-type': 'multipart/form-data; boundary=b' },
    });
    call.on('error', () => undefined);
    call.write('--b\r\ncontent-disposition: form-data; name="file"; filename="a.mp4"\r\n\r\n');
    call.write(tea.subarray(0, 50_000));
    await until(async () => (await rooms.files()).length === 1);
    call.destroy();
    await until(async () => (await rooms.files()).length === 0);
    await expectNothingStored();
  });

  it('lists in pages, newest first', async () => {
    const ids = [(await upload(formOf(tea))).body.id, (await upload(formOf(knot))).body.id];
    const first = (await rooms.send('GET', '/v1/media?limit=1')).body;
    const second = (await rooms.send('GET', `/v1/media?limit=1&cursor=${first.nextCursor}`)).body;
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(ids.reverse());
    expect(second.nextCursor).toBeUndefined();
  });

  it('deletes a video only when nothing needs it, and takes the same bytes anew', async () => {
    const { body: media } = await upload(formOf(tea));
    const library = rooms.app.get(PostLibrary, { strict: false });
    const { db, workspaceId } = rooms;
    const post = await db.database.run((tx) =>
      library.create(
        { workspaceId, kind: 'one_shot', caption: 'x', tags: [], options: {}, variants: {}, mediaId: media.id },
        tx,
      ),
    );
    expect(await rooms.send('DELETE', `/v1/media/${media.id}`)).toMatchObject({
      status: 409,
      body: { code: 'media.in_use', posts: 1, targets: 0 },
    });
    await db.database.run((tx) => library.remove({ workspaceId, postId: post.id }, tx));
    expect((await rooms.send('DELETE', `/v1/media/${media.id}`)).status).toBe(204);
    expect((await rooms.send('GET', `/v1/media/${media.id}`)).body.code).toBe('media.not_found');
    await expectNothingStored();
    const again = await upload(formOf(tea));
    expect(again.status).toBe(201);
    expect(again.body.id).not.toBe(media.id);
  });

  it("hides another tenant's media", async () => {
    const { body: media } = await upload(formOf(tea));
    const tenant = { name: 'Other', region: 'eu', timeZone: 'UTC' };
    const { apiKey: key } = (await rooms.send('POST', '/v1/workspaces', { body: tenant })).body;
    for (const [method, path] of [
      ['GET', ''],
      ['GET', '/content'],
      ['DELETE', ''],
    ] as const)
      expect(await rooms.send(method, `/v1/media/${media.id}${path}`, { key })).toMatchObject({
        status: 404,
        body: { code: 'media.not_found' },
      });
  });

  it('sweeps old files that belong to no media, and no others', async () => {
    const { body: media } = await upload(formOf(tea));
    const folder = join(rooms.mediaDir, rooms.workspaceId);
    const lost = join(folder, newId());
    await Promise.all([lost, `${lost}-fresh`].map((path) => writeFile(path, 'left by a crash')));
    const longAgo = new Date(Date.now() - 2 * 3_600_000);
    await Promise.all([lost, join(folder, media.id)].map((path) => utimes(path, longAgo, longAgo)));
    expect(await rooms.app.get(SweepMediaFiles, { strict: false }).runOnce()).toBe(1);
    expect((await rooms.files()).sort()).toEqual(
      [media.id, `${lost.split('/').at(-1)}-fresh`].map((name) => `${rooms.workspaceId}/${name}`).sort(),
    );
  });
});

/** Polls until `holds`, for at most five seconds. */
const until = async (holds: () => Promise<boolean>): Promise<void> => {
  const deadline = Date.now() + 5_000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error('It never became true.');
    await new Promise((resolve) => setImmediate(resolve));
  }
};
