import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { MINUTE_MS } from '../../../kernel/durations.js';
import type { PlatformNotice, PlatformWebhook } from '../../domain/platform-webhook.js';
import { readJson } from '../../infrastructure/json-body.js';
import type { TikTokConfig } from './tiktok.config.js';
import { failed } from './tiktok.reading.js';

/** Older or further ahead signatures are refused (`platforms.md` 1.12). */
const MAX_AGE_MS = 5 * MINUTE_MS;
const SIGNATURE = /^(?=.*\bt=(\d{1,12})\b)(?=.*\bs=([0-9a-f]{64})\b)/;

const delivery = z.object({
  client_key: z.string(),
  event: z.string(),
  /** Seconds. */
  create_time: z.number(),
  user_openid: z.string().min(1),
  /** JSON inside of a string. */
  content: z.string(),
});
type Delivery = z.infer<typeof delivery>;

const id = z.union([z.string(), z.number()]).transform(String);
const publish = z.object({ publish_id: z.string().min(1), reason: z.string().optional(), post_id: id.optional() });
const removal = z.object({ reason: z.union([z.string(), z.number()]).optional() });

/** `reason` of `authorization.removed`, in words. */
const REMOVALS: Readonly<Record<string, string>> = {
  1: 'user_disconnected',
  2: 'account_deleted',
  3: 'age_changed',
  4: 'account_banned',
  5: 'developer_revoked',
};

/** TikTok's calls to us: signed over the raw body, at least once, in any order. */
export class TikTokWebhook implements PlatformWebhook {
  constructor(private readonly config: Pick<TikTokConfig, 'clientKey' | 'clientSecret'>) {}

  read(rawBody: Buffer, headers: Readonly<Record<string, string>>, now: Date): readonly PlatformNotice[] | undefined {
    if (!this.isSigned(rawBody, headers['tiktok-signature'] ?? '', now)) return undefined;
    const event = readJson(rawBody.toString('utf8'), delivery);
    // Signed and yet not for our app, or an event of another kit: nothing of ours.
    if (event?.client_key !== this.config.clientKey) return [];
    const notice = noticeOf(event, now);
    return notice ? [notice] : [];
  }

  private isSigned(rawBody: Buffer, header: string, now: Date): boolean {
    const [, seconds, signature] = SIGNATURE.exec(header) ?? [];
    // Without an app secret anybody could sign.
    if (!this.config.clientSecret || seconds === undefined || signature === undefined) return false;
    if (Math.abs(now.getTime() - Number(seconds) * 1000) > MAX_AGE_MS) return false;
    const expected = createHmac('sha256', this.config.clientSecret).update(`${seconds}.`).update(rawBody).digest();
    return timingSafeEqual(expected, Buffer.from(signature, 'hex'));
  }
}

const noticeOf = (event: Delivery, now: Date): PlatformNotice | undefined => {
  const base = { externalId: event.user_openid, at: new Date(event.create_time * 1000) };
  if (event.event === 'authorization.removed') {
    const reason = REMOVALS[String(readJson(event.content, removal)?.reason ?? 0)] ?? 'consent_removed';
    return { ...base, key: keyOf(event), kind: 'consent_lost', reason };
  }
  const content = readJson(event.content, publish);
  if (!content) return undefined;
  const { publish_id: handle, post_id: platformPostId, reason = '' } = content;
  const about = { ...base, handle, key: keyOf(event, handle, platformPostId) };
  switch (event.event) {
    case 'post.publish.complete':
      return { ...about, kind: 'published' };
    case 'post.publish.failed':
      return { ...about, kind: 'failed', reason, outcome: failed(reason, now) };
    case 'post.publish.publicly_available':
      return platformPostId === undefined ? undefined : { ...about, kind: 'available', platformPostId };
    // The misspelling is TikTok's.
    case 'post.publish.no_longer_publicaly_available':
      return platformPostId === undefined ? undefined : { ...about, kind: 'gone', platformPostId };
    default:
      return undefined;
  }
};

/** TikTok numbers no deliveries: what it is about and when it happened stay the same over repetitions. */
const keyOf = ({ event, user_openid, create_time }: Delivery, ...about: readonly (string | undefined)[]): string =>
  [event, user_openid, create_time, ...about].join('|');
