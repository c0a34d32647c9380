import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { SesHook } from './ses.hook.js';
import { SnsDoor } from './sns-door.js';
import { isCertificateUrl, isConfirmUrl, type SnsMessage, textToSign } from './sns-message.js';

const now = new Date('2026-11-03T10:00:00Z');
const TOPIC = 'arn:aws:sns:eu-central-1:123456789012:bounces';
const CERTIFICATE = 'https://sns.eu-central-1.amazonaws.com/SimpleNotificationService-0123abcd.pem';
const CONFIRM = `https://sns.eu-central-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn=${TOPIC}&Token=abc`;
const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });

/** SNS, as far as we ask it; keeps what was asked. */
class FakeSns extends SnsDoor {
  readonly asked: string[] = [];

  override async keyOf(url: string): Promise<KeyObject> {
    this.asked.push(url);
    return pair.publicKey;
  }

  override async confirm(url: string): Promise<void> {
    this.asked.push(url);
  }
}

const signed = (more: Partial<SnsMessage> = {}) => {
  const message: SnsMessage = {
    Type: 'Notification',
    MessageId: 'n1',
    TopicArn: TOPIC,
    Message: '{}',
    Timestamp: now.toISOString(),
    SignatureVersion: '2',
    Signature: '',
    SigningCertURL: CERTIFICATE,
    ...more,
  };
  const digest = message.SignatureVersion === '1' ? 'sha1' : 'sha256';
  const signature = sign(digest, Buffer.from(textToSign(message)), pair.privateKey).toString('base64');
  return { ...message, Signature: more.Signature ?? signature };
};
const callOf = (message: object) => ({ rawBody: Buffer.from(JSON.stringify(message)), headers: {} });
const mail = { source: 'b+x@bounce.example.org', commonHeaders: { messageId: '<m1@example.org>' } };
const bounce = (bounceType: string, bounceSubType: string, recipient: object = {}) =>
  JSON.stringify({
    notificationType: 'Bounce',
    mail,
    bounce: { bounceType, bounceSubType, feedbackId: 'f1', bouncedRecipients: [{ emailAddress: 'a@b', ...recipient }] },
  });

describe('the hook for Amazon SES', () => {
  const read = (message: object, sns = new FakeSns()) => new SesHook([TOPIC], sns).read(callOf(message), now);

  it.each(['1', '2'] as const)('reads a bounce signed by version %s', async (SignatureVersion) => {
    const Message = bounce('Permanent', 'General', { status: '5.1.1', diagnosticCode: 'smtp; 550 5.1.1 user unknown' });
    expect(await read(signed({ Message, SignatureVersion }))).toMatchObject({
      replayKey: 'n1',
      events: [
        {
          deliveryClass: 'hard-address',
          isFinal: true,
          returnPaths: ['b+x@bounce.example.org'],
          messageIds: ['<m1@example.org>'],
          key: 'f1',
        },
      ],
    });
  });

  it.each([
    [bounce('Permanent', 'NoEmail'), [{ deliveryClass: 'hard-address' }]],
    [bounce('Permanent', 'General'), [{ deliveryClass: 'unknown' }]],
    [bounce('Transient', 'MailboxFull'), [{ deliveryClass: 'mailbox-full' }]],
    [bounce('Transient', 'General'), [{ deliveryClass: 'transient' }]],
    [bounce('Permanent', 'OnAccountSuppressionList'), []],
    [JSON.stringify({ eventType: 'Complaint', mail, complaint: { feedbackId: 'f2' } }), [{ kind: 'complaint' }]],
    [JSON.stringify({ eventType: 'Delivery', mail }), []],
    ['Successfully validated SNS topic for Amazon SES event publishing.', []],
  ])('makes of %s what it says', async (Message, expected) => {
    expect((await read(signed({ Message }))).events).toMatchObject(expected);
  });

  it('confirms a topic of ours at SNS, and no other address', async () => {
    const sns = new FakeSns();
    await read(signed({ Type: 'SubscriptionConfirmation', Token: 'abc', SubscribeURL: CONFIRM }), sns);
    expect(sns.asked).toEqual([CERTIFICATE, CONFIRM]);
    const elsewhere = signed({ Type: 'SubscriptionConfirmation', Token: 'abc', SubscribeURL: 'https://evil.example/' });
    await expect(read(elsewhere)).rejects.toMatchObject({ code: 'mail_hook.malformed' });
  });

  it('asks nobody for anything before it looks at topic, certificate address and time', async () => {
    const sns = new FakeSns();
    const refusals = await Promise.allSettled([
      read(signed({ TopicArn: 'arn:aws:sns:eu-central-1:666:theirs' }), sns),
      read(
        signed({
          SigningCertURL: 'https://sns.eu-central-1.amazonaws.com.evil.example/SimpleNotificationService-1.pem',
        }),
        sns,
      ),
      read(signed({ Timestamp: '2026-11-03T08:59:59.000Z' }), sns),
      read(signed({ Timestamp: 'not a time' }), sns),
    ]);
    expect(refusals.map((refusal) => refusal.status === 'rejected' && refusal.reason.code)).toEqual([
      'mail_hook.foreign_topic',
      'mail_hook.bad_signature',
      'mail_hook.stale',
      'mail_hook.stale',
    ]);
    expect(sns.asked).toEqual([]);
  });

  it('refuses what was changed after it was signed', async () => {
    const message = { ...signed({ Message: bounce('Transient', 'General') }), Message: bounce('Permanent', 'NoEmail') };
    await expect(read(message)).rejects.toMatchObject({ code: 'mail_hook.bad_signature' });
    await expect(read({ Type: 'Notification' })).rejects.toMatchObject({ code: 'mail_hook.malformed' });
    await expect(new SesHook([], new FakeSns()).read(callOf(signed()), now)).rejects.toMatchObject({
      code: 'mail_hook.not_configured',
    });
  });
});

describe('addresses of SNS', () => {
  it.each([
    [CERTIFICATE, true],
    ['https://sns.us-gov-west-1.amazonaws.com/SimpleNotificationService-1.pem', true],
    ['https://sns.cn-north-1.amazonaws.com.cn/SimpleNotificationService-1.pem', true],
    ['http://sns.eu-central-1.amazonaws.com/SimpleNotificationService-1.pem', false],
    ['https://sns.eu-central-1.amazonaws.com:8443/SimpleNotificationService-1.pem', false],
    ['https://user@sns.eu-central-1.amazonaws.com/SimpleNotificationService-1.pem', false],
    ['https://sns.eu-central-1.amazonaws.com/other/SimpleNotificationService-1.pem', false],
    ['https://bucket.s3.amazonaws.com/SimpleNotificationService-1.pem', false],
    ['https://evil.example/sns.eu-central-1.amazonaws.com/SimpleNotificationService-1.pem', false],
    ['nothing', false],
  ])('%s may be a certificate: %s', (url, expected) => {
    expect(isCertificateUrl(url)).toBe(expected);
  });

  it('confirm nothing but the topic that asks', () => {
    expect(isConfirmUrl(CONFIRM, TOPIC)).toBe(true);
    expect(isConfirmUrl(CONFIRM, 'arn:aws:sns:eu-central-1:1:other')).toBe(false);
    expect(isConfirmUrl(CONFIRM.replace('ConfirmSubscription', 'DeleteTopic'), TOPIC)).toBe(false);
  });
});
