const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';
/** CIDv1, raw bytes, sha2-256, 32 bytes long. */
const RAW_SHA256_PREFIX = '01551220';

/** The sha256 (hex) inside the CID of a blob; undefined for other kinds of CID. */
export const sha256OfCid = (cid: string): string | undefined => {
  let bits = 0;
  let value = 0;
  const bytes: number[] = [];
  for (const letter of cid.slice(1)) {
    value = (value << 5) | ALPHABET.indexOf(letter);
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((value >> bits) & 0xff);
      value &= (1 << bits) - 1;
    }
  }
  const hex = Buffer.from(bytes).toString('hex');
  return cid.startsWith('b') && hex.startsWith(RAW_SHA256_PREFIX) ? hex.slice(RAW_SHA256_PREFIX.length) : undefined;
};
