import { createHmac } from 'node:crypto';

const PREFIX = 'whsec_';
const SECRET_BYTES = 32;

/** A secret as the receiver keeps it: `whsec_` and the base64 of 32 bytes. @param random gives that many bytes */
export const newWebhookSecret = (random: (bytes: number) => Buffer): string =>
  PREFIX + random(SECRET_BYTES).toString('base64');

/** What is signed: the bytes of `id.timestamp.body`. */
export interface SignedMessage {
  readonly id: string;
  /** Unix seconds of this try; receivers refuse what is older than 5 minutes. */
  readonly timestamp: number;
  readonly body: string;
}

/**
 * The value of `webhook-signature`: one `v1,<base64 HMAC-SHA-256>` per secret, separated by a space, so that a receiver
 * that still has the old secret and one that has the new one both accept it.
 * Source: Standard Webhooks specification 1.0.0, "Signature scheme".
 */
export const signatureOf = ({ id, timestamp, body }: SignedMessage, secrets: readonly string[]): string =>
  secrets
    .map((secret) => {
      const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
      return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
    })
    .join(' ');
