import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { MailgunHook } from './mailgun.hook.js';

const now = new Date('2026-11-03T10:00:00Z');
const hook = new MailgunHook('key-of-the-test');
const MESSAGE_ID = '0199c1d2-7a00-7000-8000-00000000b001.aabbccddeeff001122334455@example.org';

const call = (event: object, { at = now, key = 'key-of-the-test', token = 't'.repeat(50) } = {}) => {
  const timestamp = String(at.getTime() / 1000);
  const signature = createHmac('sha256', key)
    .update(timestamp + token)
    .digest('hex');
  const body = { signature: { timestamp, token, signature }, 'event-data': event };
  return { rawBody: Buffer.from(JSON.stringify(body)), headers: {} };
};
const failed = {
  event: 'failed',
  id: 'e1',
  severity: 'permanent',
  reason: 'bounce',
  message: { headers: { 'message-id': MESSAGE_ID } },
  'delivery-status': { code: 550, 'enhanced-code': '5.1.1', message: '5.1.1 No such user' },
};

describe('the hook for Mailgun', () => {
  it('reads a bounce, its class and whose it was', async () => {
    const reading = await hook.read(call(failed), now);
    expect(reading).toEqual({
      replayKey: 't'.repeat(50),
      events: [
        {
          kind: 'bounce',
          deliveryClass: 'hard-address',
          isFinal: true,
          returnPaths: [],
          messageIds: [`<${MESSAGE_ID}>`],
          evidence: '550 5.1.1 No such user bounce',
          key: 'e1',
        },
      ],
    });
  });

  it.each([
    [{ ...failed, severity: 'temporary' }, [{ isFinal: false }]],
    [
      { ...failed, 'delivery-status': { code: 605, description: 'Not delivering to previously bounced address' } },
      [{}],
    ],
    [{ ...failed, reason: 'suppress-bounce' }, []],
    [{ event: 'complained', id: 'e2' }, [{ kind: 'complaint', deliveryClass: null }]],
    [{ event: 'opened', id: 'e3' }, []],
  ])('makes of %j what it says', async (event, expected) => {
    expect((await hook.read(call(event), now)).events).toMatchObject(expected);
  });

  it.each([
    ['another key', call(failed, { key: 'wrong' }), 'mail_hook.bad_signature'],
    ['eleven minutes of age', call(failed, { at: new Date(now.getTime() - 660_000) }), 'mail_hook.stale'],
    ['a time to come', call(failed, { at: new Date(now.getTime() + 660_000) }), 'mail_hook.stale'],
    ['no JSON', { rawBody: Buffer.from('{'), headers: {} }, 'mail_hook.malformed'],
    ['no signature', { rawBody: Buffer.from('{}'), headers: {} }, 'mail_hook.malformed'],
    ['an event without an id', call({ event: 'failed' }), 'mail_hook.malformed'],
  ])('refuses %s', async (_, given, code) => {
    await expect(hook.read(given, now)).rejects.toMatchObject({ code });
  });

  it('is closed until its key is set', async () => {
    await expect(new MailgunHook(undefined).read(call(failed), now)).rejects.toMatchObject({
      code: 'mail_hook.not_configured',
    });
  });
});
