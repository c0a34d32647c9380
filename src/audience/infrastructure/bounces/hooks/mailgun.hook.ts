import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { MINUTE_MS, SECOND_MS } from '../../../../kernel/durations.js';
import { classifyReply } from '../../../domain/bounces/classify-reply.js';
import type { DeliveryClass } from '../../../domain/bounces/delivery-class.js';
import {
  bracketed,
  type HookCall,
  type HookReading,
  type MailEvent,
  MailHook,
} from '../../../domain/bounces/mail-events.js';
import { badHookSignature, hookNotConfigured, staleHook } from '../../../domain/bounces/mail-hook.errors.js';
import { readHookJson } from './hook-json.js';

const WINDOW_MS = 10 * MINUTE_MS;

const proof = z.object({
  signature: z.object({
    timestamp: z.string().regex(/^\d{1,12}$/),
    token: z.string().min(16).max(100),
    signature: z.string().regex(/^[0-9a-f]{64}$/),
  }),
});
const delivery = z.object({
  'event-data': z.object({
    event: z.string(),
    id: z.string().min(1).max(200),
    severity: z.string().optional(),
    reason: z.string().optional(),
    envelope: z.object({ sender: z.string().optional() }).optional(),
    message: z.object({ headers: z.object({ 'message-id': z.string().optional() }).optional() }).optional(),
    'delivery-status': z
      .object({
        code: z.number().optional(),
        'enhanced-code': z.string().optional(),
        message: z.string().optional(),
        description: z.string().optional(),
      })
      .optional(),
  }),
});
type Event = z.infer<typeof delivery>['event-data'];

/**
 * Mailgun's webhooks: HMAC-SHA-256 of timestamp and token under the signing key, inside the body (Mailgun, "Securing
 * webhooks", read 2026-11). The signature does not cover the event, so the token must never be taken twice.
 */
export class MailgunHook extends MailHook {
  override readonly provider = 'mailgun';

  /** @param signingKey undefined: switched off */
  constructor(private readonly signingKey: string | undefined) {
    super();
  }

  override async read({ rawBody }: HookCall, now: Date): Promise<HookReading> {
    if (this.signingKey === undefined) throw hookNotConfigured(this.provider, 'MAIL_HOOK_MAILGUN_KEY');
    const text = rawBody.toString('utf8');
    const { timestamp, token, signature } = readHookJson(this.provider, text, proof).signature;
    const expected = createHmac('sha256', this.signingKey).update(`${timestamp}${token}`).digest();
    if (!timingSafeEqual(expected, Buffer.from(signature, 'hex')))
      throw badHookSignature(this.provider, 'Check the HTTP webhook signing key.');
    if (Math.abs(now.getTime() - Number(timestamp) * SECOND_MS) > WINDOW_MS) throw staleHook(this.provider);
    const event = eventOf(readHookJson(this.provider, text, delivery)['event-data']);
    return { replayKey: token, events: event ? [event] : [] };
  }
}

const eventOf = (event: Event): MailEvent | undefined => {
  const messageId = event.message?.headers?.['message-id'];
  const about = {
    returnPaths: event.envelope?.sender === undefined ? [] : [event.envelope.sender],
    messageIds: messageId === undefined ? [] : [bracketed(messageId)],
    key: event.id,
  };
  if (event.event === 'complained')
    return { ...about, kind: 'complaint', deliveryClass: null, isFinal: true, evidence: 'complained' };
  // `suppress-*`: Mailgun did not try, because of what it remembers of other senders' mail or of ours.
  if (event.event !== 'failed' || event.reason?.startsWith('suppress-')) return undefined;
  const { code, message = '', description = '' } = event['delivery-status'] ?? {};
  const words = [code, message || description, event.reason].filter(Boolean).join(' ');
  const isFinal = event.severity !== 'temporary';
  return { ...about, kind: 'bounce', deliveryClass: classOf(event, words), isFinal, evidence: words };
};

const classOf = (event: Event, words: string): DeliveryClass => {
  const status = event['delivery-status'];
  // Mailgun's own codes begin at 600; they are not SMTP.
  const code = status?.code !== undefined && status.code < 600 ? status.code : undefined;
  return classifyReply(code, status?.['enhanced-code'] || undefined, words);
};
