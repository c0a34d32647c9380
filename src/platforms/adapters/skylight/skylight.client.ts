import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { Agent } from '@atproto/api';
import type { Credentials } from '../../domain/publish-outcome.js';
import type { PlatformAnswer, PlatformHttp, PlatformRequest } from '../../infrastructure/platform-http.js';
import type { SkylightConfig } from './skylight.config.js';

export interface Caller {
  readonly credentials: Credentials;
  readonly signal: AbortSignal;
}

/** A call of the library as its data, or the one HTTP exchange that it failed on. */
export type XrpcRead<T> =
  { readonly kind: 'ok'; readonly value: T } | { readonly kind: 'failed'; readonly answer: PlatformAnswer };

type Options = Pick<PlatformRequest, 'kind' | 'irreversible'>;

/**
 * XRPC through `@atproto/api`. The plain Agent keeps no session: it neither signs in nor refreshes nor sends anything
 * again, and every request goes through our own HTTP client with its deadlines.
 */
export class SkylightClient {
  constructor(
    private readonly config: SkylightConfig,
    private readonly http: PlatformHttp,
  ) {}

  /** The account's PDS; the configured service for accounts that have none on record. */
  serviceOf(credentials: Credentials): string {
    return credentials['service'] ?? this.config.serviceUrl;
  }

  async call<T>(
    caller: Caller,
    run: (agent: Agent) => Promise<{ data: T }>,
    options: Options = {},
  ): Promise<XrpcRead<T>> {
    let answer: PlatformAnswer = { kind: 'not_sent', detail: 'the library refused the request' };
    const agent = new Agent(async (path, init) => {
      answer = await this.exchange(caller, { path, init }, options);
      if (answer.kind !== 'response') throw new Error(answer.detail);
      return new Response(answer.text === '' ? null : answer.text, { status: answer.status, headers: answer.headers });
    });
    try {
      return { kind: 'ok', value: (await run(agent)).data };
    } catch {
      return { kind: 'failed', answer };
    }
  }

  /** One call without the library and without a token. */
  anonymous(method: 'GET' | 'POST', nsid: string, caller: Caller): Promise<PlatformAnswer> {
    const url = `${this.serviceOf(caller.credentials)}/xrpc/${nsid}`;
    return this.http.send({ method, url, signal: caller.signal });
  }

  /** Public counters from the AppView, without a token. */
  counters(uri: string, caller: Caller): Promise<PlatformAnswer> {
    const url = `${this.config.appViewUrl}/xrpc/app.bsky.feed.getPosts?uris=${encodeURIComponent(uri)}`;
    return this.http.send({ method: 'GET', url, signal: caller.signal });
  }

  private exchange(
    caller: Caller,
    request: { path: string; init: RequestInit },
    options: Options,
  ): Promise<PlatformAnswer> {
    const { path, init } = request;
    return this.http.send({
      method: (init.method ?? 'GET').toUpperCase() as PlatformRequest['method'],
      url: new URL(path, this.serviceOf(caller.credentials)).href,
      headers: Object.fromEntries(new Headers(init.headers)),
      ...bodyOf(init.body),
      signal: caller.signal,
      ...options,
    });
  }
}

/** The library hands over JSON as bytes and streams as web streams. */
const bodyOf = (body: RequestInit['body']): Pick<PlatformRequest, 'body'> => {
  if (body === null || body === undefined) return {};
  if (typeof body === 'string' || ArrayBuffer.isView(body)) return { body: body as string | Uint8Array };
  return { body: Readable.fromWeb(body as ReadableStream) };
};
