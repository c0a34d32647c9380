import { Injectable } from '@nestjs/common';
import { SecretBox } from '../../infra/crypto/secret-box.js';
import type { AccountId } from '../../kernel/ids.js';
import type { Credentials } from '../../platforms/domain/publish-outcome.js';

const placeOf = (accountId: AccountId): string => `account|cred_enc|${accountId}`;

/** Credentials as the table keeps them: encrypted, and bound to their row. */
@Injectable()
export class CredentialBox {
  constructor(private readonly box: SecretBox) {}

  seal(accountId: AccountId, credentials: Credentials): { keyId: string; sealed: Buffer } {
    return this.box.seal(JSON.stringify(credentials), placeOf(accountId));
  }

  open(accountId: AccountId, keyId: string, sealed: Buffer): Credentials {
    return JSON.parse(this.box.open({ keyId, sealed }, placeOf(accountId))) as Credentials;
  }
}
