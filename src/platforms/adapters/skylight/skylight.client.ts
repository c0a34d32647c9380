import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { Agent } from '@atproto/api';
import type { Clock } from '../../../kernel/clock.port.js';
import type { Credentials } from '../../domain/publish-outcome.js';
import type { PlatformAnswer, PlatformHttp, PlatformRequest } from '../../infrastructure/platform-http.js';
import type { UnknownCodes } from '../../infrastructure/unknown-codes.js';
import type { SkylightConfig } from './skylight.config.js';
import { oauthIn } from './skylight.credentials.js';
import { type DpopNonces, dpopHeaders, wantsNonce } from './skylight.dpop.js';
import { isDocumented } from './skylight.errors.map.js';
import { errorName } from './skylight.outcomes.js';

export interface Caller {
  readonly credentials: Credentials;
  readonly signal: AbortSignal;
}

/** A call of the library as its data, or the one HTTP exchange that it failed on. */
export type XrpcRead<T> =
  { readonly kind: 'ok'; readonly value: T } | { readonly kind: 'failed'; readonly answer: PlatformAnswer };

type Options = Pick<PlatformRequest, 'kind' | 'irreversible'> & {
  /** Speaks for the account, by whichever kind of session it has. */
  readonly signed?: boolean;
};

/**
 * XRPC through `@atproto/api`. The plain Agent keeps no session: it neither signs in nor refreshes nor sends anything
 * again, and every request goes through our own HTTP client with its deadlines; addresses that a user or a DID document
 * names go through the guarded door.
 */
export class SkylightClient {
  private readonly trusted: ReadonlySet<string>;

  constructor(
    private readonly config: SkylightConfig,
    private readonly http: PlatformHttp,
    private readonly clock: Clock,
    readonly nonces: DpopNonces,
    private readonly codes: UnknownCodes,
  ) {
    const { serviceUrl, appViewUrl, plcUrl, videoUrl } = config;
    this.trusted = new Set([serviceUrl, appViewUrl, plcUrl, videoUrl].map((url) => new URL(url).origin));
  }

  /** The account's PDS; the configured service for accounts that have none on record. */
  serviceOf(credentials: Credentials): string {
    return credentials['service'] ?? this.config.serviceUrl;
  }

  /**
   * One call of the library. A server that first wants a DPoP nonce has done nothing, so the call is then made once
   * more; nothing else is ever repeated.
   */
  async call<T>(
    caller: Caller,
    run: (agent: Agent) => Promise<{ data: T }>,
    options: Options = {},
  ): Promise<XrpcRead<T>> {
    const first = await this.attempt(caller, run, options);
    return first.kind === 'failed' && wantsNonce(first.answer) ? this.attempt(caller, run, options) : first;
  }

  /** One request, as it is; addresses the operator did not configure go through the guarded door. */
  async send(request: PlatformRequest): Promise<PlatformAnswer> {
    // Names of users and documents become addresses here; not every name makes one.
    if (!URL.canParse(request.url)) return { kind: 'not_sent', detail: 'url.refused: it is no address' };
    const isForeign = !this.trusted.has(new URL(request.url).origin);
    const answer = await this.http.send({ ...request, ...(isForeign ? { guarded: true as const } : {}) });
    this.nonces.learn(request.url, answer);
    if (answer.kind === 'response' && answer.status >= 400)
      this.report(new URL(request.url).pathname, errorName(answer));
    return answer;
  }

  /** Counts a code that no table of ours knows. @param call the path or field that said it */
  report(call: string, code: string | undefined): void {
    if (code !== undefined && !isDocumented(code)) this.codes.report({ platform: 'skylight', call, code });
  }

  /** One XRPC call without the library and without a token. */
  anonymous(method: 'GET' | 'POST', nsid: string, caller: Caller): Promise<PlatformAnswer> {
    return this.send({ method, url: xrpcUrl(this.serviceOf(caller.credentials), nsid), signal: caller.signal });
  }

  private async attempt<T>(
    caller: Caller,
    run: (agent: Agent) => Promise<{ data: T }>,
    options: Options,
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

  private async exchange(
    caller: Caller,
    request: { path: string; init: RequestInit },
    { signed, ...options }: Options,
  ): Promise<PlatformAnswer> {
    const { path, init } = request;
    const method = (init.method ?? 'GET').toUpperCase() as PlatformRequest['method'];
    const url = new URL(path, this.serviceOf(caller.credentials)).href;
    const own = signed ? await this.authorisation(caller.credentials, { method, url }) : {};
    return this.send({
      method,
      url,
      headers: { ...Object.fromEntries(new Headers(init.headers)), ...own },
      ...bodyOf(init.body),
      signal: caller.signal,
      ...options,
    });
  }

  private async authorisation(
    credentials: Credentials,
    call: { method: string; url: string },
  ): Promise<Record<string, string>> {
    const session = oauthIn(credentials);
    if (!session) return { authorization: `Bearer ${credentials['accessJwt'] ?? ''}` };
    try {
      return await dpopHeaders(session, { ...call, at: this.clock.now() }, this.nonces);
    } catch {
      // A key that cannot sign is no session: without its proof the token is refused by the server's own words.
      return { authorization: `Bearer ${session.accessToken}` };
    }
  }
}

/** Address of an XRPC method. */
export const xrpcUrl = (service: string, nsid: string, query: Readonly<Record<string, string>> = {}): string => {
  const url = new URL(`/xrpc/${nsid}`, service);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url.href;
};

/** The library hands over JSON as bytes and streams as web streams. */
const bodyOf = (body: RequestInit['body']): Pick<PlatformRequest, 'body'> => {
  if (body === null || body === undefined) return {};
  if (typeof body === 'string' || ArrayBuffer.isView(body)) return { body: body as string | Uint8Array };
  return { body: Readable.fromWeb(body as ReadableStream) };
};
