/** Reads a stored file at any place. */
export interface ByteReader {
  /** Size of the file in bytes. */
  readonly size: number;
  /** Up to `length` bytes from `start`; fewer at the end of the file. */
  read(start: number, length: number): Promise<Buffer>;
}
