import { Injectable } from '@nestjs/common';
import { SecretBox } from '../../infra/crypto/secret-box.js';
import { Database } from '../../infra/database/database.js';
import { newId } from '../../kernel/ids.js';
import type { Tx } from '../../kernel/transaction.js';
import type { PlatformName } from '../../platforms/domain/platform-name.js';
import { CONSENT_FOR_MS, type ConsentWish, hashOf, type PendingConsent } from '../domain/consent.js';
import { Consents } from '../domain/consents.port.js';

type Kept = Pick<PendingConsent, 'codeVerifier' | 'kept'>;
type Optional = 'accountId' | 'region' | 'displayName' | 'returnUrl';
type Row = Omit<ConsentWish, Optional> & { readonly [K in Optional]: string | null } & {
  readonly id: string;
  readonly redirectUri: string;
  readonly browserHash: Buffer | null;
  readonly sealed: Buffer;
  readonly keyId: string;
};

const placeOf = (id: string): string => `oauth_attempt|kept_enc|${id}`;

@Injectable()
export class ConsentsRepository extends Consents {
  constructor(
    private readonly database: Database,
    private readonly box: SecretBox,
  ) {
    super();
  }

  async keep(state: string, consent: PendingConsent, tx: Tx): Promise<Date> {
    const id = newId();
    const kept: Kept = { codeVerifier: consent.codeVerifier, kept: consent.kept };
    const { keyId, sealed } = this.box.seal(JSON.stringify(kept), placeOf(id));
    const { workspaceId, platform, actor, accountId, region, displayName, options, redirectUri, returnUrl } = consent;
    const row = await this.database.row<{ at: Date }>(
      `insert into oauth_attempt (id, workspace_id, platform, state_hash, actor, browser_hash, account_id, region,
              display_name, options, redirect_uri, return_url, kept_enc, key_id, expires_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::jsonb, $11, $12, $13, $14,
               clock_timestamp() + $15 * interval '1 millisecond')
       returning expires_at as at`,
      [
        ...[id, workspaceId, platform, hashOf(state), actor, consent.browserHash ?? null, accountId ?? null],
        ...[region ?? null, displayName ?? null, JSON.stringify(options), redirectUri, returnUrl ?? null],
        ...[sealed, keyId, CONSENT_FOR_MS],
      ],
      tx,
    );
    return (row as { at: Date }).at;
  }

  async take(state: string, platform: PlatformName): Promise<PendingConsent | undefined> {
    const row = await this.database.row<Row>(
      `delete from oauth_attempt where state_hash = $1 and platform = $2 and expires_at > statement_timestamp()
       returning id, workspace_id as "workspaceId", platform, actor, account_id as "accountId", region,
                 display_name as "displayName", options, redirect_uri as "redirectUri", return_url as "returnUrl",
                 browser_hash as "browserHash", kept_enc as sealed, key_id as "keyId"`,
      [hashOf(state), platform],
    );
    if (!row) return undefined;
    const { id, sealed, keyId, ...rest } = row;
    const kept = JSON.parse(this.box.open({ keyId, sealed }, placeOf(id))) as Kept;
    return { ...withoutNulls(rest), ...kept };
  }

  async forgetExpired(): Promise<void> {
    await this.database.affected(`delete from oauth_attempt where expires_at <= statement_timestamp()`);
  }
}

const withoutNulls = <T extends object>(row: T): { [K in keyof T]: Exclude<T[K], null> } =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as never;
