import { demandedOfBulk, type Finding, type FindingLevel } from './finding.js';

/** What the domain name system says; undefined: it did not answer. */
export interface DomainRecords {
  /** TXT of `<selector>._domainkey.<domain>`. */
  readonly dkim: readonly string[] | undefined;
  /** TXT of the domain that bounces come back to. */
  readonly spf: readonly string[] | undefined;
  /** TXT of `_dmarc.<domain>`, or of its organisation's domain. */
  readonly dmarc: readonly string[] | undefined;
}

/** How mail is signed; absent: it is not. */
export interface Signer {
  readonly domain: string;
  /** Base64 of the public key (SubjectPublicKeyInfo). */
  readonly publicKey: string;
}

/** Names that no public mail server believes in; nothing is asked about them. */
export const isReservedDomain = (domain: string): boolean =>
  /(^|\.)(localhost|test|invalid|example|example\.(com|net|org)|local|internal)$/i.test(domain);

/**
 * Whether receivers will believe that mail of `domain` is its own: DKIM, SPF and DMARC (`resilience.md` D2.5).
 * @param organisation answers the registered domain of a name: relaxed alignment compares those
 */
export const domainFindings = (
  domain: string,
  signer: Signer | undefined,
  records: DomainRecords,
  { recipients, organisation }: { readonly recipients: number; readonly organisation: (name: string) => string },
): readonly Finding[] => {
  const bulk = demandedOfBulk(recipients);
  return [
    ...dkimFindings(domain, signer, records.dkim, { bulk, organisation }),
    ...spfFindings(records.spf, bulk),
    ...dmarcFindings(domain, records.dmarc, bulk),
  ];
};

const dkimFindings = (
  domain: string,
  signer: Signer | undefined,
  records: DomainRecords['dkim'],
  { bulk, organisation }: { readonly bulk: FindingLevel; readonly organisation: (name: string) => string },
): readonly Finding[] => {
  const found = (level: FindingLevel, message: string): readonly Finding[] => [{ check: 'dkim', level, message }];
  if (!signer)
    return found(bulk, 'Mail leaves unsigned. Add your domain as a sending domain, or set DKIM_PRIVATE_KEY.');
  if (organisation(signer.domain) !== organisation(domain))
    return found('blocking', `Mail from ${domain} is signed for ${signer.domain}: receivers see no tie between them.`);
  if (records === undefined) return found('warning', 'The name servers did not answer. Look again before you send.');
  const keys = records.map(publishedKey).filter((key) => key !== undefined);
  if (keys.length === 0) return found('blocking', 'The signing key is not published. Add the TXT record.');
  if (keys.includes(signer.publicKey)) return [];
  const isRevoked = keys.every((key) => key === '');
  return found(
    'blocking',
    isRevoked ? 'The published key was revoked.' : 'The published key is another one than ours.',
  );
};

const spfFindings = (records: DomainRecords['spf'], bulk: FindingLevel): readonly Finding[] => {
  const found = (level: FindingLevel, message: string): readonly Finding[] => [{ check: 'spf', level, message }];
  if (records === undefined) return found('warning', 'The name servers did not answer. Look again before you send.');
  const policies = records.filter((record) => /^v=spf1(\s|$)/i.test(record));
  if (policies.length === 0) return found(bulk, 'No SPF record: add a TXT record that names your mail server.');
  if (policies.length > 1) return found('blocking', 'Two SPF records cancel each other (RFC 7208, 4.5). Keep one.');
  if (/\s\+?all\s*$/i.test(policies[0] ?? ''))
    return found('blocking', 'The SPF record ends in "all" and so lets everybody send as you. End it in ~all or -all.');
  return [];
};

const dmarcFindings = (domain: string, records: DomainRecords['dmarc'], bulk: FindingLevel): readonly Finding[] => {
  const found = (level: FindingLevel, message: string): readonly Finding[] => [{ check: 'dmarc', level, message }];
  if (records === undefined) return found('warning', 'The name servers did not answer. Look again before you send.');
  const policies = records.filter((record) => /^v=DMARC1\s*;/i.test(record));
  if (policies.length === 0) return found(bulk, `No DMARC record: add TXT "v=DMARC1; p=none" at _dmarc.${domain}.`);
  if (policies.length > 1) return found('blocking', 'Two DMARC records cancel each other (RFC 7489, 6.6.3). Keep one.');
  return /;\s*p\s*=\s*(none|quarantine|reject)\b/i.test(policies[0] ?? '')
    ? []
    : found(bulk, 'The DMARC record has no policy. Add p=none at least.');
};

/** The key of a DKIM record; '' when it was revoked, undefined for another record. */
export const publishedKey = (record: string): string | undefined => {
  const tags = new Map(
    record.split(';').map((tag) => {
      const at = tag.indexOf('=');
      return [tag.slice(0, at).trim(), tag.slice(at + 1).replace(/\s/g, '')] as const;
    }),
  );
  const version = tags.get('v');
  return version === undefined || version === 'DKIM1' ? tags.get('p') : undefined;
};
