import { Injectable } from '@nestjs/common';
import { SecretBox } from '../../../infra/crypto/secret-box.js';
import { Database } from '../../../infra/database/database.js';
import { newId, type WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { Finding } from '../../domain/sending/finding.js';
import { type SendingDomain, SendingDomains } from '../../domain/sending/sending-domains.port.js';
import { signingKeyPlace } from './sending-identities.repository.js';

const DOMAIN = `id, workspace_id as "workspaceId", domain, sender, selector, public_key as "publicKey",
  verified_at as "verifiedAt", findings, checked_at as "checkedAt", created_at as "createdAt"`;

@Injectable()
export class SendingDomainsRepository extends SendingDomains {
  constructor(
    private readonly database: Database,
    private readonly box: SecretBox,
  ) {
    super();
  }

  insert(
    fresh: Pick<SendingDomain, 'workspaceId' | 'domain' | 'sender' | 'selector' | 'publicKey'>,
    privateKey: string,
    tx: Tx,
  ): Promise<SendingDomain | undefined> {
    const id = newId();
    const { workspaceId, domain, sender, selector, publicKey } = fresh;
    const { sealed, keyId } = this.box.seal(privateKey, signingKeyPlace(id));
    return this.database.row(
      `insert into sending_domain (id, workspace_id, domain, sender, selector, public_key, private_key_enc, key_id)
       values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (workspace_id, domain) do nothing returning ${DOMAIN}`,
      [id, workspaceId, domain, sender, selector, publicKey, sealed, keyId],
      tx,
    );
  }

  find(workspaceId: WorkspaceId, id: string, tx?: Tx): Promise<SendingDomain | undefined> {
    const sql = `select ${DOMAIN} from sending_domain where workspace_id = $1 and id = $2`;
    return this.database.row(sql, [workspaceId, id], tx);
  }

  async checked(domain: SendingDomain, findings: readonly Finding[], isVerified: boolean): Promise<SendingDomain> {
    const row = await this.database.row<SendingDomain>(
      `update sending_domain set findings = $3, checked_at = clock_timestamp(),
              verified_at = case when $4 then coalesce(verified_at, clock_timestamp()) else verified_at end
        where workspace_id = $1 and id = $2 returning ${DOMAIN}`,
      [domain.workspaceId, domain.id, JSON.stringify(findings), isVerified],
    );
    return row ?? domain;
  }

  async remove(workspaceId: WorkspaceId, id: string, tx: Tx): Promise<boolean> {
    const sql = 'delete from sending_domain where workspace_id = $1 and id = $2';
    return (await this.database.affected(sql, [workspaceId, id], tx)) > 0;
  }

  list(
    workspaceId: WorkspaceId,
    { limit, after }: Parameters<SendingDomains['list']>[1],
  ): Promise<(SendingDomain & { at: string })[]> {
    return this.database.rows(
      `select ${DOMAIN}, created_at::text as at from sending_domain
        where workspace_id = $1 and ($2::timestamptz is null or (created_at, id) < ($2, $3::uuid))
        order by created_at desc, id desc limit $4`,
      [workspaceId, after?.at ?? null, after?.id ?? null, limit],
    );
  }
}
