import { describe, expect, it } from '@jest/globals';
import { type DomainRecords, domainFindings, isReservedDomain } from './domain-findings.js';

const signer = { domain: 'studio.org', publicKey: 'KEY' };
const good: DomainRecords = {
  dkim: ['v=DKIM1; k=rsa; p=KE Y'],
  spf: ['google-site-verification=x', 'v=spf1 include:mail.example ~all'],
  dmarc: ['v=DMARC1; p=none; rua=mailto:x@studio.org'],
};
const organisation = (name: string) => name.split('.').slice(-2).join('.');
const found = (
  change: Partial<DomainRecords>,
  {
    recipients = 10,
    domain = 'news.studio.org',
    by = signer,
  }: { recipients?: number; domain?: string; by?: typeof signer | null } = {},
) =>
  domainFindings(domain, by ?? undefined, { ...good, ...change }, { recipients, organisation }).map(
    ({ check, level }) => `${check} ${level}`,
  );

describe('domainFindings', () => {
  it('has nothing to say about a domain in order', () => {
    expect(found({})).toEqual([]);
    expect(found({}, { recipients: 100_000 })).toEqual([]);
  });

  it.each([
    [{ dkim: [] }, ['dkim blocking']],
    [{ dkim: ['v=DKIM1; p='] }, ['dkim blocking']],
    [{ dkim: ['v=DKIM1; p=OTHER'] }, ['dkim blocking']],
    [{ dkim: undefined }, ['dkim warning']],
    [{ spf: ['v=spf1 a ~all', 'v=spf1 mx ~all'] }, ['spf blocking']],
    [{ spf: ['v=spf1 +all'] }, ['spf blocking']],
    [{ spf: ['v=spf1 mx all '] }, ['spf blocking']],
    [{ spf: ['v=spf1 redirect=_spf.firewall'] }, []],
    [{ spf: [], dmarc: [] }, ['spf warning', 'dmarc warning']],
    [{ dmarc: ['v=DMARC1; rua=x'] }, ['dmarc warning']],
  ])('of %j says %j', (change, findings) => {
    expect(found(change)).toEqual(findings);
  });

  it('demands of a bulk sender what it only advises others', () => {
    expect(found({ spf: [], dmarc: [] }, { recipients: 5_000 })).toEqual(['spf blocking', 'dmarc blocking']);
    expect(found({}, { by: null })).toEqual(['dkim warning']);
    expect(found({}, { by: null, recipients: 5_000 })).toEqual(['dkim blocking']);
  });

  it('refuses a signature of somebody else', () => {
    expect(found({}, { domain: 'other.org' })).toEqual(['dkim blocking']);
  });
});

describe('isReservedDomain', () => {
  it.each(['localhost', 'example.org', 'a.example', 'studio.test'])('asks nobody about %s', (domain) => {
    expect(isReservedDomain(domain)).toBe(true);
  });

  it('asks about everything else', () => {
    expect(isReservedDomain('counterexample.com')).toBe(false);
  });
});
