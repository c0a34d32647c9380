import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';
import type { Media } from '../domain/media.js';
import { byteRange } from './byte-range.js';

/** Uploaded bytes on their way to a browser or a platform. */
export interface ContentCall {
  readonly media: Media;
  /** The `Range` header. */
  readonly range: string | undefined;
  readonly response: Response;
  /** Opens bytes `start` to `end`, both inclusive. */
  readonly open: (start: number, end: number) => Readable;
}

/** Sends a video, or one range of it; a HEAD gets the same headers and no bytes. */
export const sendContent = async ({ media, range, response, open }: ContentCall): Promise<void> => {
  const part = byteRange(range, media.bytes);
  describeContent(media, response);
  if (part === 'unsatisfiable') {
    response.status(416).setHeader('Content-Range', `bytes */${media.bytes}`).end();
    return;
  }
  const { start, end } = part ?? { start: 0, end: media.bytes - 1 };
  if (part) response.status(206).setHeader('Content-Range', `bytes ${start}-${end}/${media.bytes}`);
  response.setHeader('Content-Length', end - start + 1);
  if (response.req.method === 'HEAD') {
    response.end();
    return;
  }
  // A player that jumps closes the connection in the middle of an answer; that is no fault.
  await pipeline(open(start, end), response).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  });
};

/** Uploaded bytes are shown as a video and nothing else: never run, never guessed at. */
const describeContent = ({ mimeType, sha256 }: Media, response: Response): void => {
  response
    .setHeader('Content-Type', mimeType)
    .setHeader('X-Content-Type-Options', 'nosniff')
    .setHeader('Content-Disposition', 'inline')
    .setHeader('Accept-Ranges', 'bytes')
    .setHeader('ETag', `"${sha256}"`)
    .setHeader('Cache-Control', 'private, max-age=86400, immutable');
};
