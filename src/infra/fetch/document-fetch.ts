import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { TextDecoder } from 'node:util';
import type { Dispatcher } from 'undici';
import { DomainError } from '../../kernel/domain-error.js';
import { SECOND_MS } from '../../kernel/durations.js';
import { assertPublicUrl, createGuardedDispatcher } from './guarded-dispatcher.js';
import { type FetchPolicy, isAllowedHost, mayConnect } from './public-address.js';

/** How patient a reading is. */
export interface DocumentLimits {
  /** From the first connection to the last byte, redirects included. */
  readonly timeoutMs: number;
  readonly maxBytes: number;
  /** Hops to other addresses, each judged as the first one was. */
  readonly maxRedirects: number;
}

/** `platforms.md` 7.3: ten seconds. Google's list of incidents has more than one megabyte. */
export const DOCUMENT_LIMITS: DocumentLimits = {
  timeoutMs: 10 * SECOND_MS,
  maxBytes: 4 * 1024 * 1024,
  maxRedirects: 3,
};

/** A document, and what its server said about the copy we have. */
export interface DocumentRequest {
  readonly url: string;
  readonly etag?: string | undefined;
  readonly lastModified?: string | undefined;
}

/** What came of asking for a document; never an exception. */
export type DocumentAnswer =
  | {
      readonly kind: 'document';
      /** Bare media type, lower-case; empty when not told. */
      readonly contentType: string;
      readonly body: string;
      readonly etag?: string;
      readonly lastModified?: string;
    }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'failed'; readonly why: string; readonly retryAfterMs?: number };

/** Reads small documents that are asked for again and again, through the guarded door and with conditional requests. */
export class DocumentFetch {
  private readonly limits: DocumentLimits;
  private readonly door: Dispatcher;

  constructor(
    private readonly policy: FetchPolicy,
    limits: Partial<DocumentLimits> = {},
  ) {
    this.limits = { ...DOCUMENT_LIMITS, ...limits };
    const { timeoutMs: timeout } = this.limits;
    this.door = createGuardedDispatcher(policy, {
      allowH2: false,
      connect: { timeout },
      headersTimeout: timeout,
      bodyTimeout: timeout,
    });
  }

  /**
   * Refuses an address that leads inside, as far as it can be told now; it is judged again whenever it is dialled.
   * @throws DomainError `url.refused`
   */
  async assertUsable(text: string): Promise<void> {
    const { hostname } = assertPublicUrl(text, this.policy);
    const literal = hostname.replace(/^\[|\]$/g, '');
    if (isIP(literal) !== 0 || isAllowedHost(hostname, this.policy)) return;
    const addresses = await lookup(hostname, { all: true }).catch(() => []);
    if (addresses.some(({ address }) => !mayConnect(address, this.policy))) throw leadsInside();
  }

  /** Asks once; redirects are followed, each judged anew. */
  async read(request: DocumentRequest): Promise<DocumentAnswer> {
    const signal = AbortSignal.timeout(this.limits.timeoutMs);
    try {
      let url = assertPublicUrl(request.url, this.policy);
      for (let hops = 0; hops <= this.limits.maxRedirects; hops += 1) {
        const answer = await this.ask(url, request, signal);
        const next = redirectOf(answer);
        if (next === undefined) return await this.take(answer);
        answer.body.destroy();
        url = assertPublicUrl(new URL(next, url).href, this.policy);
      }
      return { kind: 'failed', why: `It leads on more than ${this.limits.maxRedirects} times.` };
    } catch (error) {
      return { kind: 'failed', why: this.inWords(error) };
    }
  }

  close(): Promise<void> {
    return this.door.destroy();
  }

  private async ask(url: URL, { etag, lastModified }: DocumentRequest, signal: AbortSignal) {
    const headers = {
      accept: 'application/json, application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.5',
      'accept-encoding': 'identity',
      'user-agent': 'Perennial',
      ...(etag === undefined ? {} : { 'if-none-match': etag }),
      ...(lastModified === undefined ? {} : { 'if-modified-since': lastModified }),
    };
    const path = url.pathname + url.search;
    const answer = await this.door.request({ origin: url.origin, path, method: 'GET', headers, signal, reset: true });
    // An abandoned body fails with the abort that we caused.
    answer.body.on('error', () => undefined);
    return answer;
  }

  private async take(answer: Dispatcher.ResponseData): Promise<DocumentAnswer> {
    const { statusCode, headers } = answer;
    if (statusCode !== 200) {
      answer.body.destroy();
      if (statusCode === 304) return { kind: 'unchanged' };
      const seconds = Number(headers['retry-after']);
      const retry = seconds > 0 ? { retryAfterMs: seconds * SECOND_MS } : {};
      return { kind: 'failed', why: `It answered ${statusCode}.`, ...retry };
    }
    const body = await this.bodyOf(answer);
    if (body === undefined) return { kind: 'failed', why: `It is larger than ${this.limits.maxBytes} bytes.` };
    const type = textOf(headers['content-type']) ?? '';
    return {
      kind: 'document',
      contentType: type.replace(/;.*$/s, '').trim().toLowerCase(),
      body: decoderOf(type).decode(body),
      ...present('etag', headers.etag),
      ...present('lastModified', headers['last-modified']),
    };
  }

  private async bodyOf({ body }: Dispatcher.ResponseData): Promise<Buffer | undefined> {
    const chunks: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of body as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      // Leaving the loop destroys the body.
      if (bytes > this.limits.maxBytes) return undefined;
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  }

  /** What went wrong, without saying more of a network than a stranger may know. */
  private inWords(error: unknown): string {
    const { name, code, cause } = error as { name?: string; code?: string; cause?: { code?: string } };
    const why = code ?? cause?.code ?? name ?? 'unknown';
    if (error instanceof DomainError || why === 'ERR_ADDRESS_REFUSED') return 'It leads into a private network.';
    if (name === 'TimeoutError' || /TIMEOUT/.test(String(why)))
      return `No answer within ${this.limits.timeoutMs / SECOND_MS} seconds.`;
    return `No connection (${String(why)}).`;
  }
}

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

const redirectOf = ({ statusCode, headers }: Dispatcher.ResponseData): string | undefined =>
  REDIRECTS.has(statusCode) ? textOf(headers.location) : undefined;

const textOf = (header: string | string[] | undefined): string | undefined =>
  typeof header === 'string' ? header : undefined;

/** Validators longer than this are nobody's; they would only fill our rows. */
const MAX_VALIDATOR = 500;

const present = <Name extends string>(name: Name, header: string | string[] | undefined) => {
  const value = textOf(header);
  return (value === undefined || value.length > MAX_VALIDATOR ? {} : { [name]: value }) as { [N in Name]?: string };
};

/** By the charset the server names; UTF-8 when it names none or one that nobody knows. */
const decoderOf = (contentType: string): TextDecoder => {
  const charset = /charset="?([\w-]+)/i.exec(contentType)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(charset);
  } catch {
    return new TextDecoder();
  }
};

const leadsInside = () =>
  new DomainError(
    'unprocessable',
    'url.refused',
    'This address cannot be used. Its name leads into a private network. Give a public https address.',
  );
