import type { SecretBox } from '../../../infra/crypto/secret-box.js';
import type { Database } from '../../../infra/database/database.js';
import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import { type MailIdentity, mailIdentity } from '../../domain/sending/mail-identity.js';
import type { BounceSettings } from '../../domain/bounces/bounce-settings.js';
import type { MailSettings } from '../../domain/sending/mail-settings.js';
import type { DkimCredentials } from '../../domain/sending/dkim.js';
import { type SendingIdentity, SendingIdentities } from '../../domain/sending/sending-identities.port.js';

interface DomainRow {
  readonly id: string;
  readonly domain: string;
  readonly sender: string;
  readonly selector: string;
  readonly privateKeyEnc: Buffer;
  readonly keyId: string;
}

/** Where a signing key is sealed. */
export const signingKeyPlace = (id: string): string => `sending_domain|private_key_enc|${id}`;

/** The domain a workspace verified last; without one the instance's sender and its key from the configuration. */
export class SendingIdentitiesRepository extends SendingIdentities {
  constructor(
    private readonly database: Database,
    private readonly box: SecretBox,
    private readonly settings: MailSettings,
    private readonly instance: {
      /** Sign for the instance's own domain; undefined: its mail leaves unsigned. */
      readonly credentials: DkimCredentials | undefined;
      readonly bounces: BounceSettings;
    },
  ) {
    super();
  }

  async of(workspaceId: WorkspaceId, tx?: Tx): Promise<SendingIdentity> {
    const row = await this.database.row<DomainRow>(
      `select id, domain, sender, selector, private_key_enc as "privateKeyEnc", key_id as "keyId" from sending_domain
        where workspace_id = $1 and verified_at is not null order by verified_at desc limit 1`,
      [workspaceId],
      tx,
    );
    const identity = this.withBounces(this.settings.identity);
    const { credentials } = this.instance;
    if (!row) return { identity, ...(credentials ? { dkim: credentials } : {}) };
    const { id, domain, sender, selector, privateKeyEnc: sealed, keyId } = row;
    const privateKey = this.box.open({ sealed, keyId }, signingKeyPlace(id));
    const own = this.withBounces(mailIdentity(sender, identity.publicUrl));
    return { identity: own, dkim: { domain, selector, privateKey } };
  }

  private withBounces(identity: MailIdentity): MailIdentity {
    const { domain } = this.instance.bounces;
    return domain === undefined ? identity : { ...identity, bounceDomain: domain };
  }
}
