import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import type { AccountId } from '../../kernel/ids.js';
import { type AccountAccess, TokenVault } from '../domain/token-vault.port.js';
import { CredentialBox } from './credential-box.js';

interface Row {
  readonly externalId: string;
  readonly region: string;
  readonly tokenVersion: number;
  readonly tokenExpiresAt: Date | null;
  readonly keyId: string;
  readonly sealed: Buffer;
}

@Injectable()
export class TokenVaultRepository extends TokenVault {
  constructor(
    private readonly database: Database,
    private readonly box: CredentialBox,
  ) {
    super();
  }

  async contextOf(accountId: AccountId): Promise<AccountAccess | undefined> {
    const row = await this.database.row<Row>(
      `select i.external_id as "externalId", a.region, a.token_version as "tokenVersion", a.key_id as "keyId",
              a.cred_enc as sealed, a.token_expires_at as "tokenExpiresAt"
         from account a join platform_identity i on i.id = a.identity_id
        where a.id = $1 and a.cred_enc is not null`,
      [accountId],
    );
    if (!row) return undefined;
    const { externalId, region, tokenVersion, keyId, sealed, tokenExpiresAt } = row;
    const credentials = this.box.open(accountId, keyId, sealed);
    return { externalId, region, tokenVersion, credentials, ...(tokenExpiresAt ? { tokenExpiresAt } : {}) };
  }
}
