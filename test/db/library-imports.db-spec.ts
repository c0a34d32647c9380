import { readFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { FetchImport } from '../../src/library/application/fetch-import.js';
import { MAX_IMPORT_TRIES } from '../../src/library/domain/media-import.js';
import { LibraryModule } from '../../src/library/index.js';
import { type Answer, CLIPS, type RoomServer, startRooms } from '../support/library.js';

const MAX_BYTES = 400_000;
const live = new AbortController().signal;

describe('imports from an address', () => {
  let rooms: RoomServer;
  let tea: Buffer;
  let server: Server;
  let origin: string;
  let answer: RequestListener;

  beforeAll(async () => {
    const env = { MEDIA_MAX_BYTES: String(MAX_BYTES), FETCH_ALLOW: '127.0.0.1/32' };
    rooms = await startRooms([LibraryModule], env);
    tea = await readFile(join(CLIPS, 'tea-in-a-minute.mp4'));
    server = createServer((request, response) => answer(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    await rooms.close();
    await new Promise((resolve) => server.close(resolve));
  });
  beforeEach(async () => {
    const { items } = (await rooms.send('GET', '/v1/media?limit=100')).body;
    await rooms.db.database.affected(`delete from media_import`);
    for (const { id } of items) await rooms.send('DELETE', `/v1/media/${id}`);
  });

  const order = (url: string, more: object = {}, headers: Record<string, string> = {}): Promise<Answer> =>
    rooms.send('POST', '/v1/media/import', { body: { url, ...more }, headers });
  const read = async (id: string) => (await rooms.send('GET', `/v1/media/imports/${id}`)).body;
  const tryOnce = (id: string) => rooms.app.get(FetchImport, { strict: false }).runOnce(id, live);
  const video: RequestListener = (_, response) =>
    response.writeHead(200, { 'content-type': 'video/mp4', 'content-length': tea.length }).end(tea);

  it('are accepted at once and become a media', async () => {
    answer = video;
    const { status, body } = await order(`${origin}/clips/Th%C3%A9.mp4?signature=secret`);
    expect(status).toBe(202);
    expect(body).toMatchObject({ state: 'queued', attempts: 0, fileName: 'Thé.mp4', receivedBytes: 0 });
    expect(await tryOnce(body.id)).toBe('done');
    const done = await read(body.id);
    expect(done).toMatchObject({ state: 'ready', receivedBytes: tea.length, totalBytes: tea.length, attempts: 1 });
    const media = (await rooms.send('GET', `/v1/media/${done.mediaId}`)).body;
    expect(media).toMatchObject({ fileName: 'Thé.mp4', bytes: tea.length, width: 720 });
    expect(await rooms.files()).toEqual([`${rooms.workspaceId}/${done.mediaId}`]);
  });

  it('never tell the query of the address, and forget it at the end', async () => {
    answer = video;
    const { body } = await order(`${origin}/a.mp4?signature=secret#x`);
    await tryOnce(body.id);
    const rows = await rooms.db.database.rows<{ url: string }>(`select url from media_import`);
    expect([body.url, (await read(body.id)).url, rows[0]?.url]).toEqual(Array(3).fill(`${origin}/a.mp4`));
  });

  it('are ordered once under one key, and done once however often they are run', async () => {
    answer = video;
    const key = { 'idempotency-key': 'one' };
    const [first, again] = [await order(origin, {}, key), await order(origin, {}, key)];
    expect(again.body).toEqual(first.body);
    await Promise.all([tryOnce(first.body.id), tryOnce(first.body.id)]);
    expect(await tryOnce(first.body.id)).toBe('done');
    expect((await read(first.body.id)).state).toBe('ready');
    expect(await rooms.files()).toHaveLength(1);
  });

  it.each([
    'http://example.com/a.mp4',
    'https://10.0.0.1/a.mp4',
    'https://169.254.169.254/latest/meta-data/',
    'https://[::1]/a.mp4',
    'https://0x7f000002/a.mp4',
    'ftp://example.com/a.mp4',
    'https://me:secret@example.com/a.mp4',
    'a.mp4',
  ])('are refused at once for %s', async (url) => {
    expect(await order(url)).toMatchObject({ status: 422, body: { code: 'url.refused' } });
    expect(await rooms.db.database.rows(`select from media_import`)).toEqual([]);
  });

  it('are refused at once without an address', async () => {
    expect(await rooms.send('POST', '/v1/media/import', { body: {} })).toMatchObject({
      status: 400,
      body: { code: 'request.invalid' },
    });
  });

  const withBody = (type: string, body: () => string | Buffer): RequestListener => {
    return (_, response) => response.writeHead(200, { 'content-type': type }).end(body());
  };

  it.each<[string, string, RequestListener]>([
    [
      'a private address',
      'url.refused',
      (_, response) => response.writeHead(302, { location: 'https://10.0.0.1/' }).end(),
    ],
    ['a page', 'url.document', withBody('text/html; charset=utf-8', () => '<html></html>')],
    ['an API answer', 'url.document', withBody('application/problem+json', () => '{}')],
    ['a page that says it is a video', 'media.not_a_video', withBody('video/mp4', () => '<html></html>'.repeat(9))],
    ['nothing', 'media.empty', withBody('video/mp4', () => '')],
    ['half a video', 'media.truncated', withBody('video/mp4', () => tea.subarray(0, tea.length / 2))],
    ['too much', 'url.too_large', withBody('video/mp4', () => Buffer.alloc(MAX_BYTES + 1))],
    ['a 404', 'url.answered', (_, response) => response.writeHead(404).end()],
  ])('end as refused and store nothing when the address gives %s', async (_, code, listener) => {
    answer = listener;
    const { body } = await order(`${origin}/a.mp4?x=1`);
    expect(await tryOnce(body.id)).toBe('done');
    const ended = await read(body.id);
    expect(ended).toMatchObject({ state: 'refused', url: `${origin}/a.mp4`, problem: { code } });
    expect(ended.problem.detail.length).toBeGreaterThan(30);
    expect(ended.mediaId).toBeUndefined();
    expect(await rooms.files()).toEqual([]);
  });

  it('are tried again while the other side is in trouble, and then well', async () => {
    answer = (_, response) => response.writeHead(503).end();
    const { body } = await order(origin);
    expect(await tryOnce(body.id)).toBe('again');
    expect(await read(body.id)).toMatchObject({ state: 'queued', attempts: 1 });
    answer = video;
    expect(await tryOnce(body.id)).toBe('done');
    expect(await read(body.id)).toMatchObject({ state: 'ready', attempts: 2 });
  });

  it('fail after the last try and keep nothing of a body that breaks off', async () => {
    answer = (_, response) => {
      response.writeHead(200, { 'content-length': tea.length }).write(tea.subarray(0, 50_000));
      setImmediate(() => response.destroy());
    };
    const { body } = await order(origin);
    for (let tries = 1; tries < MAX_IMPORT_TRIES; tries += 1) expect(await tryOnce(body.id)).toBe('again');
    expect(await tryOnce(body.id)).toBe('done');
    expect(await read(body.id)).toMatchObject({ state: 'failed', problem: { code: 'url.unreachable' } });
    expect(await rooms.files()).toEqual([]);
  });

  it('are invisible to another tenant', async () => {
    const { body } = await order(origin);
    const tenant = { name: 'Other', region: 'eu', timeZone: 'UTC' };
    const { apiKey: key } = (await rooms.send('POST', '/v1/workspaces', { body: tenant })).body;
    expect(await rooms.send('GET', `/v1/media/imports/${body.id}`, { key })).toMatchObject({
      status: 404,
      body: { code: 'import.not_found' },
    });
  });

  it('are refused while a hundred of the workspace have not ended', async () => {
    await rooms.db.database.affected(
      `insert into media_import (id, workspace_id, url)
       select gen_random_uuid(), $1, 'https://example.com/a.mp4' from generate_series(1, 100)`,
      [rooms.workspaceId],
    );
    expect(await order(origin)).toMatchObject({ status: 429, body: { code: 'import.too_many_open', maxOpen: 100 } });
    await rooms.db.database.affected(
      `update media_import set state = 'failed', problem = '{}', ended_at = now()
        where id = (select id from media_import limit 1)`,
    );
    expect((await order(origin)).status).toBe(202);
  });
});
