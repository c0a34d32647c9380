import { z } from 'zod';
import type { ResumeToken } from '../../domain/publish-outcome.js';

const shape = z.object({
  /** `upload_id` of the session. */
  handle: z.string(),
  secretSessionUri: z.string(),
  size: z.number(),
  /** First byte the server does not have. */
  nextOffset: z.number(),
  privacy: z.string(),
  /** Our tag on the video, and when this session was asked for: they find a twin that an earlier try left. */
  marker: z.string().optional(),
  startedAt: z.string().optional(),
  /** Sessions opened because the one before died before its last bytes. */
  restarts: z.number(),
  /** The video, should the session turn out to be complete before we sent the last bytes. */
  videoId: z.string().optional(),
});
export type ShortsResume = z.infer<typeof shape> & ResumeToken;

/** @throws ZodError when the token is not one of ours (a bug in the caller) */
export const readResume = (resume: ResumeToken): ShortsResume => shape.parse(resume);
