import { describe, expect, it } from '@jest/globals';
import type { Claim, LedgerEntries } from '../../domain/sending/recipients.port.js';
import { RecipientLedger } from './recipient-ledger.js';

const claim = (subscriberId: string) => ({ subscriberId }) as Claim;
const accepted = { state: 'accepted', reply: '250' } as const;

/** A ledger over statements that the test lets through one by one. */
const stage = (refusing: readonly string[] = []) => {
  const statements: LedgerEntries[] = [];
  const gates: (() => void)[] = [];
  const settle = async (entries: LedgerEntries) => {
    statements.push(entries);
    await new Promise<void>((open) => gates.push(open));
    return new Set(entries.handOvers.filter(({ subscriberId }) => !refusing.includes(subscriberId)));
  };
  const letThrough = async () => {
    while (gates.length === 0) await new Promise((next) => setImmediate(next));
    gates.shift()?.();
  };
  return { ledger: new RecipientLedger({ settle }, [0]), statements, letThrough };
};

describe('RecipientLedger', () => {
  it('writes everything that gathered while a statement was under way with the next one', async () => {
    const { ledger, statements, letThrough } = stage(['b']);
    const first = ledger.handOver(claim('a'));
    await letThrough();
    expect(await first).toBe(true);
    const later = [ledger.record(claim('a'), accepted), ledger.handOver(claim('b')), ledger.handOver(claim('c'))];
    await letThrough();
    expect(await Promise.all(later)).toEqual([undefined, false, true]);
    expect(statements.map(({ outcomes, handOvers }) => [outcomes.length, handOvers.length])).toEqual([
      [0, 1],
      [1, 2],
    ]);
  });

  it('stores an outcome no later than the next intent of the same lane', async () => {
    const { ledger, statements, letThrough } = stage();
    const busy = ledger.handOver(claim('other'));
    while (statements.length === 0) await new Promise((next) => setImmediate(next));
    const outcome = ledger.record(claim('a'), accepted);
    const intent = ledger.handOver(claim('b'));
    await letThrough();
    await letThrough();
    await Promise.all([busy, outcome, intent]);
    const place = (found: (entries: LedgerEntries) => boolean) => statements.findIndex(found);
    expect(place(({ outcomes }) => outcomes.length > 0)).toBeLessThanOrEqual(
      place(({ handOvers }) => handOvers.some(({ subscriberId }) => subscriberId === 'b')),
    );
  });

  it('lets nothing leave when a statement fails, and stores the outcomes as soon as it can', async () => {
    const stored: unknown[] = [];
    let tries = 0;
    const settle = async ({ outcomes, handOvers }: LedgerEntries) => {
      tries += 1;
      if (tries === 1) throw new Error('the database is away');
      stored.push(...outcomes.map(({ claim: { subscriberId } }) => subscriberId));
      return new Set(handOvers);
    };
    const ledger = new RecipientLedger({ settle }, [0]);
    const outcome = ledger.record(claim('a'), accepted);
    await expect(ledger.handOver(claim('b'))).rejects.toThrow('away');
    await outcome;
    expect(stored).toEqual(['a']);
    expect(await ledger.handOver(claim('b'))).toBe(true);
  });
});
