import { createPublicKey } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import {
  type DomainRecords,
  domainFindings,
  isReservedDomain,
  type Signer,
} from '../../domain/sending/domain-findings.js';
import type { DkimCredentials } from '../../domain/sending/dkim.js';
import type { Finding } from '../../domain/sending/finding.js';
import { MailDns } from '../../domain/sending/mail-dns.port.js';

/** A domain that mail is sent in the name of. */
export interface CheckedDomain {
  readonly domain: string;
  readonly dkim?: DkimCredentials | undefined;
  /** Where bounces come back to: SPF is asked about this one. */
  readonly bounceDomain: string;
}

/** Asks the name servers whether receivers will believe a domain's mail. Never call it inside a transaction. */
@Injectable()
export class DomainCheck {
  constructor(private readonly dns: MailDns) {}

  async execute({ domain, dkim, bounceDomain }: CheckedDomain, recipients: number): Promise<readonly Finding[]> {
    if (isReservedDomain(domain)) return [];
    const names = [...new Set([domain, dkim?.domain ?? domain])];
    const organisations = new Map(
      await Promise.all(names.map(async (name) => [name, await this.dns.organisationOf(name)] as const)),
    );
    const organisation = (name: string): string => organisations.get(name) ?? name;
    const records = await this.recordsOf({ domain, dkim, bounceDomain }, organisation(domain));
    return domainFindings(domain, dkim && signerOf(dkim), records, { recipients, organisation });
  }

  private async recordsOf({ domain, dkim, bounceDomain }: CheckedDomain, owner: string): Promise<DomainRecords> {
    const [key, spf, dmarc] = await Promise.all([
      dkim ? this.dns.txt(`${dkim.selector}._domainkey.${dkim.domain}`) : Promise.resolve([]),
      this.dns.txt(bounceDomain),
      this.dns.txt(`_dmarc.${domain}`),
    ]);
    // RFC 7489, 6.6.3: a domain without a policy has that of its organisation.
    const isInherited = dmarc?.length === 0 && owner !== domain;
    return { dkim: key, spf, dmarc: isInherited ? await this.dns.txt(`_dmarc.${owner}`) : dmarc };
  }
}

/** Base64 of the public key, as a DKIM record has it. */
export const publicKeyOf = (privateKey: string): string =>
  createPublicKey(privateKey).export({ type: 'spki', format: 'der' }).toString('base64');

const signerOf = ({ domain, privateKey }: DkimCredentials): Signer => ({ domain, publicKey: publicKeyOf(privateKey) });
