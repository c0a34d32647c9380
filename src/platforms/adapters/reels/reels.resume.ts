import { z } from 'zod';
import type { ResumeToken } from '../../domain/publish-outcome.js';

const shape = z.object({
  /** Container id. */
  handle: z.string(),
  uploadUri: z.string(),
  /** `published`: the container was found published before our commit; committing again could post twice. */
  step: z.enum(['upload', 'processing', 'ready', 'published']),
  /** Status reads so far. */
  polls: z.number(),
  /** Containers created because the one before died. */
  restarts: z.number(),
});
export type ReelsResume = z.infer<typeof shape> & ResumeToken;

/** @throws ZodError when the token is not one of ours (a bug in the caller) */
export const readResume = (resume: ResumeToken): ReelsResume => shape.parse(resume);

/** Waits between status reads, ms: 10 s x 6, 30 s x 10, then every minute, an hour in all (`platforms.md` 2.2). */
export const pollDelayMs = (polls: number): number | undefined => {
  if (polls < 6) return 10_000;
  if (polls < 16) return 30_000;
  return polls < 70 ? 60_000 : undefined;
};
