/** Mixes the bits of a 32-bit number so that neighbours end far apart (the finaliser of MurmurHash3, public domain). */
const mixed = (bits: number): number => {
  let value = bits;
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
};

/** A 32-bit number of a text (FNV-1a). */
const hashOf = (text: string, start: number): number => {
  let hash = start ^ 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
};

/** A share of 0 (included) to 1 that the seed draws for the turn of a post: the same for the same three, always. */
export const drawnShare = (seed: number, postId: string, turn: number): number =>
  mixed(hashOf(postId, mixed(seed)) ^ mixed(turn + 0x9e3779b9)) / 2 ** 32;
