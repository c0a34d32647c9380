import { describe, expect, it } from '@jest/globals';
import type { AccountFacts } from '../../accounts/domain/account-facts.js';
import type { ContentSource } from '../../publishing/domain/targets/frozen-content.js';
import { checkAccounts, checkContents, checkPlatforms, type Validate } from './check-targets.js';
import { assertNoFindings } from './finding.js';

const facts = (id: string, rest: Partial<AccountFacts> = {}) =>
  [id, { id, platform: 'tiktok', displayName: 'Tea', status: 'active', ...rest }] as [string, AccountFacts];
const accounts = new Map([facts('a'), facts('b', { platform: 'shorts' }), facts('c', { status: 'needs_reconnect' })]);
const source = { base: { caption: 'post' }, tags: [], media: {}, variants: { shorts: { caption: 'short' } } };
/** Refuses every caption and says which one it saw. */
const validate: Validate = (platform, { caption }) => [{ field: 'caption', rule: platform, message: caption }];
const judged = { source: source as unknown as ContentSource, validate };

describe('checkAccounts', () => {
  it('refuses accounts that are not here and accounts that cannot post, each at its place', () => {
    const findings = checkAccounts([{ accountId: 'a' }, { accountId: 'nobody' }, { accountId: 'c' }], accounts);
    expect(findings).toMatchObject([
      { kind: 'not_found', code: 'account.not_found', violation: { field: 'targets.1.accountId' } },
      { kind: 'conflict', code: 'account.not_active', violation: { field: 'targets.2.accountId' } },
    ]);
    expect(findings[1]?.context).toEqual({ accountId: 'c', status: 'needs_reconnect' });
  });
});

describe('checkContents', () => {
  it("judges a target's own words, else its platform's variant, else the post's", () => {
    const targets = [{ accountId: 'a' }, { accountId: 'b' }, { accountId: 'b', caption: 'own' }, { accountId: 'x' }];
    expect(checkContents(targets, accounts, judged).map(({ violation }) => violation)).toEqual([
      { field: 'targets.0.caption', rule: 'tiktok', message: 'post' },
      { field: 'targets.1.caption', rule: 'shorts', message: 'short' },
      { field: 'targets.2.caption', rule: 'shorts', message: 'own' },
    ]);
  });
});

describe('checkPlatforms', () => {
  it('asks each platform once and points at the words it would use', () => {
    const fields = checkPlatforms(['tiktok', 'shorts', 'tiktok'], judged).map(({ violation }) => violation.field);
    expect(fields).toEqual(['caption', 'variants.shorts.caption']);
  });
});

describe('assertNoFindings', () => {
  it("refuses with the first finding's code and lists every place", () => {
    const findings = checkAccounts([{ accountId: 'c' }, { accountId: 'nobody' }], accounts);
    expect(() => assertNoFindings(findings)).toThrow(
      expect.objectContaining({ kind: 'conflict', code: 'account.not_active' }),
    );
    expect(() => assertNoFindings([])).not.toThrow();
  });
});
