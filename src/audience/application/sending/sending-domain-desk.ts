import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import { Injectable } from '@nestjs/common';
import { notFound } from '../../../kernel/domain-error.js';
import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import { AuditLog } from '../../../workspaces/index.js';
import { addressIn } from '../../domain/sending/mail-identity.js';
import { MailDns } from '../../domain/sending/mail-dns.port.js';
import { domainTaken, senderElsewhere } from '../../domain/sending/sending.errors.js';
import { publishedKey } from '../../domain/sending/domain-findings.js';
import type { Finding } from '../../domain/sending/finding.js';
import { type SendingDomain, SendingDomains } from '../../domain/sending/sending-domains.port.js';
import type { Caller } from './mail-server-desk.js';

/** RFC 8301, 3.2: at least 1024, better 2048 bits; longer ones do not fit every DNS. */
const KEY_BITS = 2_048;
const makeKey = promisify(generateKeyPair);

/** A workspace's own sending domains: made here, published by their owner, used once DNS shows our key. */
@Injectable()
export class SendingDomainDesk {
  constructor(
    private readonly domains: SendingDomains,
    private readonly dns: MailDns,
    private readonly audit: AuditLog,
  ) {}

  /** @throws DomainError `sending_domain.exists`, `sending_domain.sender` */
  async add(
    { workspaceId, actor }: Caller,
    { domain, sender, selector }: Pick<SendingDomain, 'domain' | 'sender' | 'selector'>,
    tx: Tx,
  ): Promise<SendingDomain> {
    const at = addressIn(sender).split('@').at(-1)?.toLowerCase() ?? '';
    if (at !== domain && !at.endsWith(`.${domain}`)) throw senderElsewhere(domain);
    const { privateKey, publicKey } = await makeKey('rsa', { modulusLength: KEY_BITS });
    const added = await this.domains.insert(
      {
        ...{ workspaceId, domain, sender, selector },
        publicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
      },
      privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      tx,
    );
    if (!added) throw domainTaken(domain);
    await this.audit.append({ workspaceId, actor, action: 'sending_domain.added', subjectId: added.id }, tx);
    return added;
  }

  /** Asks DNS for the key; from then on mail leaves as this domain. Never call it inside a transaction. */
  async verify(workspaceId: WorkspaceId, id: string): Promise<SendingDomain> {
    const domain = await this.get(workspaceId, id);
    const records = await this.dns.txt(recordNameOf(domain));
    const isOurs = (records ?? []).some((record) => publishedKey(record) === domain.publicKey);
    return this.domains.checked(domain, isOurs ? [] : [missing(domain, records !== undefined)], isOurs);
  }

  /** @throws DomainError `sending_domain.not_found` */
  async get(workspaceId: WorkspaceId, id: string): Promise<SendingDomain> {
    const domain = await this.domains.find(workspaceId, id);
    if (!domain) throw notFound('sending_domain', id);
    return domain;
  }

  /** @throws DomainError `sending_domain.not_found` */
  async remove({ workspaceId, actor }: Caller, id: string, tx: Tx): Promise<void> {
    if (!(await this.domains.remove(workspaceId, id, tx))) throw notFound('sending_domain', id);
    await this.audit.append({ workspaceId, actor, action: 'sending_domain.removed', subjectId: id }, tx);
  }
}

/** Where the key is published. */
export const recordNameOf = ({ selector, domain }: Pick<SendingDomain, 'selector' | 'domain'>): string =>
  `${selector}._domainkey.${domain}`;

const missing = (domain: SendingDomain, hasAnswer: boolean): Finding => ({
  check: 'dkim',
  level: hasAnswer ? 'blocking' : 'warning',
  message: hasAnswer
    ? `No TXT record with our key at ${recordNameOf(domain)}. Publish it; DNS may need some hours.`
    : 'The name servers did not answer. Try again.',
});
