import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { SendGridHook } from './sendgrid.hook.js';

const now = new Date('2026-11-03T10:00:00Z');
const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const hook = new SendGridHook(pair.publicKey.export({ format: 'der', type: 'spki' }).toString('base64'));

const call = (events: unknown, at = now) => {
  const rawBody = Buffer.from(JSON.stringify(events));
  const timestamp = String(at.getTime() / 1000);
  const signature = sign('sha256', Buffer.concat([Buffer.from(timestamp), rawBody]), pair.privateKey);
  return {
    rawBody,
    headers: {
      'x-twilio-email-event-webhook-signature': signature.toString('base64'),
      'x-twilio-email-event-webhook-timestamp': timestamp,
    },
  };
};
const bounce = {
  event: 'bounce',
  type: 'bounce',
  sg_event_id: 'e1',
  'smtp-id': '<m1@example.org>',
  status: '5.1.1',
  reason: '550 5.1.1 The email account that you tried to reach does not exist',
};

describe('the hook for SendGrid', () => {
  it('reads every event of a batch', async () => {
    const events = [
      bounce,
      { ...bounce, sg_event_id: 'e2', status: '5.0.0', reason: 'no', bounce_classification: 'Reputation' },
      { ...bounce, sg_event_id: 'e3', type: 'blocked', reason: '550 5.1.1 unknown user' },
      { event: 'deferred', sg_event_id: 'e4', reason: '450 4.2.2 mailbox full' },
      { event: 'spamreport', sg_event_id: 'e5' },
      { event: 'dropped', sg_event_id: 'e6', reason: 'Bounced Address' },
      { event: 'open', sg_event_id: 'e7' },
    ];
    const { events: read } = await hook.read(call(events), now);
    expect(read.map(({ kind, deliveryClass, isFinal }) => [kind, deliveryClass, isFinal])).toEqual([
      ['bounce', 'hard-address', true],
      ['bounce', 'policy', true],
      ['bounce', 'policy', true],
      ['bounce', 'mailbox-full', false],
      ['complaint', null, true],
    ]);
    expect(read[0]?.messageIds).toEqual(['<m1@example.org>']);
  });

  it('names a call by what was signed, so that a signature made anew is still a replay', async () => {
    const [first, second] = await Promise.all([hook.read(call([bounce]), now), hook.read(call([bounce]), now)]);
    expect(first.replayKey).toBe(second.replayKey);
  });

  it('refuses changed bytes, missing proof and old calls', async () => {
    const good = call([bounce]);
    const changed = { ...good, rawBody: Buffer.from(`${good.rawBody.toString()} `) };
    const old = call([bounce], new Date(now.getTime() - 660_000));
    await expect(hook.read(changed, now)).rejects.toMatchObject({ code: 'mail_hook.bad_signature' });
    await expect(hook.read({ ...good, headers: {} }, now)).rejects.toMatchObject({ code: 'mail_hook.bad_signature' });
    await expect(hook.read(old, now)).rejects.toMatchObject({ code: 'mail_hook.stale' });
    await expect(hook.read(call({ event: 'bounce' }), now)).rejects.toMatchObject({ code: 'mail_hook.malformed' });
    await expect(new SendGridHook(undefined).read(good, now)).rejects.toMatchObject({
      code: 'mail_hook.not_configured',
    });
  });

  it('says at the start that a key is none', () => {
    expect(() => new SendGridHook('AAAA')).toThrow('MAIL_HOOK_SENDGRID_KEY: this is no public key');
  });
});
