import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { PublishMedia } from '../domain/publish-content.js';

/** One text field of a form. */
export interface MultipartField {
  readonly name: string;
  readonly value: string;
  /** Left out for plain text. */
  readonly contentType?: string;
}

/** A form that is sent piece by piece: its file is never held in memory. */
export interface MultipartBody {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readable;
}

const EXTENSIONS: Readonly<Record<string, string>> = {
  'video/mp4': 'mp4',
  'video/quicktime': 'mov',
  'video/webm': 'webm',
};

/** `video.mp4`: the name our file has on the platform; the user's own file name stays with us. */
export const fileNameOf = (media: Pick<PublishMedia, 'mimeType'>): string =>
  `video.${EXTENSIONS[media.mimeType] ?? 'bin'}`;

/** `multipart/form-data` (RFC 7578) of some fields and one video, with its exact length. */
export const multipartBody = (
  fields: readonly MultipartField[],
  file: { readonly name: string; readonly media: Pick<PublishMedia, 'mimeType' | 'bytes' | 'open'> },
): MultipartBody => {
  const boundary = `perennial-${randomUUID()}`;
  const { name, media } = file;
  const parts = fields.map(
    (field) =>
      `--${boundary}\r\ncontent-disposition: form-data; name="${field.name}"\r\n` +
      `${field.contentType === undefined ? '' : `content-type: ${field.contentType}\r\n`}\r\n${field.value}\r\n`,
  );
  const opening =
    `--${boundary}\r\ncontent-disposition: form-data; name="${name}"; filename="${fileNameOf(media)}"\r\n` +
    `content-type: ${media.mimeType}\r\n\r\n`;
  const head = Buffer.from(parts.join('') + opening);
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
  return {
    headers: {
      'content-type': `multipart/form-data; boundary=${boundary}`,
      'content-length': String(head.length + media.bytes + tail.length),
    },
    body: Readable.from(piecesOf(head, media, tail), { objectMode: false }),
  };
};

async function* piecesOf(head: Buffer, media: Pick<PublishMedia, 'open'>, tail: Buffer): AsyncGenerator<Buffer> {
  yield head;
  yield* media.open() as AsyncIterable<Buffer>;
  yield tail;
}
