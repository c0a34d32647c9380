import type { Request } from 'express';
import type { RawBodyRequest } from '@nestjs/common';
import { DomainError } from '../../../kernel/domain-error.js';

/** SNS sends at most 256 KB, the others less than the 2 MB that JSON bodies may have. */
const MAX_TEXT_BYTES = 524_288;

/**
 * The bytes as they came. JSON was read on the way here; SNS calls its JSON `text/plain`, which nobody has read yet.
 * @throws DomainError `body.too_large`
 */
export const rawBodyOf = async (request: RawBodyRequest<Request>): Promise<Buffer> => {
  if (request.rawBody) return request.rawBody;
  if (request.readableEnded) return Buffer.alloc(0);
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_TEXT_BYTES)
      throw new DomainError('too_large', 'body.too_large', `The body is larger than ${MAX_TEXT_BYTES} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

/** Headers that came once, by lower-case name. */
export const plainHeadersOf = ({ headers }: Request): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
