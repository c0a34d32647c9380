const POLYNOMIAL = 0xedb88320;

const shifted = (value: number): number => (value & 1 ? (value >>> 1) ^ POLYNOMIAL : value >>> 1);

/** CRC-32 of ISO 3309 over ASCII text, 0..2^32-1. Finds typing errors; proves nothing. */
export const crc32 = (text: string): number => {
  let rest = 0xffffffff;
  for (let at = 0; at < text.length; at++) {
    rest ^= text.charCodeAt(at);
    for (let bit = 0; bit < 8; bit++) rest = shifted(rest);
  }
  return (rest ^ 0xffffffff) >>> 0;
};
