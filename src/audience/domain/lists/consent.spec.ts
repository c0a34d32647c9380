import { describe, expect, it } from '@jest/globals';
import { type ChainedConsent, CONSENT_PURPOSE, type ConsentEntry, consentHash, isChainIntact } from './consent.js';

const entry = (action: ConsentEntry['action'], minute: number): ConsentEntry => ({
  subscriberId: 's1',
  purpose: CONSENT_PURPOSE,
  action,
  text: 'Mail me when a platform is down.',
  textVersion: '1',
  language: 'en',
  source: 'form',
  at: new Date(Date.UTC(2026, 0, 25, 10, minute)),
});

const chain = (entries: readonly ConsentEntry[]): ChainedConsent[] => {
  const chained: ChainedConsent[] = [];
  for (const line of entries) {
    const previousHash = chained.at(-1)?.hash ?? null;
    chained.push({ ...line, previousHash, hash: consentHash(line, previousHash) });
  }
  return chained;
};

const lines = chain([entry('requested', 0), entry('given', 1), entry('withdrawn', 2)]);

describe('isChainIntact', () => {
  it('holds for lines as they were written', () => {
    expect(isChainIntact(lines)).toBe(true);
    expect(isChainIntact([])).toBe(true);
  });

  it('breaks when a line was changed', () => {
    expect(isChainIntact(lines.map((line, index) => (index === 1 ? { ...line, text: 'Sell my data.' } : line)))).toBe(
      false,
    );
  });

  it('breaks when a line was dropped or moved', () => {
    expect(isChainIntact(lines.filter((_, index) => index !== 1))).toBe(false);
    expect(isChainIntact(lines.slice(1))).toBe(false);
    expect(isChainIntact([...lines].reverse())).toBe(false);
  });
});
