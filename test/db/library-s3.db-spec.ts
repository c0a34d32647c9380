import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { PutObjectCommand, S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SweepMediaFiles } from '../../src/library/application/sweep-media-files.js';
import { MediaStorage } from '../../src/library/domain/media-storage.port.js';
import { LibraryModule } from '../../src/library/index.js';
import { CLIPS, formOf, type RoomServer, startRooms } from '../support/library.js';
import { startS3, type TestS3 } from '../support/s3.js';

const TUS = { 'tus-resumable': '1.0.0' };

describe('a library in a bucket', () => {
  let s3: TestS3;
  let rooms: RoomServer;
  let tea: Buffer;

  beforeAll(async () => {
    s3 = await startS3();
    const { endpoint, region, bucket, credentials } = s3.settings;
    rooms = await startRooms([LibraryModule], {
      MEDIA_STORAGE: 's3',
      S3_ENDPOINT: endpoint,
      S3_REGION: region,
      S3_BUCKET: bucket,
      S3_ACCESS_KEY_ID: credentials?.accessKeyId ?? '',
      S3_SECRET_ACCESS_KEY: credentials?.secretAccessKey ?? '',
      S3_FORCE_PATH_STYLE: 'true',
    });
    tea = await readFile(join(CLIPS, 'tea-in-a-minute.mp4'));
  });
  afterAll(async () => {
    await rooms.close();
    await s3.stop();
  });

  const objects = async (): Promise<string[]> => {
    const found: string[] = [];
    const storage = rooms.app.get(MediaStorage, { strict: false });
    for await (const keys of storage.writtenBefore(new Date(Date.now() + 60_000))) found.push(...keys);
    return found;
  };

  it('takes, judges, plays and deletes a video without a file of its own', async () => {
    const { status, body: media } = await rooms.send('POST', '/v1/media', { raw: formOf(tea) });
    expect(status).toBe(201);
    expect(media).toMatchObject({ width: 720, height: 1280, bytes: tea.length });
    const path = `/v1/media/${media.id}`;
    const part = await rooms.send('GET', `${path}/content`, { headers: { range: 'bytes=1000-1999' } });
    expect(part.body.equals(tea.subarray(1_000, 2_000))).toBe(true);
    expect(await objects()).toEqual([`${rooms.workspaceId}/${media.id}`]);
    expect(await rooms.files()).toEqual([]);
    expect((await rooms.send('DELETE', path)).status).toBe(204);
    expect(await objects()).toEqual([]);
  });

  it('keeps nothing of what is no video', async () => {
    const answer = await rooms.send('POST', '/v1/media', { raw: formOf(Buffer.from('no video'.repeat(99))) });
    expect(answer.body.code).toBe('media.not_a_video');
    expect(await objects()).toEqual([]);
  });

  it('joins the parts of a resumable upload into one object', async () => {
    const headers = { ...TUS, 'upload-length': String(tea.length) };
    const path = (await rooms.send('POST', '/v1/uploads', { headers })).headers.get('location') ?? '';
    const append = (bytes: Buffer, offset: number) =>
      rooms.send('PATCH', path, {
        raw: new Blob([new Uint8Array(bytes)]),
        headers: { ...TUS, 'content-type': 'application/offset+octet-stream', 'upload-offset': String(offset) },
      });
    await append(tea.subarray(0, 50_000), 0);
    const end = await append(tea.subarray(50_000), 50_000);
    const mediaId = end.headers.get('media-id') ?? '';
    expect(await objects()).toEqual([`${rooms.workspaceId}/${mediaId}`]);
    expect((await rooms.send('GET', `/v1/media/${mediaId}/content`)).body.equals(tea)).toBe(true);
  });

  it('leaves objects alone that are not ours, and young ones', async () => {
    const storage = rooms.app.get(MediaStorage, { strict: false });
    await storage.stage({ workspaceId: rooms.workspaceId, source: Readable.from([tea]), maxBytes: tea.length });
    const { bucket, ...settings } = s3.settings;
    const neighbour = new S3Client(settings as S3ClientConfig);
    await neighbour.send(new PutObjectCommand({ Bucket: bucket, Key: 'others/report.pdf', Body: 'theirs' }));
    neighbour.destroy();
    expect(await objects()).not.toContain('others/report.pdf');
    expect(await rooms.app.get(SweepMediaFiles, { strict: false }).runOnce()).toBe(0);
  });
});
