import { describe, expect, it } from '@jest/globals';
import { assertMayGrant, grants, kindOf } from './api-key.js';

describe('api key scopes', () => {
  it('grant what they name and nothing else', () => {
    expect(grants(['posts:read'], 'posts:read')).toBe(true);
    expect(grants(['posts:read'], 'posts:write')).toBe(false);
    expect(grants([], 'posts:read')).toBe(false);
  });

  it('include everything but operator under admin', () => {
    expect(grants(['admin'], 'posts:write')).toBe(true);
    expect(grants(['admin'], 'admin')).toBe(true);
    expect(grants(['admin'], 'operator')).toBe(false);
  });

  it('never include workspace rights under operator alone', () => {
    expect(grants(['operator'], 'operator')).toBe(true);
    expect(grants(['operator'], 'posts:read')).toBe(false);
  });

  it('cannot be handed on beyond the own ones', () => {
    expect(() => assertMayGrant(['admin'], ['posts:read', 'operator'])).toThrow(/operator/);
    expect(() => assertMayGrant(['admin', 'operator'], ['admin', 'operator'])).not.toThrow();
  });

  it('decide the kind of the key', () => {
    expect(kindOf(['admin', 'operator'])).toBe('operator');
    expect(kindOf(['admin'])).toBe('workspace');
  });
});
