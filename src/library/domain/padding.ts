import type { ByteReader } from './byte-reader.port.js';

/** Recorders fill up a block of their card; nobody fills more. */
const MAX_PADDING_BYTES = 1_048_576;

/** True when the file holds nothing but zeros from `at` on. */
export const isPadding = async (reader: ByteReader, at: number): Promise<boolean> => {
  if (reader.size - at > MAX_PADDING_BYTES) return false;
  return (await reader.read(at, reader.size - at)).every((byte) => byte === 0);
};
