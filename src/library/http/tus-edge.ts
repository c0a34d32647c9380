import { PassThrough, Readable } from 'node:stream';
import { MemoryLocker, Server } from '@tus/server';
import type { Request as ExpressRequest, Response as ExpressResponse } from 'express';
import type { Principal } from '../../infra/http/principal.js';
import { derivedId, newId } from '../../kernel/ids.js';
import type { UploadDesk } from '../application/upload-desk.js';
import { problemOf, refusalOf } from './tus-problems.js';
import { TusStore } from './tus-store.js';

export const UPLOADS_PATH = '/v1/uploads';

/** Which media a finished upload became. */
export const MEDIA_ID_HEADER = 'Media-Id';

/** How long a request may go on storing what came after the client has turned to another one. */
const DRAIN_MS = 1_000;

type Caller = Pick<Principal, 'workspaceId'>;

/** tus 1.0.0 for one workspace at a time, with our refusals instead of the package's plain texts. */
export class TusEdge {
  /** Within this process; between processes the database's count of bytes decides. */
  private readonly locker = new MemoryLocker();

  constructor(
    private readonly desk: UploadDesk,
    private readonly maxBytes: number,
  ) {}

  /**
   * Does what the request says and writes status and headers; the caller ends the answer.
   * @throws DomainError for every refusal; the rest of the request is read into nothing
   */
  async handle(request: ExpressRequest, response: ExpressResponse, caller: Caller): Promise<void> {
    const body = bodyOf(request);
    const faults: unknown[] = [];
    const server = this.serverFor(caller, request.get('idempotency-key'), faults);
    const answer = await server.handleWeb(webRequest(request, body));
    if (answer.status >= 400) {
      request.unpipe(body);
      request.resume();
    }
    copyHeaders(answer, response);
    if (faults.length > 0) throw problemOf(faults[0], this.maxBytes);
    if (answer.status >= 400) throw refusalOf(answer.status, await answer.text(), this.maxBytes);
    response.status(answer.status);
  }

  private serverFor({ workspaceId }: Caller, key: string | undefined, faults: unknown[]): Server {
    return new Server({
      path: UPLOADS_PATH,
      relativeLocation: true,
      maxSize: this.maxBytes,
      // The package locks before it looks: a stranger's request must not cut the owner's.
      locker: { newLock: (id) => this.locker.newLock(`${workspaceId}/${id}`) },
      lockDrainTimeout: DRAIN_MS,
      exposedHeaders: [MEDIA_ID_HEADER],
      datastore: new TusStore(this.desk, workspaceId),
      namingFunction: () => (key === undefined ? newId() : derivedId('upload', workspaceId, key)),
      onUploadFinish: async (_, { id }) => {
        const { mediaId = '' } = await this.desk.settle(workspaceId, id);
        return { headers: { [MEDIA_ID_HEADER]: mediaId } };
      },
      onResponseError: (_, error) => {
        faults.push(error);
        return undefined;
      },
    });
  }
}

/** A sender that hangs up ends the stream like one that has finished: what has come is kept. */
const bodyOf = (request: ExpressRequest): PassThrough => {
  const body = new PassThrough();
  request.once('close', () => body.end());
  request.on('error', () => body.end());
  return request.pipe(body);
};

const webRequest = (request: ExpressRequest, body: PassThrough): Request => {
  const hasBody = request.method === 'PATCH' || request.method === 'POST';
  return new Request(`http://localhost${request.originalUrl}`, {
    method: request.method,
    headers: Object.entries(request.headers).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value] as [string, string]] : [],
    ),
    ...(hasBody ? { body: Readable.toWeb(body), duplex: 'half' } : {}),
  });
};

const OF_THE_BODY = ['content-length', 'content-type'];

const copyHeaders = (answer: Response, response: ExpressResponse): void => {
  for (const [name, value] of answer.headers) if (!OF_THE_BODY.includes(name)) response.setHeader(name, value);
};
