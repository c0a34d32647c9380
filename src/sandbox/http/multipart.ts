import { createHash } from 'node:crypto';
import type { Call } from './call.js';
import { header } from './call.js';
import { mvhdDurationSec } from './mp4-duration.js';

/** One file of a form. */
export interface UploadedFile {
  readonly field: string;
  readonly fileName: string;
  readonly contentType: string;
  readonly bytes: Buffer;
}

/** A `multipart/form-data` body, read whole. */
export interface Multipart {
  readonly fields: Readonly<Record<string, string>>;
  readonly files: readonly UploadedFile[];
}

export const isMultipart = (call: Call): boolean =>
  header(call, 'content-type')?.startsWith('multipart/form-data') ?? false;

const attribute = (head: string, name: string): string | undefined =>
  new RegExp(`[; ]${name}="([^"]*)"`).exec(head)?.[1];

/** @returns undefined when the body is not what its content type says */
export const readMultipart = (call: Call, body: Buffer): Multipart | undefined => {
  const boundary = /boundary="?([^";]+)"?/.exec(header(call, 'content-type') ?? '')?.[1];
  if (boundary === undefined) return undefined;
  const mark = Buffer.from(`--${boundary}`);
  const fields: Record<string, string> = {};
  const files: UploadedFile[] = [];
  let at = body.indexOf(mark);
  while (at >= 0) {
    const start = at + mark.length;
    if (body.subarray(start, start + 2).toString() === '--') return { fields, files };
    const headEnd = body.indexOf('\r\n\r\n', start);
    const next = body.indexOf(mark, start);
    if (headEnd < 0 || next < 0) return undefined;
    const head = body.subarray(start, headEnd).toString('utf8').toLowerCase();
    const content = body.subarray(headEnd + 4, next - 2);
    const field = attribute(head, 'name') ?? '';
    const fileName = attribute(head, 'filename');
    if (fileName === undefined) fields[field] = content.toString('utf8');
    else files.push({ field, fileName, contentType: /content-type: *(\S+)/.exec(head)?.[1] ?? '', bytes: content });
    at = next;
  }
  return undefined;
};

/** What the truth feed says about a file; a message without one has no bytes. */
export const factsOf = (
  file: Pick<UploadedFile, 'bytes'> | undefined,
): { sha256: string; bytes: number; durationSec?: number } => {
  const bytes = file?.bytes ?? Buffer.alloc(0);
  const durationSec = mvhdDurationSec(bytes.subarray(0, 262_144));
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { sha256, bytes: bytes.length, ...(durationSec === undefined ? {} : { durationSec }) };
};
