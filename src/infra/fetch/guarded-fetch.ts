import { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import { DomainError } from '../../kernel/domain-error.js';
import * as refusals from './fetch-refusals.js';
import { assertPublicUrl, createGuardedDispatcher } from './guarded-dispatcher.js';
import type { FetchPolicy } from './public-address.js';

/** How patient a fetch is. */
export interface FetchLimits {
  readonly connectTimeoutMs: number;
  /** Until the head of the answer, and between two of its chunks. */
  readonly idleTimeoutMs: number;
  /** Hops to other addresses, each judged as the first one was. */
  readonly maxRedirects: number;
  /** The slowest a body may come, counted from its start, once it has run for `paceAfterMs`. */
  readonly minBytesPerSecond: number;
  readonly paceAfterMs: number;
}

/** Pace: 4 GiB in at most 18 hours; who drips one byte at a time is gone after half a minute. */
export const FETCH_LIMITS: FetchLimits = {
  connectTimeoutMs: 10_000,
  idleTimeoutMs: 30_000,
  maxRedirects: 3,
  minBytesPerSecond: 65_536,
  paceAfterMs: 30_000,
};

/** A file behind a user-given address. Read `body` to its end or destroy it. */
export interface FetchedFile {
  /** Where it was found in the end. */
  readonly url: URL;
  /** Bare media type, lower-case; empty when not told. */
  readonly contentType: string;
  /** Size in bytes, when told. */
  readonly contentLength?: number;
  /** Fails with a DomainError of code `url.*`. */
  readonly body: Readable;
}

export interface FetchOptions {
  readonly maxBytes: number;
  readonly signal: AbortSignal;
}

/** Reads files from addresses that users give, as streams and through the guarded door. */
export class GuardedFetch {
  private readonly limits: FetchLimits;
  private readonly door: Dispatcher;

  constructor(
    private readonly policy: FetchPolicy,
    limits: Partial<FetchLimits> = {},
  ) {
    this.limits = { ...FETCH_LIMITS, ...limits };
    const { connectTimeoutMs, idleTimeoutMs } = this.limits;
    this.door = createGuardedDispatcher(policy, {
      allowH2: false,
      connect: { timeout: connectTimeoutMs },
      headersTimeout: idleTimeoutMs,
      bodyTimeout: idleTimeoutMs,
    });
  }

  /**
   * Opens the file.
   * @throws DomainError final: `url.refused`, `url.too_many_redirects`, `url.answered`, `url.too_large`;
   *   worth another try (kind `unavailable`): `url.unreachable`, `url.too_slow`
   */
  async open(text: string, options: FetchOptions): Promise<FetchedFile> {
    let url = assertPublicUrl(text, this.policy);
    for (let hops = 0; hops <= this.limits.maxRedirects; hops += 1) {
      const answer = await this.ask(url, options.signal);
      const next = redirectOf(answer);
      if (next === undefined) return this.judge(url, answer, options);
      answer.body.destroy();
      if (!URL.canParse(next, url.href)) throw refusals.answered(answer.statusCode);
      url = assertPublicUrl(new URL(next, url).href, this.policy);
    }
    throw refusals.tooManyRedirects(this.limits.maxRedirects);
  }

  /** Closes its connections; what runs is cut. */
  close(): Promise<void> {
    return this.door.destroy();
  }

  private async ask(url: URL, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
    const path = url.pathname + url.search;
    const headers = { accept: 'video/*, */*;q=0.5', 'accept-encoding': 'identity', 'user-agent': 'Perennial' };
    try {
      // `reset`: a kept connection to a stranger gains nothing.
      const answer = await this.door.request({ origin: url.origin, path, method: 'GET', headers, signal, reset: true });
      // An abandoned body fails with the abort that we caused.
      answer.body.on('error', () => undefined);
      return answer;
    } catch (error) {
      throw refusals.refusalOf(error);
    }
  }

  private judge(url: URL, answer: Dispatcher.ResponseData, { maxBytes }: FetchOptions): FetchedFile {
    const { statusCode, headers, body } = answer;
    const contentLength = sizeOf(headers['content-length']);
    const refusal =
      statusCode === 200
        ? contentLength !== undefined && contentLength > maxBytes && refusals.tooLarge(maxBytes)
        : refusals.answered(statusCode);
    if (refusal) {
      body.destroy();
      throw refusal;
    }
    return {
      url,
      contentType: typeOf(headers['content-type']),
      ...(contentLength === undefined ? {} : { contentLength }),
      body: Readable.from(this.paced(body, maxBytes), { objectMode: false }),
    };
  }

  private async *paced(body: Readable, maxBytes: number): AsyncIterable<Buffer> {
    const { paceAfterMs, minBytesPerSecond } = this.limits;
    const startedAt = performance.now();
    let bytes = 0;
    try {
      for await (const chunk of body as AsyncIterable<Buffer>) {
        bytes += chunk.length;
        if (bytes > maxBytes) throw refusals.tooLarge(maxBytes);
        const elapsedMs = performance.now() - startedAt;
        if (elapsedMs > paceAfterMs && bytes * 1_000 < elapsedMs * minBytesPerSecond) throw refusals.tooSlow();
        yield chunk;
      }
    } catch (error) {
      throw error instanceof DomainError ? error : refusals.refusalOf(error);
    }
  }
}

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

const redirectOf = ({ statusCode, headers }: Dispatcher.ResponseData): string | undefined =>
  REDIRECTS.has(statusCode) && typeof headers.location === 'string' ? headers.location : undefined;

const sizeOf = (header: string | string[] | undefined): number | undefined =>
  typeof header === 'string' && /^\d{1,15}$/.test(header) ? Number(header) : undefined;

const typeOf = (header: string | string[] | undefined): string =>
  (typeof header === 'string' ? header : '').replace(/;.*$/s, '').trim().toLowerCase();
