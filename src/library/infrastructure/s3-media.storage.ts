import { Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  type _Object as ListedObject,
  S3Client,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { newId, type WorkspaceId } from '../../kernel/ids.js';
import { MediaStorage, type StagedFile } from '../domain/media-storage.port.js';
import { Measure } from './measure.js';

/** Where the bucket is and how to enter it. */
export interface S3Settings {
  /** Left out: Amazon's own, by region. */
  readonly endpoint?: string | undefined;
  readonly region: string;
  readonly bucket: string;
  /** Left out: the SDK's own search (instance role, profile). */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string } | undefined;
  /** `https://host/bucket/key` instead of `https://bucket.host/key`; most servers other than Amazon's want it. */
  readonly forcePathStyle: boolean;
}

/** S3 takes parts of 5 MiB or more, 10,000 at most; two on their way at once bound the memory of one upload. */
const PART_BYTES = 5 * 1024 * 1024;
const PARTS_AT_ONCE = 2;

const SWEEP_GROUP = 500;

/** Videos as objects `<workspace>/<id>` of one bucket, which any number of processes may share. */
export class S3MediaStorage extends MediaStorage {
  readonly distance = 'far';
  private readonly client: S3Client;
  private readonly bucket: string;

  constructor({ endpoint, region, bucket, credentials, forcePathStyle }: S3Settings) {
    super();
    this.bucket = bucket;
    this.client = new S3Client({
      region,
      forcePathStyle,
      ...(endpoint === undefined ? {} : { endpoint }),
      ...(credentials === undefined ? {} : { credentials }),
      // The SDK's newer checksum trailers are not understood by most servers other than Amazon's.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
    });
  }

  async stage(upload: { workspaceId: WorkspaceId; source: Readable; maxBytes: number }): Promise<StagedFile> {
    const id = newId();
    const storageKey = `${upload.workspaceId}/${id}`;
    const measured = new Measure(upload.maxBytes);
    const body = Readable.from(measured.through(upload.source), { objectMode: false });
    const sending = new Upload({
      client: this.client,
      params: { Bucket: this.bucket, Key: storageKey, Body: body },
      partSize: PART_BYTES,
      queueSize: PARTS_AT_ONCE,
      // Left to us: the SDK would answer with the fault of its cleaning instead of the first one.
      leavePartsOnError: true,
    });
    try {
      await sending.done();
    } catch (error) {
      body.destroy();
      upload.source.destroy();
      await this.dropParts(storageKey, sending.uploadId);
      await this.discard(storageKey);
      throw error;
    }
    return { id, storageKey, ...measured.result() };
  }

  open(storageKey: string, start?: number, end?: number): Readable {
    const abort = new AbortController();
    const stream = Readable.from(this.read(storageKey, rangeOf(start, end), abort.signal), { objectMode: false });
    stream.once('close', () => abort.abort());
    return stream;
  }

  async discard(storageKey: string): Promise<void> {
    await this.client.send(new DeleteObjectCommand({ Bucket: this.bucket, Key: storageKey }));
  }

  async *writtenBefore(instant: Date): AsyncIterable<readonly string[]> {
    let next: string | undefined;
    do {
      const page = await this.client.send(
        new ListObjectsV2Command({
          Bucket: this.bucket,
          MaxKeys: SWEEP_GROUP,
          ...(next === undefined ? {} : { ContinuationToken: next }),
        }),
      );
      const old = (page.Contents ?? []).filter((object) => isOlder(object, instant)).map(({ Key: key }) => key ?? '');
      if (old.length > 0) yield old;
      next = page.NextContinuationToken;
    } while (next !== undefined);
  }

  /** Closes its connections; what runs is cut. */
  close(): void {
    this.client.destroy();
  }

  /** Parts are no object yet and show in no list. What stays behind here falls to the bucket's own rule (README). */
  private async dropParts(key: string, uploadId: string | undefined): Promise<void> {
    if (uploadId === undefined) return;
    const parts = new AbortMultipartUploadCommand({ Bucket: this.bucket, Key: key, UploadId: uploadId });
    await this.client.send(parts).catch(() => undefined);
  }

  private async *read(key: string, range: string | undefined, signal: AbortSignal): AsyncIterable<Buffer> {
    const { Body: body } = await this.client.send(
      new GetObjectCommand({ Bucket: this.bucket, Key: key, ...(range === undefined ? {} : { Range: range }) }),
      { abortSignal: signal },
    );
    yield* body as unknown as AsyncIterable<Buffer>;
  }
}

const rangeOf = (start: number | undefined, end: number | undefined): string | undefined =>
  start === undefined && end === undefined ? undefined : `bytes=${start ?? 0}-${end ?? ''}`;

/** A bucket may be shared with others: only keys of our shape are ours to sweep. */
const OUR_KEY = /^[0-9a-f-]{36}\/[0-9a-f-]{36}$/;

const isOlder = ({ Key: key, LastModified: at }: ListedObject, instant: Date): boolean =>
  key !== undefined && OUR_KEY.test(key) && at !== undefined && at < instant;
