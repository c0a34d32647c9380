import { describe, expect, it } from '@jest/globals';
import { PostmarkHook } from './postmark.hook.js';

const hook = new PostmarkHook('hook:a password');
const headers = { authorization: `Basic ${Buffer.from('hook:a password').toString('base64')}` };
const call = (body: object) => ({ rawBody: Buffer.from(JSON.stringify(body)), headers });
const bounce = { RecordType: 'Bounce', ID: 42, Type: 'HardBounce', Details: 'smtp;550 5.1.1 user unknown' };

describe('the hook for Postmark', () => {
  it('reads the words before the type, and finds the mail in what was returned', async () => {
    const Content =
      'From: MAILER-DAEMON@x.example\nSubject: failure notice\n\nno\n\n--- Below this line is a copy\n\nMessage-ID: <m1@example.org>\n';
    const { replayKey, events } = await hook.read(call({ ...bounce, Content }));
    expect(replayKey).toBe('Bounce|42');
    expect(events).toMatchObject([{ deliveryClass: 'hard-address', isFinal: true, messageIds: ['<m1@example.org>'] }]);
  });

  it.each([
    [{ ...bounce, Details: 'blocked by spamhaus' }, [{ deliveryClass: 'policy' }]],
    [{ ...bounce, Details: '' }, [{ deliveryClass: 'unknown' }]],
    [{ ...bounce, Type: 'AutoResponder' }, [{ deliveryClass: 'auto-reply', isFinal: false }]],
    [{ ...bounce, Type: 'ChallengeVerification' }, [{ deliveryClass: 'challenge', isFinal: false }]],
    [{ ...bounce, Type: 'SpamNotification' }, [{ deliveryClass: 'content' }]],
    [
      { RecordType: 'SpamComplaint', ID: 7, Metadata: { 'message-id': 'm2@example.org' } },
      [{ kind: 'complaint', messageIds: ['<m2@example.org>'] }],
    ],
    [{ ...bounce, Type: 'Subscribe' }, []],
    [{ RecordType: 'Open', ID: 9 }, []],
  ])('makes of %j what it says', async (body, expected) => {
    expect((await hook.read(call(body))).events).toMatchObject(expected);
  });

  it('asks for its user and password', async () => {
    const wrong = { authorization: `Basic ${Buffer.from('hook:guess').toString('base64')}` };
    await expect(hook.read({ ...call(bounce), headers: wrong })).rejects.toMatchObject({
      code: 'mail_hook.bad_signature',
    });
    await expect(hook.read({ ...call(bounce), headers: {} })).rejects.toMatchObject({
      code: 'mail_hook.bad_signature',
    });
    await expect(new PostmarkHook(undefined).read(call(bounce))).rejects.toMatchObject({
      code: 'mail_hook.not_configured',
    });
  });
});
