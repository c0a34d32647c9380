import { Injectable } from '@nestjs/common';
import { SecretBox, type SealedSecret } from '../../../infra/crypto/secret-box.js';

/** The sealed columns of a webhook's row. */
export interface SealedWebhook {
  readonly webhookId: string;
  readonly secretEnc: Buffer;
  readonly keyId: string;
  /** null: none, or it is over. */
  readonly previousEnc: Buffer | null;
  readonly previousKeyId: string | null;
}

/** Seals and opens webhook secrets, bound to table, column and row. */
@Injectable()
export class WebhookSecrets {
  constructor(private readonly box: SecretBox) {}

  seal(webhookId: string, secret: string): SealedSecret {
    return this.box.seal(secret, place('secret_enc', webhookId));
  }

  /** The present secret, sealed for its place as the previous one. */
  sealPrevious({ webhookId, secretEnc, keyId }: SealedWebhook): SealedSecret {
    const secret = this.box.open({ sealed: secretEnc, keyId }, place('secret_enc', webhookId));
    return this.box.seal(secret, place('previous_enc', webhookId));
  }

  /** The secrets that sign now, the present one first. @throws Error when a key is gone */
  open({ webhookId, secretEnc, keyId, previousEnc, previousKeyId }: SealedWebhook): string[] {
    const current = this.box.open({ sealed: secretEnc, keyId }, place('secret_enc', webhookId));
    if (!previousEnc || previousKeyId === null) return [current];
    const previous = { sealed: previousEnc, keyId: previousKeyId };
    return [current, this.box.open(previous, place('previous_enc', webhookId))];
  }
}

const place = (column: string, id: string): string => `webhook|${column}|${id}`;
