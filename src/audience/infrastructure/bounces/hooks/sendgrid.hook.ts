import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';
import { z } from 'zod';
import { ConfigError } from '../../../../infra/config/env.schema.js';
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
const SIGNATURE = 'x-twilio-email-event-webhook-signature';
const TIMESTAMP = 'x-twilio-email-event-webhook-timestamp';

const delivery = z
  .array(
    z.object({
      event: z.string(),
      sg_event_id: z.string().min(1).max(200),
      'smtp-id': z.string().optional(),
      type: z.string().optional(),
      status: z.string().optional(),
      reason: z.string().optional(),
      bounce_classification: z.string().optional(),
    }),
  )
  .max(5_000);
type Event = z.infer<typeof delivery>[number];

/** SendGrid's own words for why, where the server's say nothing (Twilio, "Bounce and block classifications", 2026-11). */
const CLASSIFICATIONS: Readonly<Record<string, DeliveryClass>> = {
  'Invalid Address': 'hard-address',
  Reputation: 'policy',
  Content: 'content',
  'Mailbox Unavailable': 'mailbox-full',
  Technical: 'transient',
  'Frequency or Volume Too High': 'policy',
};

/** SendGrid's event webhook: ECDSA over timestamp and raw body, in headers (Twilio, read 2026-11). */
export class SendGridHook extends MailHook {
  override readonly provider = 'sendgrid';
  private readonly key: KeyObject | undefined;

  /**
   * @param publicKey base64 of the DER key that SendGrid shows; undefined: switched off
   * @throws ConfigError when it is no key
   */
  constructor(publicKey: string | undefined) {
    super();
    this.key = publicKey === undefined ? undefined : keyOf(publicKey);
  }

  override async read({ rawBody, headers }: HookCall, now: Date): Promise<HookReading> {
    if (!this.key) throw hookNotConfigured(this.provider, 'MAIL_HOOK_SENDGRID_KEY');
    const timestamp = headers[TIMESTAMP] ?? '';
    const signed = Buffer.concat([Buffer.from(timestamp), rawBody]);
    const signature = Buffer.from(headers[SIGNATURE] ?? '', 'base64');
    if (!/^\d{1,12}$/.test(timestamp) || !verify('sha256', signed, this.key, signature))
      throw badHookSignature(this.provider, 'Check the verification key of the signed event webhook.');
    if (Math.abs(now.getTime() - Number(timestamp) * SECOND_MS) > WINDOW_MS) throw staleHook(this.provider);
    const events = readHookJson(this.provider, rawBody.toString('utf8'), delivery);
    // Of what was signed, not of the signature: an ECDSA signature can be changed and still hold.
    const replayKey = createHash('sha256').update(signed).digest('base64url');
    return { replayKey, events: events.flatMap((event) => eventOf(event) ?? []) };
  }
}

const keyOf = (publicKey: string): KeyObject => {
  try {
    return createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
  } catch {
    throw new ConfigError(['MAIL_HOOK_SENDGRID_KEY: this is no public key; copy the verification key from SendGrid.']);
  }
};

const eventOf = (event: Event): MailEvent | undefined => {
  const messageId = event['smtp-id'];
  const about = {
    returnPaths: [],
    messageIds: messageId === undefined ? [] : [bracketed(messageId)],
    key: event.sg_event_id,
  };
  if (event.event === 'spamreport')
    return { ...about, kind: 'complaint', deliveryClass: null, isFinal: true, evidence: 'spamreport' };
  // `dropped` was never tried: SendGrid remembers something of the address, and tells of it when it first happens.
  if (event.event !== 'bounce' && event.event !== 'deferred') return undefined;
  const evidence = [event.status, event.reason].filter(Boolean).join(' ');
  const isFinal = event.event === 'bounce';
  return { ...about, kind: 'bounce', deliveryClass: classOf(event), isFinal, evidence };
};

const classOf = ({ status, reason = '', type, bounce_classification: named = '' }: Event): DeliveryClass => {
  const byWords = classifyReply(undefined, status, reason);
  const found = byWords === 'unknown' ? (CLASSIFICATIONS[named] ?? 'unknown') : byWords;
  // A block is SendGrid's word that the address itself is good.
  return type === 'blocked' && found.startsWith('hard') ? 'policy' : found;
};
