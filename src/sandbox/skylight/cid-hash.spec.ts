import { describe, expect, it } from '@jest/globals';
import { sha256OfCid } from './cid-hash.js';

describe('sha256OfCid', () => {
  it('reads the hash of the empty block from its well-known CID', () => {
    expect(sha256OfCid('bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku')).toBe(
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    );
  });

  it('knows no hash of other kinds of CID', () => {
    expect(sha256OfCid('bafyreigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi')).toBeUndefined();
    expect(sha256OfCid('')).toBeUndefined();
  });
});
