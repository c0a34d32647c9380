/** Up to here a file is sent as one chunk; inside both readings of "64 MB" (`platforms.md` 1.5). */
export const SINGLE_CHUNK_MAX_BYTES = 64_000_000;
/** Chunk of larger files; the last one absorbs the rest and stays under 20 MB. */
export const CHUNK_BYTES = 10_000_000;

export interface UploadPlan {
  readonly chunkSize: number;
  /** `floor(size / chunkSize)`, 1-1000. */
  readonly chunkCount: number;
}

/** How a file of `size` bytes (>= 1) is cut. */
export const planUpload = (size: number): UploadPlan =>
  size <= SINGLE_CHUNK_MAX_BYTES
    ? { chunkSize: size, chunkCount: 1 }
    : { chunkSize: CHUNK_BYTES, chunkCount: Math.floor(size / CHUNK_BYTES) };

/** Where the last chunk begins: the byte from which sending is irreversible. */
export const lastChunkStart = (size: number): number => {
  const plan = planUpload(size);
  return (plan.chunkCount - 1) * plan.chunkSize;
};
