import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { TikTokWebhook } from './tiktok.webhook.js';

const SECRET = 'app-secret';
const now = new Date('2026-11-05T12:00:00Z');
const webhook = new TikTokWebhook({ clientKey: 'app', clientSecret: SECRET });

const event = (name: string, content: string, more: object = {}): Buffer =>
  Buffer.from(
    JSON.stringify({
      client_key: 'app',
      event: name,
      create_time: 1_793_880_000,
      user_openid: 'open-1',
      content,
      ...more,
    }),
  );
const signed = (body: Buffer, { ageSeconds = 0, secret = SECRET } = {}): Record<string, string> => {
  const t = Math.floor(now.getTime() / 1000) - ageSeconds;
  const s = createHmac('sha256', secret).update(`${t}.`).update(body).digest('hex');
  return { 'tiktok-signature': `t=${t},s=${s}` };
};
const read = (name: string, content: string) => {
  const body = event(name, content);
  return webhook.read(body, signed(body), now);
};

describe('TikTok’s signature', () => {
  const body = event('post.publish.complete', '{"publish_id":"p1"}');

  it('holds for the very bytes', () => {
    expect(webhook.read(body, signed(body), now)).toHaveLength(1);
    expect(webhook.read(Buffer.concat([body, Buffer.from(' ')]), signed(body), now)).toBeUndefined();
  });

  it.each([
    ['another secret', signed(body, { secret: 'other' })],
    ['six minutes of age', signed(body, { ageSeconds: 360 })],
    ['six minutes ahead', signed(body, { ageSeconds: -360 })],
    ['no header', {}],
    ['a header without a time', { 'tiktok-signature': `s=${'0'.repeat(64)}` }],
    ['a short signature', { 'tiktok-signature': 't=1793880000,s=00' }],
  ])('does not hold with %s', (_name, headers) => {
    expect(webhook.read(body, headers, now)).toBeUndefined();
  });

  it('cannot be made for an app without a secret', () => {
    const open = new TikTokWebhook({ clientKey: 'app', clientSecret: '' });
    expect(open.read(body, signed(body, { secret: '' }), now)).toBeUndefined();
  });
});

describe('TikTok’s events', () => {
  it.each([
    ['post.publish.complete', '{"publish_id":"p1"}', { kind: 'published', handle: 'p1' }],
    [
      'post.publish.failed',
      '{"publish_id":"p1","reason":"spam_risk_text"}',
      {
        kind: 'failed',
        handle: 'p1',
        reason: 'spam_risk_text',
        outcome: { kind: 'rejected', category: 'user_content' },
      },
    ],
    [
      'post.publish.failed',
      '{"publish_id":"p1","reason":"internal"}',
      { kind: 'failed', handle: 'p1', outcome: { kind: 'absent' } },
    ],
    [
      'post.publish.publicly_available',
      '{"publish_id":"p1","post_id":7460000000000000999}',
      { kind: 'available', handle: 'p1', platformPostId: '7460000000000000999' },
    ],
    [
      'post.publish.no_longer_publicaly_available',
      '{"publish_id":"p1","post_id":"7460000000000000999"}',
      { kind: 'gone', handle: 'p1', platformPostId: '7460000000000000999' },
    ],
    ['authorization.removed', '{"reason":1}', { kind: 'consent_lost', reason: 'user_disconnected' }],
    ['authorization.removed', '{"reason":4}', { kind: 'consent_lost', reason: 'account_banned' }],
    ['authorization.removed', '{}', { kind: 'consent_lost', reason: 'consent_removed' }],
  ])('%s %s', (name, content, expected) => {
    const at = new Date(1_793_880_000_000);
    expect(read(name, content)).toMatchObject([{ ...expected, externalId: 'open-1', at }]);
  });

  it.each([
    ['of another kit', 'video.upload.failed', '{}'],
    ['of the inbox', 'post.publish.inbox_delivered', '{"publish_id":"p1"}'],
    ['without a publish_id', 'post.publish.complete', '{}'],
    ['without an id', 'post.publish.publicly_available', '{"publish_id":"p1"}'],
    ['with truncated content', 'post.publish.complete', '{"publish_id"'],
  ])('an event %s is taken and says nothing', (_name, event_, content) => {
    expect(read(event_, content)).toEqual([]);
  });

  it('of another app, or no JSON at all, say nothing', () => {
    for (const body of [event('post.publish.complete', '{"publish_id":"p1"}', { client_key: 'x' }), Buffer.from('<p>')])
      expect(webhook.read(body, signed(body), now)).toEqual([]);
  });

  it('have one key for every delivery, and another for every other event', () => {
    const keyOf = (name: string, content: string) => read(name, content)?.[0]?.key;
    const complete = keyOf('post.publish.complete', '{"publish_id":"p1"}');
    expect(keyOf('post.publish.complete', '{"publish_id":"p1","publish_type":"X"}')).toBe(complete);
    expect(keyOf('post.publish.complete', '{"publish_id":"p2"}')).not.toBe(complete);
    expect(keyOf('post.publish.failed', '{"publish_id":"p1"}')).not.toBe(complete);
  });
});
