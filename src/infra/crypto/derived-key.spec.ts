import { describe, expect, it } from '@jest/globals';
import { SecretBox } from './secret-box.js';

const key = (fill: number) => Buffer.alloc(32, fill).toString('base64');
const old = `k1:${key(1)}`;

describe('SecretBox.derivedKey', () => {
  it('stays the same when a newer key is put in front', () => {
    const before = new SecretBox(old).derivedKey('audience');
    expect(before).toHaveLength(32);
    expect(new SecretBox(`k2:${key(2)},${old}`).derivedKey('audience')).toEqual(before);
  });

  it('differs by purpose and by ring', () => {
    const box = new SecretBox(old);
    expect(box.derivedKey('other')).not.toEqual(box.derivedKey('audience'));
    expect(new SecretBox(`k2:${key(2)}`).derivedKey('audience')).not.toEqual(box.derivedKey('audience'));
  });
});
