import type { Readable } from 'node:stream';
import busboy from 'busboy';
import type { Request } from 'express';
import { DomainError } from '../../kernel/domain-error.js';

const FIELD = 'file';

/** The one file of a multipart request and what was made of it. */
export interface ReceivedFile<T> {
  readonly fileName: string | undefined;
  /** Media type that the part named. */
  readonly declaredType: string | undefined;
  readonly taken: T;
}

/** What becomes of the bytes, and how to undo it when the rest of the request is refused. */
export interface FileTaker<T> {
  take(source: Readable): Promise<T>;
  discard(taken: T): Promise<void>;
}

/** What refusals call the file. */
export interface FileNaming {
  /** First part of their codes. */
  readonly code: string;
  readonly thing: string;
}

const VIDEO: FileNaming = { code: 'media', thing: 'video' };

/**
 * Streams the part `file` into `taker` while it arrives. On any refusal the file is discarded and the rest of the
 * request is read into nothing, so that the sender gets to see the answer.
 * @throws DomainError `media.not_multipart`, `media.unexpected_part`, `media.no_file`, `media.upload_broken`, and what
 *   `take` throws
 */
export const receiveFile = async <T>(
  request: Request,
  taker: FileTaker<T>,
  naming = VIDEO,
): Promise<ReceivedFile<T>> => {
  const parser = openParser(request, naming);
  const upload = new Upload(parser, taker, naming);
  const onClose = () => request.complete || upload.refuse(broken(naming));
  request.once('close', onClose).on('error', onClose);
  request.pipe(parser);
  try {
    return await upload.received;
  } catch (error) {
    request.unpipe(parser);
    request.resume();
    await upload.undo();
    throw error;
  } finally {
    request.off('close', onClose);
  }
};

/** @throws DomainError `media.not_multipart` */
const openParser = (request: Request, { code, thing }: FileNaming): busboy.Busboy => {
  if (/^multipart\/form-data\b/i.test(request.headers['content-type'] ?? '')) {
    try {
      return busboy({
        headers: request.headers,
        defParamCharset: 'utf8',
        limits: { fieldSize: 1_024, headerPairs: 50 },
      });
    } catch {
      // No boundary: the same answer.
    }
  }
  throw new DomainError(
    'unsupported_media',
    `${code}.not_multipart`,
    `Send the ${thing} as multipart/form-data with one field named "file".`,
  );
};

/** The parts of one request as they come. */
class Upload<T> {
  readonly received: Promise<ReceivedFile<T>>;
  private source: Readable | undefined;
  private taking: Promise<T> | undefined;
  private fileName: string | undefined;
  private declaredType: string | undefined;
  private readonly refusal = new AbortController();

  constructor(
    private readonly parser: busboy.Busboy,
    private readonly taker: FileTaker<T>,
    private readonly naming: FileNaming,
  ) {
    this.received = new Promise((resolve, reject) => {
      this.refusal.signal.addEventListener('abort', () => reject(this.refusal.signal.reason as Error));
      parser.once('close', () => void this.finish().then(resolve, reject));
    });
    parser.on('file', (field, source, info) => this.onFile(field, source, info));
    parser.on('field', () => this.refuse(unexpectedPart(this.naming)));
    parser.on('error', () => this.refuse(broken(this.naming)));
  }

  refuse(error: Error): void {
    this.refusal.abort(error);
  }

  /** Ends the parser and removes what was taken. */
  async undo(): Promise<void> {
    this.source?.destroy(broken(this.naming));
    this.parser.destroy();
    const taken = await this.taking?.catch(() => undefined);
    if (taken !== undefined) await this.taker.discard(taken);
  }

  private onFile(field: string, source: Readable, info: busboy.FileInfo): void {
    // The parser destroys an unfinished part with an error of its own; the request's refusal says it all.
    source.on('error', () => undefined);
    if (field !== FIELD || this.taking) {
      source.resume();
      this.refuse(unexpectedPart(this.naming));
      return;
    }
    this.source = source;
    this.fileName = info.filename;
    this.declaredType = info.mimeType;
    this.taking = this.taker.take(source);
    // Later than the parser's own word on a stream that ended too early, which is then the reason.
    this.taking.catch((error: Error) => setImmediate(() => this.refuse(error)));
  }

  private async finish(): Promise<ReceivedFile<T>> {
    if (!this.taking) throw noFile(this.naming);
    return { fileName: this.fileName, declaredType: this.declaredType, taken: await this.taking };
  }
}

const unexpectedPart = ({ code }: FileNaming) =>
  new DomainError('invalid', `${code}.unexpected_part`, `Send exactly one file, in a field named "${FIELD}".`);

const noFile = ({ code }: FileNaming) =>
  new DomainError(
    'invalid',
    `${code}.no_file`,
    `There is no file in this request. Send it in a field named "${FIELD}".`,
  );

const broken = ({ code }: FileNaming) =>
  new DomainError('invalid', `${code}.upload_broken`, 'The upload ended in the middle. Send the file again.');
