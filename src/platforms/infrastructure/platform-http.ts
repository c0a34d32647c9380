import { Readable } from 'node:stream';
import { Agent, type Dispatcher } from 'undici';
import { assertPublicUrl, createGuardedDispatcher } from '../../infra/fetch/guarded-dispatcher.js';
import type { FetchPolicy } from '../../infra/fetch/public-address.js';
import { redactSecrets } from './redact-secrets.js';

/** How long a call may take, milliseconds; defaults are those of `platforms.md` 0.4. */
export interface HttpLimits {
  readonly connectTimeoutMs: number;
  /** Whole metadata call, from start to the last byte of the answer. */
  readonly metadataTimeoutMs: number;
  /** Byte upload: longest time without progress; there is no total limit. */
  readonly uploadIdleTimeoutMs: number;
  /** Longest answer body that is read, bytes. */
  readonly maxAnswerBytes: number;
}

export const HTTP_LIMITS: HttpLimits = {
  connectTimeoutMs: 10_000,
  metadataTimeoutMs: 30_000,
  uploadIdleTimeoutMs: 60_000,
  maxAnswerBytes: 2_000_000,
};

export interface PlatformRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** A stream is used once and destroyed; give `content-length` with it. */
  readonly body?: string | Uint8Array | Readable;
  readonly signal: AbortSignal;
  /** `upload`: only idleness is limited. Default `metadata`. */
  readonly kind?: 'metadata' | 'upload';
  /** Takes a connection of its own, so that a kept-alive one that just died cannot make the outcome unclear. */
  readonly irreversible?: boolean;
  /**
   * The URL was given by a user or by somebody else's document (an upload URL, a DID document): it must be https and
   * lead to a public address, or it is `not_sent`.
   */
  readonly guarded?: boolean;
}

/**
 * What became of one request.
 * `not_sent`: no byte of it was written to a connection, so it certainly had no effect.
 * `no_answer`: it may have arrived, wholly or in part; no readable answer came back.
 */
export type PlatformAnswer =
  | {
      readonly kind: 'response';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly text: string;
    }
  | { readonly kind: 'not_sent'; readonly detail: string }
  | { readonly kind: 'no_answer'; readonly detail: string };

/** Whether undici handed the request to an open connection; the one fact that parts `not_sent` from `no_answer`. */
interface Progress {
  started: boolean;
}

/** Kept-alive connections, and fresh ones for what must not be sent twice. */
interface Lines {
  readonly shared: Dispatcher;
  readonly single: Dispatcher;
}

/** HTTP to platforms: never retries, never follows redirects, never throws for what a network does. */
export class PlatformHttp {
  private readonly limits: HttpLimits;
  private readonly open: Lines;
  private readonly guarded: Lines;

  /** @param policy what guarded URLs may reach besides public addresses */
  constructor(
    limits: Partial<HttpLimits> = {},
    private readonly policy: FetchPolicy = { allow: [] },
  ) {
    this.limits = { ...HTTP_LIMITS, ...limits };
    // HTTP/1.1 only: an HTTP/2 session may put a request back and send it again on its own.
    const options = { allowH2: false, connect: { timeout: this.limits.connectTimeoutMs } };
    const shared = { ...options, pipelining: 1 };
    const single = { ...options, pipelining: 0 };
    this.open = { shared: new Agent(shared), single: new Agent(single) };
    this.guarded = {
      shared: createGuardedDispatcher(policy, shared),
      single: createGuardedDispatcher(policy, single),
    };
  }

  /** Sends once. */
  async send(request: PlatformRequest): Promise<PlatformAnswer> {
    const progress: Progress = { started: false };
    const timer = new AbortController();
    const timeout = this.totalTimeout(request, timer);
    const onAbort = (): void => timer.abort(new Error('aborted by its deadline'));
    request.signal.addEventListener('abort', onAbort, { once: true });
    try {
      if (request.guarded) assertPublicUrl(request.url, this.policy);
      if (request.signal.aborted) return { kind: 'not_sent', detail: 'aborted before it was sent' };
      return await this.exchange(request, progress, timer.signal);
    } catch (error) {
      return { kind: progress.started ? 'no_answer' : 'not_sent', detail: detailOf(error) };
    } finally {
      clearTimeout(timeout);
      request.signal.removeEventListener('abort', onAbort);
      if (request.body instanceof Readable) request.body.destroy();
    }
  }

  /** Closes idle connections; calls that run are cut. */
  async close(): Promise<void> {
    const lines = [this.open, this.guarded].flatMap(({ shared, single }) => [shared, single]);
    await Promise.all(lines.map((line) => line.destroy()));
  }

  private totalTimeout(request: PlatformRequest, timer: AbortController): NodeJS.Timeout | undefined {
    if (request.kind === 'upload') return undefined;
    const ms = this.limits.metadataTimeoutMs;
    return setTimeout(() => timer.abort(new Error(`no complete answer within ${ms} ms`)), ms);
  }

  private async exchange(request: PlatformRequest, progress: Progress, signal: AbortSignal): Promise<PlatformAnswer> {
    const lines = request.guarded ? this.guarded : this.open;
    const agent = request.irreversible ? lines.single : lines.shared;
    const idleMs = request.kind === 'upload' ? this.limits.uploadIdleTimeoutMs : this.limits.metadataTimeoutMs;
    const url = new URL(request.url);
    const answer = await agent.compose(watchStart(progress)).request({
      origin: url.origin,
      path: url.pathname + url.search,
      method: request.method,
      headers: { ...request.headers },
      body: request.body ?? null,
      signal,
      headersTimeout: idleMs,
      bodyTimeout: idleMs,
    });
    const text = await readCapped(answer.body, this.limits.maxAnswerBytes);
    if (text === undefined) return { kind: 'no_answer', detail: `HTTP ${answer.statusCode}, body over the limit` };
    return { kind: 'response', status: answer.statusCode, headers: flatten(answer.headers), text };
  }
}

/** Notes the moment a request goes onto an open connection, and cuts any attempt to send it a second time. */
const watchStart =
  (progress: Progress): Dispatcher.DispatcherComposeInterceptor =>
  (dispatch) =>
  (options, handler) =>
    dispatch(options, {
      onRequestStart: (controller, context) => {
        if (progress.started) return controller.abort(new Error('refused to send twice'));
        handler.onRequestStart?.(controller, context);
        if (!controller.aborted) progress.started = true;
      },
      onResponseStart: (...event) => handler.onResponseStart?.(...event),
      onResponseData: (...event) => handler.onResponseData?.(...event),
      onResponseEnd: (...event) => handler.onResponseEnd?.(...event),
      onResponseError: (...event) => handler.onResponseError?.(...event),
    });

const readCapped = async (body: Readable, maxBytes: number): Promise<string | undefined> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
};

const flatten = (headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name.toLowerCase(),
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );

const detailOf = (error: unknown): string => {
  const { code, message } = (error ?? {}) as { readonly code?: unknown; readonly message?: unknown };
  const words = [code, message].filter((word) => typeof word === 'string' && word !== '');
  return redactSecrets(words.join(': ') || 'the call failed');
};
