import { describe, expect, it } from '@jest/globals';
import { goesOnAfterRefusal } from './refusal.policy.js';

const root = { status: 'rerouted', replacementId: 'first' } as const;

describe('a refused run', () => {
  it('goes nowhere when the account it was meant for refused it', () => {
    expect(goesOnAfterRefusal({ id: 'root', role: 'origin' }, { status: 'failed' })).toBe(false);
    expect(goesOnAfterRefusal({ id: 'first', role: 'reroute' }, { ...root, status: 'failed' })).toBe(false);
  });

  it('goes on once when only its replacement was refused', () => {
    expect(goesOnAfterRefusal({ id: 'first', role: 'reroute' }, root)).toBe(true);
    expect(goesOnAfterRefusal({ id: 'second', role: 'reroute' }, root)).toBe(false);
  });

  it('leaves it to the origin while that is in doubt, and needs no other account once that is live', () => {
    expect(goesOnAfterRefusal({ id: 'first', role: 'reroute' }, { ...root, status: 'unconfirmed' })).toBe(false);
    expect(goesOnAfterRefusal({ id: 'first', role: 'reroute' }, { ...root, status: 'published' })).toBe(false);
  });

  it('stays where it is when it was made for that account', () => {
    expect(goesOnAfterRefusal({ id: 'first', role: 'catch_up' }, root)).toBe(false);
  });
});
