import { createHash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { classifyInbound } from '../../../domain/bounces/classify-inbound.js';
import { classifyReply } from '../../../domain/bounces/classify-reply.js';
import type { DeliveryClass } from '../../../domain/bounces/delivery-class.js';
import {
  bracketed,
  type HookCall,
  type HookReading,
  type MailEvent,
  MailHook,
} from '../../../domain/bounces/mail-events.js';
import { badHookSignature, hookNotConfigured } from '../../../domain/bounces/mail-hook.errors.js';
import { readHookJson } from './hook-json.js';

const delivery = z.object({
  RecordType: z.string(),
  ID: z.union([z.string(), z.number()]).transform(String),
  Type: z.string().optional(),
  Description: z.string().optional(),
  Details: z.string().optional(),
  Metadata: z.record(z.string(), z.string()).optional(),
  Content: z.string().optional(),
});
type Event = z.infer<typeof delivery>;

/** Postmark's types (Postmark, "Bounce API", read 2026-11); where words decide better, they do. */
const TYPES: Readonly<Record<string, { readonly deliveryClass: DeliveryClass; readonly isFinal: boolean }>> = {
  HardBounce: { deliveryClass: 'unknown', isFinal: true },
  BadEmailAddress: { deliveryClass: 'hard-address', isFinal: true },
  AddressChange: { deliveryClass: 'auto-reply', isFinal: false },
  Transient: { deliveryClass: 'transient', isFinal: false },
  SoftBounce: { deliveryClass: 'transient', isFinal: true },
  DnsError: { deliveryClass: 'transient', isFinal: true },
  SpamNotification: { deliveryClass: 'content', isFinal: true },
  VirusNotification: { deliveryClass: 'content', isFinal: true },
  Blocked: { deliveryClass: 'policy', isFinal: true },
  DMARCPolicy: { deliveryClass: 'policy', isFinal: true },
  AutoResponder: { deliveryClass: 'auto-reply', isFinal: false },
  ChallengeVerification: { deliveryClass: 'challenge', isFinal: false },
  Undeterminable: { deliveryClass: 'unknown', isFinal: true },
};
const READ_WORDS = ['HardBounce', 'SoftBounce', 'DnsError', 'Undeterminable'];

/**
 * Postmark's webhooks carry no signature: a user and password that only Postmark knows (HTTP Basic) prove the caller,
 * and the record's number is taken once. Nothing in a call tells its age, so there is no window of time.
 */
export class PostmarkHook extends MailHook {
  override readonly provider = 'postmark';

  /** @param credentials `user:password`; undefined: switched off */
  constructor(private readonly credentials: string | undefined) {
    super();
  }

  override async read({ rawBody, headers }: HookCall): Promise<HookReading> {
    if (this.credentials === undefined) throw hookNotConfigured(this.provider, 'MAIL_HOOK_POSTMARK_CREDENTIALS');
    const expected = `Basic ${Buffer.from(this.credentials).toString('base64')}`;
    if (!timingSafeEqual(digestOf(headers.authorization ?? ''), digestOf(expected)))
      throw badHookSignature(
        this.provider,
        'Put user and password into the webhook address: https://user:password@...',
      );
    const event = readHookJson(this.provider, rawBody.toString('utf8'), delivery);
    const told = eventOf(event);
    return { replayKey: `${event.RecordType}|${event.ID}`, events: told ? [told] : [] };
  }
}

/** Equal lengths, so that the comparison tells nothing of the right one's. */
const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest();

const eventOf = (event: Event): MailEvent | undefined => {
  const traces = event.Content === undefined ? undefined : classifyInbound(Buffer.from(event.Content)).traces;
  const named = event.Metadata?.['message-id'];
  const about = {
    returnPaths: traces?.returnPaths ?? [],
    messageIds: [...(named === undefined ? [] : [bracketed(named)]), ...(traces?.messageIds ?? [])],
    key: event.ID,
  };
  if (event.RecordType === 'SpamComplaint' || event.Type === 'SpamComplaint')
    return { ...about, kind: 'complaint', deliveryClass: null, isFinal: true, evidence: 'SpamComplaint' };
  const type = event.Type ?? '';
  const known = event.RecordType === 'Bounce' ? TYPES[type] : undefined;
  if (!known) return undefined;
  const words = event.Details ?? '';
  const read = READ_WORDS.includes(type) ? classifyReply(undefined, undefined, words) : 'unknown';
  const deliveryClass = read === 'unknown' ? known.deliveryClass : read;
  return { ...about, kind: 'bounce', deliveryClass, isFinal: known.isFinal, evidence: `${type} ${words}` };
};
