import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { Injectable } from '@nestjs/common';
import type { Dispatcher } from 'undici';
import { assertPublicUrl, createGuardedDispatcher } from '../../../infra/fetch/guarded-dispatcher.js';
import { type FetchPolicy, isAllowedHost, mayConnect } from '../../../infra/fetch/public-address.js';
import { DomainError } from '../../../kernel/domain-error.js';
import { SECOND_MS } from '../../../kernel/durations.js';
import type { TryResult } from '../../domain/webhooks/delivery.policy.js';
import { signatureOf } from '../../domain/webhooks/webhook-signature.js';
import { type ClaimedDelivery, WebhookDoor } from '../../domain/webhooks/webhooks.port.js';

/** From the first byte of the connection to the head of the answer. */
export const CALL_TIMEOUT_MS = 10 * SECOND_MS;

/** Messages to addresses that users give, through the guarded door: judged by form, and again when dialled. */
@Injectable()
export class GuardedWebhookDoor extends WebhookDoor {
  private readonly door: Dispatcher;

  constructor(
    private readonly policy: FetchPolicy,
    private readonly timeoutMs = CALL_TIMEOUT_MS,
  ) {
    super();
    const connect = { timeout: timeoutMs };
    this.door = createGuardedDispatcher(policy, {
      allowH2: false,
      connect,
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
      connections: 8,
      keepAliveTimeout: 10 * SECOND_MS,
    });
  }

  async assertUsable(text: string): Promise<void> {
    const { hostname } = assertPublicUrl(text, this.policy);
    const literal = hostname.replace(/^\[|\]$/g, '');
    if (isIP(literal) !== 0 || isAllowedHost(hostname, this.policy)) return;
    // A name that leads nowhere now may do so later; the log of deliveries tells.
    const addresses = await lookup(hostname, { all: true }).catch(() => []);
    if (addresses.some(({ address }) => !mayConnect(address, this.policy))) throw leadsInside();
  }

  async send(delivery: ClaimedDelivery): Promise<TryResult> {
    const startedAt = performance.now();
    const took = () => performance.now() - startedAt;
    if (delivery.secrets.length === 0)
      return { error: 'Our server cannot open the secret of this webhook. Rotate it.', durationMs: took() };
    try {
      const url = assertPublicUrl(delivery.url, this.policy);
      const answer = await this.post(url, delivery);
      answer.body.on('error', () => undefined);
      void answer.body.dump({ limit: 16_384 }).catch(() => undefined);
      return { ...verdictOf(answer), durationMs: took() };
    } catch (error) {
      return { error: inWords(error, this.timeoutMs), durationMs: took() };
    }
  }

  close(): Promise<void> {
    return this.door.destroy();
  }

  private post(url: URL, { messageId, body, secrets }: ClaimedDelivery): Promise<Dispatcher.ResponseData> {
    const timestamp = Math.floor(Date.now() / SECOND_MS);
    const headers = {
      'content-type': 'application/json',
      'user-agent': 'Perennial-Webhooks',
      'webhook-id': messageId,
      'webhook-timestamp': String(timestamp),
      'webhook-signature': signatureOf({ id: messageId, timestamp, body }, secrets),
    };
    const signal = AbortSignal.timeout(this.timeoutMs);
    const path = url.pathname + url.search;
    return this.door.request({ origin: url.origin, path, method: 'POST', headers, body, signal });
  }
}

const verdictOf = ({ statusCode: code, headers }: Dispatcher.ResponseData): Omit<TryResult, 'durationMs'> => {
  if (code >= 200 && code < 300) return { code };
  const error =
    code >= 300 && code < 400
      ? `Answered ${code}: redirects are not followed. Give the final address.`
      : `Answered ${code}.`;
  const seconds = Number(headers['retry-after']);
  return { code, error, ...(seconds > 0 ? { retryAfterMs: seconds * SECOND_MS } : {}) };
};

/** What went wrong, without saying more of a network than a stranger may know. */
const inWords = (error: unknown, timeoutMs: number): string => {
  const { name, code, cause } = error as { name?: string; code?: string; cause?: { code?: string } };
  const why = code ?? cause?.code ?? name ?? 'unknown';
  if (error instanceof DomainError || why === 'ERR_ADDRESS_REFUSED')
    return 'The address leads into a private network. Give a public https address.';
  if (name === 'TimeoutError' || /TIMEOUT/.test(String(why)))
    return `No answer within ${timeoutMs / SECOND_MS} seconds.`;
  return `No connection (${String(why)}).`;
};

const leadsInside = () =>
  new DomainError(
    'unprocessable',
    'url.refused',
    'This address cannot be used. Its name leads into a private network. Give a public https address.',
  );
