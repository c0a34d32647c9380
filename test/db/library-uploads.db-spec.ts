import { createHash, randomBytes } from 'node:crypto';
import { readFile, utimes } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Upload } from 'tus-js-client';
import { SweepMediaFiles } from '../../src/library/application/sweep-media-files.js';
import { UploadDesk } from '../../src/library/application/upload-desk.js';
import { LibraryModule } from '../../src/library/index.js';
import { type Answer, CLIPS, type RoomServer, startRooms } from '../support/library.js';

const MAX_BYTES = 400_000;
const TUS = { 'tus-resumable': '1.0.0' };
const BYTES = { ...TUS, 'content-type': 'application/offset+octet-stream' };

describe('resumable uploads', () => {
  let rooms: RoomServer;
  let tea: Buffer;
  let origin: string;

  beforeAll(async () => {
    rooms = await startRooms([LibraryModule], { MEDIA_MAX_BYTES: String(MAX_BYTES) });
    origin = `http://127.0.0.1:${(rooms.app.getHttpServer().address() as { port: number }).port}`;
    tea = await readFile(join(CLIPS, 'tea-in-a-minute.mp4'));
  });
  afterAll(() => rooms.close());
  beforeEach(async () => {
    const { items } = (await rooms.send('GET', '/v1/media?limit=100')).body;
    for (const { id } of items) await rooms.send('DELETE', `/v1/media/${id}`);
    await expireAll();
  });

  const expireAll = async (): Promise<number> => {
    await rooms.db.database.affected(`update media_upload set expires_at = now() - interval '1 second'`);
    return rooms.app.get(UploadDesk, { strict: false }).expireOnce();
  };
  const begin = (length: number, headers: Record<string, string> = {}): Promise<Answer> =>
    rooms.send('POST', '/v1/uploads', { headers: { ...TUS, 'upload-length': String(length), ...headers } });
  const append = (path: string, bytes: Buffer, offset: number): Promise<Answer> =>
    rooms.send('PATCH', path, {
      raw: new Blob([new Uint8Array(bytes)]),
      headers: { ...BYTES, 'upload-offset': String(offset) },
    });
  const head = (path: string): Promise<Answer> => rooms.send('HEAD', path, { headers: TUS });
  const locationOf = ({ headers }: Answer): string => headers.get('location') ?? '';

  /** Sends the file with the protocol's own client. */
  const send = (bytes: Buffer, options: Record<string, unknown>): Promise<{ url: string; mediaId: string }> =>
    new Promise((resolve, reject) => {
      let mediaId = '';
      const upload: Upload = new Upload(bytes, {
        endpoint: `${origin}/v1/uploads`,
        headers: { authorization: `Bearer ${rooms.key}` },
        metadata: { filename: 'Thé.mp4' },
        retryDelays: [0, 0, 0],
        onAfterResponse: (_, response) => void (mediaId = response.getHeader('Media-Id') ?? mediaId),
        onError: reject,
        onSuccess: () => resolve({ url: upload.url ?? '', mediaId }),
        ...options,
      });
      upload.start();
    });

  it('become the media that the same bytes in one request would be', async () => {
    const { url, mediaId } = await send(tea, { chunkSize: 50_000 });
    const media = (await rooms.send('GET', `/v1/media/${mediaId}`)).body;
    expect(media).toMatchObject({
      fileName: 'Thé.mp4',
      bytes: tea.length,
      sha256: createHash('sha256').update(tea).digest('hex'),
      width: 720,
    });
    const upload = (await rooms.send('GET', new URL(url).pathname)).body;
    expect(upload).toMatchObject({ state: 'ready', mediaId, receivedBytes: tea.length, totalBytes: tea.length });
    expect(await rooms.files()).toEqual([`${rooms.workspaceId}/${mediaId}`]);
    const again = await send(tea, {});
    expect(again.mediaId).toBe(mediaId);
    expect(await rooms.files()).toHaveLength(1);
  });

  it('go on after a broken connection from the last byte that came', async () => {
    const path = locationOf(await begin(tea.length));
    const { port } = new URL(origin);
    const headers = { authorization: `Bearer ${rooms.key}`, ...BYTES, 'upload-offset': '0' };
    const call = request({ port, method: 'PATCH', path, headers: { ...headers, 'content-length': tea.length } });
    call.on('error', () => undefined);
    call.write(tea.subarray(0, 100_000));
    await until(async () => (await rooms.files()).length === 1);
    call.destroy();
    await until(async () => (await head(path)).headers.get('upload-offset') !== '0');
    const offset = Number((await head(path)).headers.get('upload-offset'));
    expect(offset).toBeLessThanOrEqual(100_000);
    let resumedAt: string | undefined;
    const { mediaId } = await send(tea, {
      uploadUrl: origin + path,
      onBeforeRequest: (outgoing: { getHeader(name: string): string | undefined }) =>
        void (resumedAt = outgoing.getHeader('Upload-Offset') ?? resumedAt),
    });
    expect(resumedAt).toBe(String(offset));
    expect((await rooms.send('GET', `/v1/media/${mediaId}/content`)).body.equals(tea)).toBe(true);
  });

  it('refuse bytes at another offset than theirs and change nothing', async () => {
    const path = locationOf(await begin(tea.length));
    await append(path, tea.subarray(0, 1_000), 0);
    for (const offset of [0, 999, 1_001])
      expect(await append(path, tea.subarray(0, 10), offset)).toMatchObject({
        status: 409,
        body: { code: 'upload.offset_mismatch' },
      });
    expect((await head(path)).headers.get('upload-offset')).toBe('1000');
    expect(await rooms.files()).toHaveLength(1);
  });

  it('take one of two requests that send the same bytes at once', async () => {
    const path = locationOf(await begin(tea.length));
    const answers = await Promise.all([1, 2, 3].map(() => append(path, tea, 0)));
    expect(answers.filter(({ status }) => status === 204)).toHaveLength(1);
    expect((await rooms.send('GET', path)).body.state).toBe('ready');
    expect(await rooms.files()).toHaveLength(1);
  });

  it('are too large before a byte is sent, and never grow over their length', async () => {
    expect(await begin(MAX_BYTES + 1)).toMatchObject({ status: 413, body: { code: 'media.too_large' } });
    expect(await begin(0)).toMatchObject({ status: 400, body: { code: 'media.empty' } });
    const path = locationOf(await begin(10));
    expect(await append(path, tea.subarray(0, 11), 0)).toMatchObject({
      status: 413,
      body: { code: 'upload.longer_than_said' },
    });
    expect((await head(path)).headers.get('upload-offset')).toBe('0');
    expect(await rooms.files()).toEqual([]);
  });

  it.each([
    ['random bytes', () => randomBytes(20_000), 415, 'media.not_a_video'],
    ['half a video', () => tea.subarray(0, 40_000), 400, 'media.truncated'],
  ])('end as refused when they bring %s, and keep nothing', async (_, bytes, status, code) => {
    const path = locationOf(await begin(bytes().length));
    await append(path, bytes().subarray(0, 10_000), 0);
    const rest = bytes().subarray(10_000);
    const end = await append(path, rest, 10_000);
    expect(end).toMatchObject({ status, body: { code } });
    expect((await rooms.send('GET', path)).body).toMatchObject({ state: 'refused', problem: { code } });
    expect((await head(path)).status).toBe(410);
    expect((await append(path, rest, 10_000)).body.code).toBe('upload.refused');
    expect(await rooms.files()).toEqual([]);
  });

  it('are finished by a question when the answer to the last byte was lost', async () => {
    const path = locationOf(await begin(tea.length));
    const id = path.split('/').at(-1) ?? '';
    const desk = rooms.app.get(UploadDesk, { strict: false });
    await desk.append({ workspaceId: rooms.workspaceId, id, offset: 0 }, Readable.from([tea]));
    const answer = await head(path);
    expect(answer.headers.get('upload-offset')).toBe(String(tea.length));
    expect(await rooms.files()).toEqual([`${rooms.workspaceId}/${answer.headers.get('media-id')}`]);
  });

  it('can be given up', async () => {
    const path = locationOf(await begin(tea.length));
    await append(path, tea.subarray(0, 1_000), 0);
    expect((await rooms.send('DELETE', path, { headers: TUS })).status).toBe(204);
    expect((await head(path)).status).toBe(404);
    expect(await rooms.files()).toEqual([]);
  });

  it('begin once under one key', async () => {
    const key = { 'idempotency-key': 'the same' };
    const first = await begin(tea.length, key);
    expect(first.body).toMatchObject({ state: 'receiving', receivedBytes: 0, totalBytes: tea.length });
    expect(locationOf(await begin(tea.length, key))).toBe(locationOf(first));
    expect(await begin(5, key)).toMatchObject({ status: 422, body: { code: 'idempotency.body_differs' } });
  });

  it('are gone when their time is over, also before anyone has thrown them away', async () => {
    const path = locationOf(await begin(tea.length));
    await rooms.db.database.affected(`update media_upload set created_at = now() - interval '2 days'`);
    expect((await head(path)).status).toBe(410);
    expect(await append(path, tea, 0)).toMatchObject({ status: 410, body: { code: 'upload.expired' } });
  });

  it('are not swept while they run, and go when their time is over', async () => {
    const path = locationOf(await begin(tea.length));
    await append(path, tea.subarray(0, 1_000), 0);
    const [file = ''] = await rooms.files();
    const longAgo = new Date(Date.now() - 2 * 3_600_000);
    await utimes(join(rooms.mediaDir, file), longAgo, longAgo);
    expect(await rooms.app.get(SweepMediaFiles, { strict: false }).runOnce()).toBe(0);
    expect(await rooms.app.get(UploadDesk, { strict: false }).expireOnce()).toBe(0);
    expect(await expireAll()).toBe(1);
    expect(await rooms.files()).toEqual([]);
    expect((await head(path)).status).toBe(404);
  });

  it('are invisible to another tenant, and closed without a key', async () => {
    const path = locationOf(await begin(tea.length));
    const tenant = { name: 'Other', region: 'eu', timeZone: 'UTC' };
    const { apiKey: key } = (await rooms.send('POST', '/v1/workspaces', { body: tenant })).body;
    for (const method of ['GET', 'HEAD', 'PATCH', 'DELETE']) {
      const headers = { ...BYTES, 'upload-offset': '0' };
      expect((await rooms.send(method, path, { key, headers })).status).toBe(404);
      expect((await rooms.send(method, path, { key: 'none', headers })).status).toBe(401);
    }
    expect((await head(path)).status).toBe(200);
  });

  it('tell what they can do, and refuse what is not the protocol', async () => {
    const can = await rooms.send('OPTIONS', '/v1/uploads', { key: '' });
    expect(can.headers.get('tus-extension')).toBe('creation,creation-with-upload,expiration,termination');
    expect(can.headers.get('tus-max-size')).toBe(String(MAX_BYTES));
    expect(can.headers.get('access-control-allow-credentials')).toBeNull();
    expect(await rooms.send('POST', '/v1/uploads')).toMatchObject({
      status: 412,
      body: { code: 'upload.protocol_version' },
    });
    const bad = await begin(10, { 'upload-metadata': 'filename !!' });
    expect(bad).toMatchObject({ status: 400, body: { code: 'upload.malformed' } });
    expect(await begin(10, { 'upload-metadata': `filename ${btoa('a\0b')}` })).toMatchObject({
      status: 400,
      body: { code: 'upload.bad_metadata' },
    });
  });

  it('are not cut by another tenant who knows their address', async () => {
    const tenant = { name: 'Rival', region: 'eu', timeZone: 'UTC' };
    const { apiKey: key } = (await rooms.send('POST', '/v1/workspaces', { body: tenant })).body;
    const path = locationOf(await begin(tea.length));
    const headers = { authorization: `Bearer ${rooms.key}`, ...BYTES, 'upload-offset': '0' };
    const { port } = new URL(origin);
    const call = request({ port, method: 'PATCH', path, headers: { ...headers, 'content-length': tea.length } });
    const answered = new Promise<unknown>((resolve) => {
      call
        .once('response', (answer) => resolve(answer.headers['upload-offset']))
        .once('error', () => resolve(undefined));
    });
    call.write(tea.subarray(0, 100_000));
    await until(async () => (await rooms.files()).length === 1);
    for (const method of ['PATCH', 'DELETE'])
      expect((await rooms.send(method, path, { key, headers: { ...BYTES, 'upload-offset': '0' } })).status).toBe(404);
    call.end(tea.subarray(100_000));
    expect(await answered).toBe(String(tea.length));
  });

  it('are refused while a hundred of the workspace are unfinished; the one that began under its key is answered', async () => {
    const first = await begin(10, { 'idempotency-key': 'first' });
    await rooms.db.database.affected(
      `insert into media_upload (id, workspace_id, total_bytes, expires_at)
       select gen_random_uuid(), $1, 10, now() + interval '1 hour' from generate_series(2, 100)`,
      [rooms.workspaceId],
    );
    expect(await begin(10)).toMatchObject({ status: 429, body: { code: 'upload.too_many_open', maxOpen: 100 } });
    const again = await begin(10, { 'idempotency-key': 'first' });
    expect([again.status, locationOf(again)]).toEqual([201, locationOf(first)]);
    await rooms.send('DELETE', locationOf(first), { headers: TUS });
    expect((await begin(10)).status).toBe(201);
  });
});

/** Polls until `holds`, for at most ten seconds. */
const until = async (holds: () => Promise<boolean>): Promise<void> => {
  const deadline = Date.now() + 10_000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error('It never became true.');
    await new Promise((resolve) => setImmediate(resolve));
  }
};
