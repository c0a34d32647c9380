import { type KeyObject, verify } from 'node:crypto';
import { z } from 'zod';

/** What SNS posts to us (AWS, "Parsing Amazon SNS message formats", read 2026-11). */
export const snsMessage = z.object({
  Type: z.enum(['Notification', 'SubscriptionConfirmation', 'UnsubscribeConfirmation']),
  MessageId: z.string().min(1).max(200),
  TopicArn: z.string().min(1).max(300),
  Message: z.string(),
  Timestamp: z.string().min(10).max(40),
  SignatureVersion: z.enum(['1', '2']),
  Signature: z.string().max(2_000),
  SigningCertURL: z.string().max(1_000),
  Subject: z.string().optional(),
  Token: z.string().optional(),
  SubscribeURL: z.string().max(2_000).optional(),
});
export type SnsMessage = z.infer<typeof snsMessage>;

const SIGNED: Readonly<Record<SnsMessage['Type'], readonly (keyof SnsMessage)[]>> = {
  Notification: ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'],
  SubscriptionConfirmation: ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'],
  UnsubscribeConfirmation: ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'],
};
const DIGEST = { '1': 'sha1', '2': 'sha256' } as const;

/** The very text that SNS signs: name and value of each signed field on lines of their own. */
export const textToSign = (message: SnsMessage): string =>
  SIGNED[message.Type]
    .filter((name) => message[name] !== undefined)
    .map((name) => `${name}\n${message[name]}\n`)
    .join('');

export const isSignedBy = (message: SnsMessage, key: KeyObject): boolean =>
  verify(
    DIGEST[message.SignatureVersion],
    Buffer.from(textToSign(message)),
    key,
    Buffer.from(message.Signature, 'base64'),
  );

const SNS_HOST = /^sns\.[a-z]{2}(?:-[a-z]+){1,3}-\d{1,2}\.amazonaws\.com(?:\.cn)?$/;
const CERTIFICATE_PATH = /^\/SimpleNotificationService-[0-9a-zA-Z]{1,64}\.pem$/;

/** An address of SNS itself and of nobody else: https, the standard port, no credentials. */
const snsUrl = (text: string): URL | undefined => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isPlain = url?.protocol === 'https:' && url.port === '' && url.username === '' && url.password === '';
  return url && isPlain && SNS_HOST.test(url.hostname) ? url : undefined;
};

/** Where SNS keeps its certificates. Anybody can sign with a certificate of his own and name its address. */
export const isCertificateUrl = (text: string): boolean => {
  const url = snsUrl(text);
  return url !== undefined && CERTIFICATE_PATH.test(url.pathname) && url.search === '';
};

/** The question of SNS whether we want this topic, and no other request in our name. */
export const isConfirmUrl = (text: string, topicArn: string): boolean => {
  const query = snsUrl(text)?.searchParams;
  return query?.get('Action') === 'ConfirmSubscription' && query.get('TopicArn') === topicArn;
};
