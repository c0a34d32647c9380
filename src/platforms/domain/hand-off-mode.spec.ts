import { describe, expect, it } from '@jest/globals';
import { asksForHandOff, handOffIdentityOf, handOffNameOf, isHandOffIdentity, readHandOff } from './hand-off-mode.js';

const given = { mode: 'handoff', notifyEmail: 'mara@example.com', profileUrl: 'https://www.tiktok.com/@mara' } as const;

describe('hand-off credentials', () => {
  it('need an address to write to, and take a profile over https', () => {
    expect(readHandOff(given)).toEqual(given);
    expect(readHandOff({ mode: 'handoff' })).toBeUndefined();
    expect(readHandOff({ ...given, notifyEmail: 'mara' })).toBeUndefined();
    expect(readHandOff({ ...given, profileUrl: 'http://www.tiktok.com/@mara' })).toBeUndefined();
    expect(readHandOff({ ...given, profileUrl: 'javascript:alert(1)' })).toBeUndefined();
  });

  it('are recognised even when incomplete, so that the refusal can say what is missing', () => {
    expect(asksForHandOff({ mode: 'handoff' })).toBe(true);
    expect(asksForHandOff({ accessToken: 'act.1' })).toBe(false);
  });

  it('name one profile by one identity that no platform gives', () => {
    const id = handOffIdentityOf(given);
    expect(isHandOffIdentity(id)).toBe(true);
    expect(handOffIdentityOf({ ...given, profileUrl: `${given.profileUrl}/`, notifyEmail: 'other@example.com' })).toBe(
      id,
    );
    expect(handOffIdentityOf({ mode: 'handoff', notifyEmail: given.notifyEmail })).not.toBe(id);
    expect(isHandOffIdentity('did:plc:abc')).toBe(false);
  });

  it('show a name a person knows', () => {
    expect(handOffNameOf(given)).toBe('@mara');
    expect(handOffNameOf({ mode: 'handoff', notifyEmail: given.notifyEmail })).toBe('mara');
  });
});
