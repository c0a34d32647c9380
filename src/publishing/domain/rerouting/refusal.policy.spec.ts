import { describe, expect, it } from '@jest/globals';
import { goesOnAfterRefusal } from './refusal.policy.js';

describe('a refused run', () => {
  it('goes nowhere when the account it was meant for refused it', () => {
    expect(goesOnAfterRefusal({ role: 'origin' }, 1)).toBe(false);
  });

  it('goes on once when only its replacement was refused', () => {
    expect(goesOnAfterRefusal({ role: 'reroute' }, 1)).toBe(true);
    expect(goesOnAfterRefusal({ role: 'reroute' }, 2)).toBe(false);
  });

  it('stays where it is when it was made for that account', () => {
    expect(goesOnAfterRefusal({ role: 'catch_up' }, 1)).toBe(false);
    expect(goesOnAfterRefusal({ role: 'fill' }, 1)).toBe(false);
  });
});
